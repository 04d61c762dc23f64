package dev.salver.compiler.syntax;

import dev.salver.compiler.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression. Literals keep their text; what it is worth is the evaluator's business. */
public sealed interface Expr {
  Span span();

  /** {@code 12}, {@code 0.5}, {@code 4Gi}, {@code 12.5%}, {@code $0.71/h}. */
  record Quantity(String text, Span span) implements Expr {}

  /** A string: literal parts, escapes resolved, and expressions between them. */
  record Text(List<Part> parts, Span span) implements Expr {
    public Text {
      parts = List.copyOf(parts);
    }
  }

  /** A part of a string. */
  sealed interface Part {
    record Literal(String text) implements Part {}

    record Hole(Expr expr) implements Part {}
  }

  record Bool(boolean value, Span span) implements Expr {}

  /** A word: a name, a type's name or {@code env}. */
  record Word(String text, Span span) implements Expr {}

  /** {@code ?}. */
  record Open(Span span) implements Expr {}

  /** {@code unset}. */
  record Unset(Span span) implements Expr {}

  /** Stands where a syntax error left nothing; it was reported and is not reported again. */
  record Missing(Span span) implements Expr {}

  record ListOf(List<Expr> items, Span span) implements Expr {
    public ListOf {
      items = List.copyOf(items);
    }
  }

  record MapOf(Block block, Span span) implements Expr {}

  record Member(Expr target, Name name, Span span) implements Expr {}

  record Call(Expr target, List<Argument> arguments, Span span) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  record Index(Expr target, List<Argument> arguments, Span span) implements Expr {
    public Index {
      arguments = List.copyOf(arguments);
    }
  }

  /** An argument by position or, with a name, by name. */
  record Argument(@Nullable Name name, Expr value) {}

  /** {@code !x}, {@code -x}. */
  record Unary(String operator, Expr operand, Span span) implements Expr {}

  /** Any operator between two operands, {@code ..} and {@code for} included. */
  record Binary(String operator, Expr left, Expr right, Span span) implements Expr {}

  record Conditional(Expr condition, Expr then, Expr otherwise, Span span) implements Expr {}
}
