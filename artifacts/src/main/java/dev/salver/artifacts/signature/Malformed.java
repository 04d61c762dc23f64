package dev.salver.artifacts.signature;

/** A file is not what it says. */
final class Malformed extends Exception {
  private static final long serialVersionUID = 1;
  private final String file;
  private final long offset;

  Malformed(String reason, String file, long offset) {
    super(reason, null, false, false);
    this.file = file;
    this.offset = offset;
  }

  Inspection.Refused refused() {
    return new Inspection.Refused(String.valueOf(getMessage()), file, offset);
  }
}
