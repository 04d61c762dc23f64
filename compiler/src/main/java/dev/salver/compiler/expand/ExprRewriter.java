package dev.salver.compiler.expand;

import dev.salver.compiler.syntax.Block;
import dev.salver.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Copies expressions with some of their parts replaced. Spans stay, and what has no change in it is
 * the same object, so that a tree that nothing touches costs nothing.
 */
@SuppressWarnings("ReferenceEquality") // an object is a part as it was, or not
abstract class ExprRewriter {
  Expr expr(Expr expr) {
    return switch (expr) {
      case Expr.Word word -> word(word);
      case Expr.Member member -> member(member);
      case Expr.Index index -> index(index);
      case Expr.Text text -> {
        var parts = each(text.parts(), this::part);
        yield parts == text.parts() ? text : new Expr.Text(parts, text.span());
      }
      case Expr.ListOf list -> {
        var items = each(list.items(), this::expr);
        yield items == list.items() ? list : new Expr.ListOf(items, list.span());
      }
      case Expr.MapOf map -> {
        Block block = block(map.block());
        yield block == map.block() ? map : new Expr.MapOf(block, map.span());
      }
      case Expr.Call call -> {
        Expr target = expr(call.target());
        var arguments = arguments(call.arguments());
        yield target == call.target() && arguments == call.arguments()
            ? call
            : new Expr.Call(target, arguments, call.span());
      }
      case Expr.Unary unary -> {
        Expr operand = expr(unary.operand());
        yield operand == unary.operand()
            ? unary
            : new Expr.Unary(unary.operator(), operand, unary.span());
      }
      case Expr.Binary binary -> {
        Expr left = expr(binary.left());
        Expr right = expr(binary.right());
        yield left == binary.left() && right == binary.right()
            ? binary
            : new Expr.Binary(binary.operator(), left, right, binary.span());
      }
      case Expr.Conditional each -> {
        Expr condition = expr(each.condition());
        Expr then = expr(each.then());
        Expr otherwise = expr(each.otherwise());
        yield condition == each.condition() && then == each.then() && otherwise == each.otherwise()
            ? each
            : new Expr.Conditional(condition, then, otherwise, each.span());
      }
      case Expr.Quantity literal -> literal;
      case Expr.Bool literal -> literal;
      case Expr.Open open -> open;
      case Expr.Unset unset -> unset;
      case Expr.Missing missing -> missing;
    };
  }

  Expr word(Expr.Word word) {
    return word;
  }

  Expr member(Expr.Member member) {
    Expr target = expr(member.target());
    return target == member.target()
        ? member
        : new Expr.Member(target, member.name(), member.span());
  }

  Expr index(Expr.Index index) {
    Expr target = expr(index.target());
    var arguments = arguments(index.arguments());
    return target == index.target() && arguments == index.arguments()
        ? index
        : new Expr.Index(target, arguments, index.span());
  }

  abstract Block block(Block block);

  final List<Expr.Argument> arguments(List<Expr.Argument> arguments) {
    return each(
        arguments,
        argument -> {
          Expr value = expr(argument.value());
          return value == argument.value() ? argument : new Expr.Argument(argument.name(), value);
        });
  }

  final @Nullable Expr exprOrNull(@Nullable Expr expr) {
    return expr == null ? null : expr(expr);
  }

  private Expr.Part part(Expr.Part part) {
    return switch (part) {
      case Expr.Part.Literal literal -> literal;
      case Expr.Part.Hole hole -> {
        Expr expr = expr(hole.expr());
        yield expr == hole.expr() ? hole : new Expr.Part.Hole(expr);
      }
    };
  }

  /** The same list where no element is another than before. */
  static <T> List<T> each(List<T> list, UnaryOperator<T> change) {
    List<T> changed = null;
    for (int i = 0; i < list.size(); i++) {
      T before = list.get(i);
      T after = change.apply(before);
      if (changed == null && after != before) {
        changed = new ArrayList<>(list.subList(0, i));
      }
      if (changed != null) {
        changed.add(after);
      }
    }
    return changed == null ? list : changed;
  }
}
