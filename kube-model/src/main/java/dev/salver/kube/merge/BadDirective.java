package dev.salver.kube.merge;

/** A patch with a directive that is unknown, or a list item without its key. */
public final class BadDirective extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String what;

  BadDirective(String what) {
    super(what, null, false, false);
    this.what = what;
  }

  /** What is wrong, for people. */
  public String what() {
    return what;
  }
}
