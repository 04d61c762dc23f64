package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Name;

/** How a declaration that nothing uses is told. */
final class Unused {
  private Unused() {}

  static Diagnostic of(Code code, String what, Name name, Subject program) {
    var diagnostic =
        Diagnostic.of(code, name.span(), "nothing uses the " + what + " `" + name + "`");
    return program
        .statements()
        .removal("remove the " + what + " `" + name + "`", name.span())
        .map(diagnostic::fixedBy)
        .orElse(diagnostic);
  }
}
