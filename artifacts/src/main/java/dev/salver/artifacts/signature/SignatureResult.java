package dev.salver.artifacts.signature;

/** A signature, or why there is none. */
public sealed interface SignatureResult {
  record Read(OnnxSignature signature) implements SignatureResult {}

  /**
   * The bytes are no ONNX model.
   *
   * @param reason in a person's words
   * @param offset of the byte where that became clear
   */
  record NotOnnx(String reason, long offset) implements SignatureResult {
    @Override
    public String toString() {
      return reason + " (at byte " + offset + ")";
    }
  }
}
