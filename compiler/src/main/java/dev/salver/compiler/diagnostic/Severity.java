package dev.salver.compiler.diagnostic;

import java.util.Locale;

/** How bad it is: an error stops manifests from being written, a warning and a remark do not. */
public enum Severity {
  ERROR,
  WARNING,
  INFO;

  /** {@code error}, {@code warning} or {@code info}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
