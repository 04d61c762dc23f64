package dev.salver.compiler.value;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Strings with the values of their {@code ${…}} put in. */
final class Texts {
  /** Params that double each other would otherwise grow without end, and macros in macros too. */
  static final int MAX_TEXT = 65_536;

  private final Evaluator evaluator;
  private final Consumer<Diagnostic> diagnostics;

  Texts(Evaluator evaluator, Consumer<Diagnostic> diagnostics) {
    this.evaluator = evaluator;
    this.diagnostics = diagnostics;
  }

  Value text(Expr.Text text) {
    var out = new StringBuilder();
    boolean broken = false;
    for (Expr.Part part : text.parts()) {
      if (out.length() > MAX_TEXT) {
        break;
      }
      switch (part) {
        case Expr.Part.Literal literal -> out.append(literal.text());
        case Expr.Part.Hole hole -> {
          Value value = evaluator.value(hole.expr());
          String shown = shown(value);
          broken |= shown == null;
          if (shown != null) {
            out.append(shown);
          } else {
            unprintable(value, hole.expr());
          }
        }
      }
    }
    if (out.length() > MAX_TEXT) {
      diagnostics.accept(
          Diagnostic.of(
              Code.SV2003,
              text.span(),
              "a text has at most " + MAX_TEXT + " characters, its values put in"));
      return new Value.Broken();
    }
    return broken ? new Value.Broken() : new Value.Text(out.toString());
  }

  private void unprintable(Value value, Expr hole) {
    Span span = hole.span();
    switch (value) {
      case Value.Broken broken -> {}
      case Value.Secret secret ->
          diagnostics.accept(Secrets.misused(secret, span, "can't be put into a text"));
      case Value.Symbol symbol -> evaluator.unknown(symbol, span);
      default ->
          diagnostics.accept(
              Diagnostic.of(
                  Code.SV2006,
                  span,
                  value instanceof Value.Formula
                      ? "`" + span.text().strip() + "` has no value when compiling"
                      : value.kind() + " has no one form as text"));
    }
  }

  private static @Nullable String shown(Value value) {
    return switch (value) {
      case Value.Text text -> text.text();
      case Value.Plain number -> number.value().toPlainString();
      default -> null;
    };
  }
}
