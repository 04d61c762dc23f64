package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;

/** An index in a flow that names no member of a family. */
final class NoFamily {
  private NoFamily() {}

  /** {@code iris["de"]}, where there is one {@code iris}. */
  static Diagnostic told(Expr.Index index) {
    Span name = index.target().span();
    var behind = new Span(name.file(), name.end(), index.span().end());
    return Diagnostic.of(
            Code.SV1010,
            index.span(),
            "`" + name.text().strip() + "` is no family, so it has no members")
        .fixedBy(Fix.delete("remove `" + behind.text() + "`", behind).suggested());
  }

  /** Whether what is called is a member that is not there, which is told already. */
  static boolean isTold(Expr expr) {
    return switch (expr) {
      case Expr.Missing missing -> true;
      case Expr.Call call -> isTold(call.target());
      case Expr.Member member -> isTold(member.target());
      default -> false;
    };
  }
}
