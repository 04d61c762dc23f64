package dev.salver.compiler.syntax;

import dev.salver.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An expression. Literals keep their text; what it is worth is the evaluator's business. */
public sealed interface Expr {
  Span span();

  /** The characters of a string without {@code ${…}} in it; empty for any other expression. */
  default Optional<String> plainText() {
    if (!(this instanceof Text text)) {
      return Optional.empty();
    }
    var out = new StringBuilder();
    for (Part part : text.parts()) {
      if (!(part instanceof Part.Literal(String literal))) {
        return Optional.empty();
      }
      out.append(literal);
    }
    return Optional.of(out.toString());
  }

  /** The expressions right within it, in their order; those of a map stand in its block. */
  default List<Expr> operands() {
    return switch (this) {
      case Text text ->
          text.parts().stream()
              .flatMap(
                  part ->
                      part instanceof Part.Hole(Expr hole) ? Stream.of(hole) : Stream.<Expr>empty())
              .toList();
      case ListOf list -> list.items();
      case Member member -> List.of(member.target());
      case Call call -> with(call.target(), call.arguments());
      case Index index -> with(index.target(), index.arguments());
      case Unary unary -> List.of(unary.operand());
      case Binary binary -> List.of(binary.left(), binary.right());
      case Conditional each -> List.of(each.condition(), each.then(), each.otherwise());
      case Quantity _, Bool _, Word _, MapOf _, Open _, Unset _, Missing _ -> List.of();
    };
  }

  private static List<Expr> with(Expr target, List<Argument> arguments) {
    var all = new ArrayList<Expr>(List.of(target));
    arguments.forEach(each -> all.add(each.value()));
    return all;
  }

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
