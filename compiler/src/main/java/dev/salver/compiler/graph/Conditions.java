package dev.salver.compiler.graph;

import dev.salver.compiler.graph.Step.Ref;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.typing.Shape;
import dev.salver.compiler.typing.Typing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Guards of {@code switch}: one truth value over inputs, steps and what is known in advance. */
final class Conditions {
  private static final Set<String> MACROS = Set.of("all", "exists", "exists_one", "filter", "map");

  private final Draft draft;
  private final Terms terms;
  private final Place place;

  Conditions(Draft draft, Place place, Terms terms) {
    this.draft = draft;
    this.place = place;
    this.terms = terms;
  }

  /** Checks a condition and spells it with the names of the plan. */
  Expr checked(Expr guard) {
    new Typing(this::shape, draft::report).condition(guard);
    return spelled(guard, Set.of());
  }

  private Optional<Shape> shape(Expr.Word word) {
    Optional<Scope.Named> named = place.scope().find(word.text());
    if (named.isPresent()) {
      draft.use(named.get().value());
      return Optional.of(Shape.of(named.get().value().type()));
    }
    Shape constant = place.constants().get(word.text());
    if (constant != null) {
      return Optional.of(constant);
    }
    terms.unknownName(word.text(), word.span(), true, false, place);
    return Optional.empty();
  }

  /**
   * Names of the plan for names of the text, literals for what is known when compiling.
   *
   * @param bound names of {@code list.exists(x, …)}, which stand for themselves
   */
  private Expr spelled(Expr expr, Set<String> bound) {
    return switch (expr) {
      case Expr.Word word -> bound.contains(word.text()) ? word : word(word);
      case Expr.Unary unary ->
          new Expr.Unary(unary.operator(), spelled(unary.operand(), bound), unary.span());
      case Expr.Binary binary ->
          new Expr.Binary(
              binary.operator(),
              spelled(binary.left(), bound),
              spelled(binary.right(), bound),
              binary.span());
      case Expr.Conditional each ->
          new Expr.Conditional(
              spelled(each.condition(), bound),
              spelled(each.then(), bound),
              spelled(each.otherwise(), bound),
              each.span());
      case Expr.ListOf list ->
          new Expr.ListOf(
              list.items().stream().map(each -> spelled(each, bound)).toList(), list.span());
      case Expr.Member(Expr.Word word, Name name, Span span)
          when !bound.contains(word.text()) && ofRequest(word, name).isPresent() ->
          path(ofRequest(word, name).get(), span);
      case Expr.Member member ->
          new Expr.Member(spelled(member.target(), bound), member.name(), member.span());
      case Expr.Index index ->
          new Expr.Index(
              spelled(index.target(), bound), spelled(index.arguments(), bound), index.span());
      case Expr.Call call -> call(call, bound);
      case Expr.Text text -> Literals.of(draft.evaluator.value(text), text);
      default -> expr;
    };
  }

  private Expr call(Expr.Call call, Set<String> bound) {
    Set<String> inner = bound;
    Expr target = call.target();
    if (target instanceof Expr.Member member) {
      target = new Expr.Member(spelled(member.target(), bound), member.name(), member.span());
      if (MACROS.contains(member.name().text())
          && call.arguments().size() == 2
          && call.arguments().getFirst().value() instanceof Expr.Word variable) {
        var names = new HashSet<>(bound);
        names.add(variable.text());
        inner = names;
      }
    }
    return new Expr.Call(target, spelled(call.arguments(), inner), call.span());
  }

  private List<Expr.Argument> spelled(List<Expr.Argument> arguments, Set<String> bound) {
    return arguments.stream()
        .map(each -> new Expr.Argument(each.name(), spelled(each.value(), bound)))
        .toList();
  }

  private Expr word(Expr.Word word) {
    return place
        .scope()
        .find(word.text())
        .map(Scope.Named::value)
        .map(value -> path((value.isRequest() ? value.inner() : value).ref(), word.span()))
        .orElseGet(
            () ->
                place.constants().containsKey(word.text())
                    ? Literals.of(draft.evaluator.value(word), word)
                    : word);
  }

