package dev.salver.compiler.policy;

import dev.salver.compiler.cel.Shape;
import dev.salver.compiler.cel.Shape.Scalar;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;

/** What is said of an assertion that is not true or false, or whose words are no text. */
public final class Judgement {
  private Judgement() {}

  /** The expression is something else; where it reads a setting, that may be asked for. */
  public static Diagnostic none(Entry.Assertion assertion, Shape shape) {
    Expr expr = assertion.expr();
    var diagnostic =
        Diagnostic.of(
            Code.SV6004,
            expr.span(),
            "`" + assertion.word() + "` takes what is true or false, not " + shape.kind());
    return expr instanceof Expr.Member && isPath(expr)
        ? diagnostic.fixedBy(
            Fix.replace(expr.span(), "has(" + expr.span().text() + ")").suggested())
        : diagnostic;
  }

  /** What stands behind {@code else} is something else; in quotes it is a text. */
  public static Diagnostic noText(Expr otherwise, Shape shape) {
    var diagnostic =
        Diagnostic.of(Code.SV6004, otherwise.span(), "`else` takes a text, not " + shape.kind());
    String written = otherwise.span().text();
    boolean literal = otherwise instanceof Expr.Quantity || otherwise instanceof Expr.Bool;
    boolean inHole =
        (otherwise instanceof Expr.Word || otherwise instanceof Expr.Member)
            && (shape instanceof Scalar || shape instanceof Shape.Words);
    return literal && written.indexOf('$') < 0
        ? diagnostic.fixedBy(Fix.replace(otherwise.span(), "\"" + written + "\""))
        : inHole
            ? diagnostic.fixedBy(Fix.replace(otherwise.span(), "\"${" + written + "}\""))
            : diagnostic;
  }

  private static boolean isPath(Expr expr) {
    return switch (expr) {
      case Expr.Word word -> true;
      case Expr.Member member -> isPath(member.target());
      default -> false;
    };
  }
}
