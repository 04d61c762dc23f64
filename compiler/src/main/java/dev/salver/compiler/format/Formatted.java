package dev.salver.compiler.format;

import dev.salver.compiler.diagnostic.Diagnostic;
import java.util.List;

/** What became of a file that was to be formatted. */
public sealed interface Formatted {
  /** The file's text as it should be; lines end in {@code \n}. */
  record Done(String text) implements Formatted {}

  /** The file has syntax errors, and nothing of it is touched until they are gone. */
  record Refused(List<Diagnostic> errors) implements Formatted {
    public Refused {
      errors = List.copyOf(errors);
    }
  }
}
