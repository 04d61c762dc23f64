package dev.salver.artifacts.signature;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a model's files say about themselves. */
public sealed interface Inspection {

  /**
   * The format is known.
   *
   * @param format as KServe names it: {@code onnx pytorch tensorflow xgboost lightgbm pmml triton
   *     mlflow sklearn huggingface paddle tensorrt}; {@code gguf} has no name there
   * @param signature empty where the files hold none
   * @param weightBytes of the parameters in memory, where the files tell
   * @param lowerable whether it is a tree or linear model that ONNX can express
   * @param notes a sentence each, for people
   */
  record Known(
      String format,
      Optional<Signature> signature,
      OptionalLong weightBytes,
      boolean lowerable,
      List<String> notes)
      implements Inspection {
    public Known {
      notes = List.copyOf(notes);
    }
  }

  /**
   * The files are of no format known here, or of several.
   *
   * @param reason in a person's words
   */
  record Unknown(String reason) implements Inspection {}

  /**
   * The files are broken, or lie about themselves.
   *
   * @param reason in a person's words
   * @param file its name among the files
   * @param offset of the byte in it where that became clear
   */
  record Refused(String reason, String file, long offset) implements Inspection {
    @Override
    public String toString() {
      return file + ": " + reason + " (at byte " + offset + ")";
    }
  }
}