  /** Where {@code request.x} comes from, which in an instance may be any step. */
  private Optional<Ref> ofRequest(Expr.Word word, Name name) {
    return place
        .scope()
        .find(word.text())
        .map(Scope.Named::value)
        .filter(value -> value.isRequest())
        .flatMap(value -> value.field(name.text()))
        .map(Flowing::ref);
  }

  private static Expr path(Ref ref, Span span) {
    var names = new ArrayList<String>();
    if (!ref.step().equals(Ref.REQUEST)) {
      names.add(ref.step());
    }
    ref.field().ifPresent(path -> names.addAll(List.of(path.split("\\."))));
    if (names.isEmpty()) {
      names.add(ref.step());
    }
    Expr expr = new Expr.Word(names.getFirst(), span);
    for (String name : names.subList(1, names.size())) {
      expr = new Expr.Member(expr, new Name(name, span), span);
    }
    return expr;
  }

  /** Whether it is the same whatever the request; empty where the request decides. */
  static Optional<Boolean> constant(Expr expr) {
    return switch (expr) {
      case Expr.Bool bool -> Optional.of(bool.value());
      case Expr.Unary not when not.operator().equals("!") ->
          constant(not.operand()).map(each -> !each);
      case Expr.Binary and when and.operator().equals("&&") -> {
        Optional<Boolean> left = constant(and.left());
        Optional<Boolean> right = constant(and.right());
        yield left.equals(Optional.of(false)) || right.equals(Optional.of(false))
            ? Optional.of(false)
            : left.isPresent() && right.isPresent() ? Optional.of(true) : Optional.empty();
      }
      case Expr.Binary or when or.operator().equals("||") -> {
        Optional<Boolean> left = constant(or.left());
        Optional<Boolean> right = constant(or.right());
        yield left.equals(Optional.of(true)) || right.equals(Optional.of(true))
            ? Optional.of(true)
            : left.isPresent() && right.isPresent() ? Optional.of(false) : Optional.empty();
      }
      case Expr.Binary equal when equal.operator().equals("==") && isLiteral(equal.left()) ->
          isLiteral(equal.right())
              ? Optional.of(text(equal.left()).equals(text(equal.right())))
              : Optional.empty();
      case Expr.Binary differs when differs.operator().equals("!=") && isLiteral(differs.left()) ->
          isLiteral(differs.right())
              ? Optional.of(!text(differs.left()).equals(text(differs.right())))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static boolean isLiteral(Expr expr) {
    return switch (expr) {
      case Expr.Text text -> text.plainText().isPresent();
      case Expr.Quantity quantity -> true;
      case Expr.Bool bool -> true;
      default -> false;
    };
  }

  /** The expression without its spaces, so that two that say the same are the same. */
  static String text(Expr expr) {
    return switch (expr) {
      case Expr.Quantity quantity -> quantity.text();
      case Expr.Bool bool -> Boolean.toString(bool.value());
      case Expr.Word word -> word.text();
      case Expr.Text text -> "\"" + text.parts() + "\"";
      case Expr.Unary unary -> unary.operator() + text(unary.operand());
      case Expr.Binary binary ->
          "(" + text(binary.left()) + " " + binary.operator() + " " + text(binary.right()) + ")";
      case Expr.Member member -> text(member.target()) + "." + member.name();
      case Expr.Call call -> text(call.target()) + "(" + texts(call.arguments()) + ")";
      case Expr.Index index -> text(index.target()) + "[" + texts(index.arguments()) + "]";
      case Expr.ListOf list -> list.items().stream().map(Conditions::text).toList().toString();
      case Expr.Conditional each ->
          text(each.condition()) + "?" + text(each.then()) + ":" + text(each.otherwise());
      default -> expr.span().toString();
    };
  }

  private static String texts(List<Expr.Argument> arguments) {
    return arguments.stream().map(each -> text(each.value())).toList().toString();
  }
}
