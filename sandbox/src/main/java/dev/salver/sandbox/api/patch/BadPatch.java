package dev.salver.sandbox.api.patch;

/** A patch that is malformed, or does not fit the object; the message is for people. */
public final class BadPatch extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String what;

  BadPatch(String what) {
    super(what, null, false, false);
    this.what = what;
  }

  public String what() {
    return what;
  }
}
