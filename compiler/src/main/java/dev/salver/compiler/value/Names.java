package dev.salver.compiler.value;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a scope's words are worth: each is worked out once, and never within itself. */
final class Names {
  private static final int MAX_DEPTH = 64;

  private final Evaluator evaluator;
  private final Scope scope;
  private final Consumer<Diagnostic> diagnostics;
  private final Map<String, Value> known = new HashMap<>();
  private final Deque<String> entered = new ArrayDeque<>();

  Names(Evaluator evaluator, Scope scope, Consumer<Diagnostic> diagnostics) {
    this.evaluator = evaluator;
    this.scope = scope;
    this.diagnostics = diagnostics;
  }

  /** A word that is none of the scope's stands for itself. */
  Value word(Expr.Word word) {
    String name = word.text();
    if (name.equals("env")) {
      return new Value.Text(scope.environment());
    }
    Value earlier = known.get(name);
    if (earlier != null) {
      return earlier;
    }
    Scope.Required required = scope.required().get(name);
    Scope.Secret secret = scope.secrets().get(name);
    Expr param = scope.params().get(name);
    if (required != null) {
      diagnostics.accept(
          Diagnostic.of(
                  Code.SV1015,
                  required.declared(),
                  "the param `" + name + "` has no value in `" + scope.environment() + "`")
              .relating(word.span(), "it is read here")
              .offering(required.defaults()));
      known.put(name, new Value.Broken());
    } else if (secret != null) {
      known.put(name, secret(name, secret));
    } else if (param == null) {
      return new Value.Symbol(name);
    } else if (entered.contains(name)) {
      circle(name);
      return new Value.Broken();
    } else if (entered.size() > MAX_DEPTH) {
      diagnostics.accept(
          Diagnostic.of(
              Code.SV2011,
              word.span(),
              "params are made of others at most " + MAX_DEPTH + " deep"));
      return new Value.Broken();
    } else {
      known.put(name, param(name, param, word.span()));
    }
    return known.getOrDefault(name, new Value.Broken());
  }

  private Value param(String name, Expr param, Span span) {
    entered.addLast(name);
    Value value = bounded(evaluator.value(param), span);
    entered.removeLast();
    // What is no value is told where the param has it, not at each use.
    return value instanceof Value.Symbol ? new Value.Broken() : value;
  }

  /** The same words whichever param of a circle is read first. */
  private void circle(String name) {
    var names = new ArrayList<>(entered);
    var circle = new TreeMap<Span, String>();
    for (String each : names.subList(names.indexOf(name), names.size())) {
      Expr value = scope.params().get(each);
      if (value != null) {
        circle.put(value.span(), each);
      }
    }
    var diagnostic =
        Diagnostic.of(
            Code.SV2006,
            circle.firstKey(),
            "the param `" + circle.firstEntry().getValue() + "` is made of itself");
    for (var other : circle.tailMap(circle.firstKey(), false).entrySet()) {
      diagnostic = diagnostic.relating(other.getKey(), "through `" + other.getValue() + "`");
    }
    diagnostics.accept(diagnostic);
  }

  /** Lists of lists that double each other would otherwise grow without end. */
  private Value bounded(Value value, Span span) {
    if (weight(value, Evaluator.MAX_STEPS) < Evaluator.MAX_STEPS) {
      return value;
    }
    diagnostics.accept(
        Diagnostic.of(
            Code.SV2011, span, "this has more than " + Evaluator.MAX_STEPS + " values in it"));
    return new Value.Broken();
  }

  private static int weight(Value value, int limit) {
    Iterable<Value.Located> inside =
        switch (value) {
          case Value.Items items -> items.items();
          case Value.Entries entries -> entries.entries().values();
          default -> List.of();
        };
    int weight = 1;
    for (Value.Located each : inside) {
      if (weight >= limit) {
        break;
      }
      weight += weight(each.value(), limit - weight);
    }
    return weight;
  }

  private Value secret(String name, Scope.Secret secret) {
    Value source = evaluator.value(secret.source());
    if (source instanceof Value.Broken) {
      return source;
    }
    Optional<Value> read =
        source instanceof Value.Text text
            ? Secrets.read(name, secret.declared(), text.text())
            : Optional.empty();
    if (read.isEmpty()) {
      Span at = secret.source().span();
      var diagnostic =
          Diagnostic.of(
              Code.SV1014,
              at,
              "a secret is taken from `kubernetes:SECRET/KEY`, a key in a Secret of the cluster");
      boolean written = secret.source() instanceof Expr.Text && source instanceof Value.Text;
      diagnostics.accept(
          (written ? Secrets.meant(at.text()) : Optional.<String>empty())
              .map(meant -> diagnostic.fixedBy(Fix.replace(at, meant)))
              .orElse(diagnostic));
    }
    return read.orElse(new Value.Broken());
  }
}
