package dev.salver.cli;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Spelling;
import java.util.Arrays;
import java.util.Locale;

/** Codes of diagnostics as people type them. */
final class Codes {
  private Codes() {}

  /**
   * The code of that name, in capitals or not.
   *
   * @throws CommandFailure where there is none
   */
  static Code named(String typed) {
    String name = typed.toUpperCase(Locale.ROOT);
    var names = Arrays.stream(Code.values()).map(Code::name).toList();
    if (names.contains(name)) {
      return Code.valueOf(name);
    }
    throw CommandFailure.usage(
        "there is no code `"
            + typed
            + "`"
            + Spelling.nearest(name, names).map(near -> "; did you mean `" + near + "`?").orElse("")
            + " (`salver explain` lists them)");
  }
}
