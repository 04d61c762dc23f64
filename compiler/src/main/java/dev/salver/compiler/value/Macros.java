package dev.salver.compiler.value;

import dev.salver.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CEL's macros over lists and maps: {@code list.exists(x, x > 2)}. */
final class Macros {
  private static final List<String> NAMES = List.of("all", "exists", "exists_one", "filter", "map");

  private final Evaluator evaluator;

  Macros(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** Whether a call has the form of a macro. */
  static boolean isMacro(Expr.Call call) {
    return call.target() instanceof Expr.Member member
        && NAMES.contains(member.name().text())
        && call.arguments().size() == 2
        && call.arguments().getFirst().value() instanceof Expr.Word;
  }

  /** Empty where what it goes over is no list or map, or a condition no truth value. */
  Optional<Value> apply(Expr.Call call, Value target) {
    List<Value.Located> items =
        switch (target) {
          case Value.Items list -> list.items();
          case Value.Entries map ->
              map.entries().entrySet().stream()
                  .map(
                      entry ->
                          new Value.Located(
                              new Value.Text(entry.getKey()), entry.getValue().span()))
                  .toList();
          default -> null;
        };
    if (items == null) {
      return Optional.empty();
    }
    String name = ((Expr.Member) call.target()).name().text();
    String variable = ((Expr.Word) call.arguments().getFirst().value()).text();
    Expr body = call.arguments().getLast().value();
    var made = new ArrayList<Value.Located>();
    int held = 0;
    for (Value.Located item : items) {
      Value value = evaluator.with(variable, item.value(), body);
      if (name.equals("map")) {
        made.add(new Value.Located(value, body.span()));
        continue;
      }
      if (value instanceof Value.Broken) {
        return Optional.of(value);
      }
      if (!(value instanceof Value.Bool(boolean holds))) {
        return Optional.empty();
      }
      if (holds) {
        held++;
        made.add(item);
      }
    }
    return Optional.of(
        switch (name) {
          case "all" -> new Value.Bool(held == items.size());
          case "exists" -> new Value.Bool(held > 0);
          case "exists_one" -> new Value.Bool(held == 1);
          default -> new Value.Items(made);
        });
  }
}
