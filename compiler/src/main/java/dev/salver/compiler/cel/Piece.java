package dev.salver.compiler.cel;

import dev.salver.compiler.cel.Shape.Scalar;
import dev.salver.compiler.syntax.Expr;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * A translated part of an expression.
 *
 * @param from what it was translated from
 * @param text CEL, in parentheses where it needs them
 * @param guards CEL, all of which hold where everything it reads is set
 * @param shape what it is worth
 * @param path the words of a value that is not read yet, the variable first; else empty
 * @param isLiteral whether it is a number as written
 * @param isBroken whether it was reported, so that nothing more is said about it
 */
record Piece(
    Expr from,
    String text,
    SequencedSet<String> guards,
    Shape shape,
    List<String> path,
    boolean isLiteral,
    boolean isBroken) {
  static Piece of(Expr from, String text, Shape shape, Piece... parts) {
    var guards = new LinkedHashSet<String>();
    boolean broken = false;
    for (Piece part : parts) {
      guards.addAll(part.guards);
      broken |= part.isBroken;
    }
    return new Piece(from, text, guards, shape, List.of(), false, broken);
  }

  static Piece literal(Expr from, String text, Shape shape) {
    return new Piece(from, text, new LinkedHashSet<>(), shape, List.of(), true, false);
  }

  static Piece path(Expr from, List<String> path, Shape shape) {
    return new Piece(from, "", new LinkedHashSet<>(), shape, path, false, false);
  }

  static Piece broken(Expr from) {
    return new Piece(from, "null", new LinkedHashSet<>(), Shape.ANY, List.of(), false, true);
  }

  Piece as(String other, Shape shape) {
    return new Piece(from, other, guards, shape, List.of(), false, isBroken);
  }

  /** The same piece as a condition that needs no guard. */
  Piece closed() {
    return new Piece(
        from, condition(), new LinkedHashSet<>(), Scalar.BOOL, List.of(), false, isBroken);
  }

  Piece guardedBy(String guard) {
    if (guard.isEmpty()) {
      return this;
    }
    var more = new LinkedHashSet<>(guards);
    more.add(guard);
    return new Piece(from, text, more, shape, path, isLiteral, isBroken);
  }

  boolean isPath() {
    return !path.isEmpty();
  }

  /** The guards as one condition; empty where there is none. */
  String guard() {
    return String.join(" && ", guards);
  }

  /** A condition that is false where something is not set. */
  String condition() {
    return guards.isEmpty() ? text : "(" + guard() + " && " + text + ")";
  }
}
