package dev.salver.cli.testing;

import dev.salver.compiler.testing.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Samples out of a project's folder; a link that leads out of it is not followed. */
public record ProjectSamples(Path project) implements Samples {
  /** Of one sample. */
  private static final long MAX_BYTES = 16L << 20;

  @Override
  public Sample read(String path) {
    try {
      Path root = project.toRealPath();
      Path file = root.resolve(path);
      if (!Files.isRegularFile(file)) {
        return new Sample.Refused("there is no file " + path + " in the project");
      }
      if (!file.toRealPath().startsWith(root)) {
        return new Sample.Refused(path + " is a link out of the project");
      }
      if (Files.size(file) > MAX_BYTES) {
        return new Sample.Refused(path + " is larger than 16 MiB");
      }
      byte[] bytes = Files.readAllBytes(file);
      return new Sample.Found(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return new Sample.Refused(path + " is not UTF-8 text");
    } catch (IOException e) {
      return new Sample.Refused(path + " can't be read: " + e.getMessage());
    }
  }
}
