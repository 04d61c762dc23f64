package dev.salver.artifacts.signature;

import java.io.IOException;

/** Which format the files are of, by their names and first bytes. */
final class Detection {
  private Detection() {}

  static Inspection of(Contents contents) throws IOException, Malformed {
    for (String name : contents.names()) {
      if (name.endsWith(".onnx")) {
        return OnnxReader.read(contents, name);
      }
    }
    return new Inspection.Unknown("no model is among the files");
  }
}
