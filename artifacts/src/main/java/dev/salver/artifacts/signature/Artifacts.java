package dev.salver.artifacts.signature;

import java.io.IOException;

/**
 * What a model is, told by its files. Weights are not loaded and nothing is executed: a pickle is
 * recognised and left alone. Time and memory are bounded, whatever the files say about themselves.
 */
public final class Artifacts {
  private Artifacts() {}

  /**
   * Inspects a model's file or folder.
   *
   * @throws IOException where the files can't be read; files that are no model are a value
   */
  public static Inspection inspect(ModelFiles files) throws IOException {
    try {
      Contents contents = Contents.of(files);
      return contents.names().isEmpty()
          ? new Inspection.Unknown("there are no files")
          : Detection.of(contents);
    } catch (Malformed e) {
      return e.refused();
    } catch (Contents.TooMuch e) {
      return new Inspection.Unknown(String.valueOf(e.getMessage()));
    }
  }
}
