package dev.salver.server.engine;

import ai.onnxruntime.OrtException;

/** ONNX Runtime's errors as one line without its source code's paths. */
final class OrtMessages {
  private static final int MAX_LENGTH = 400;

  private OrtMessages() {}

  static String of(OrtException e) {
    String text = String.valueOf(e.getMessage());
    String start = "Error code - " + e.getCode() + " - message: ";
    if (text.startsWith(start)) {
      text = text.substring(start.length());
    }
    int status = text.lastIndexOf("Status Message: ");
    if (status >= 0) {
      String node = text.substring(0, status).replaceFirst("^.*while running ", "in ");
      text = node + text.substring(status + "Status Message: ".length());
    }
    text = text.replaceAll("/\\S*onnxruntime/\\S*:\\d+ \\S+ ?", "");
    text = text.lines().findFirst().orElse("").strip();
    return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "..." : text;
  }
}
