package dev.salver.compiler.value;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Block;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Works out expressions of settings: always ends, touches nothing but its scope. A word that is no
 * param, secret or {@code env} stands for itself, and an operator over one, such as {@code p99 <
 * 120ms}, is a formula for someone else.
 */
public final class Evaluator {
  private static final int MAX_DEPTH = 64;

  /** Params that double each other would otherwise grow without end, and macros in macros too. */
  private static final int MAX_TEXT = 65_536;

  private static final int MAX_STEPS = 200_000;

  private final Scope scope;
  private final Consumer<Diagnostic> diagnostics;
  private final Operators operators;

  /** Each param is worked out once, and never within itself. */
  private final Map<String, Value> params = new HashMap<>();

  /** The variables of macros. */
  private final Map<String, Value> variables = new HashMap<>();

  private final Deque<String> entered = new ArrayDeque<>();
  private int steps;
  private int nested;

  public Evaluator(Scope scope, Consumer<Diagnostic> diagnostics) {
    this.scope = scope;
    this.diagnostics = diagnostics;
    this.operators = new Operators(this, diagnostics);
  }

  public Value value(Expr expr) {
    if (nested == 0) {
      steps = 0;
    }
    if (++steps > MAX_STEPS) {
      if (steps == MAX_STEPS + 1) {
        diagnostics.accept(
            Diagnostic.of(
                Code.SV2011, expr.span(), "this takes more than " + MAX_STEPS + " steps"));
      }
      return new Value.Broken();
    }
    nested++;
    try {
      return worked(expr);
    } finally {
      nested--;
    }
  }

  private Value worked(Expr expr) {
    return switch (expr) {
      case Expr.Quantity literal -> Units.read(literal.text(), literal.span(), diagnostics);
      case Expr.Bool bool -> new Value.Bool(bool.value());
      case Expr.Text text -> text(text);
      case Expr.Word word -> word(word);
      case Expr.Open open -> new Value.Open();
      case Expr.Unset unset -> new Value.Unset();
      case Expr.Missing missing -> new Value.Broken();
      case Expr.ListOf list ->
          new Value.Items(
              list.items().stream()
                  .map(item -> new Value.Located(value(item), item.span()))
                  .toList());
      case Expr.MapOf map -> new Value.Entries(entries(map.block()));
      case Expr.Unary unary -> operators.unary(unary);
      case Expr.Binary binary -> operators.binary(binary);
      case Expr.Member member -> member(member);
      case Expr.Call call -> call(call);
      case Expr.Index index -> index(index);
      case Expr.Conditional conditional -> operators.conditional(conditional);
    };
  }

  /** An expression in which a variable has a value. */
  Value with(String variable, Value value, Expr expr) {
    Value outer = variables.put(variable, value);
    Value result = value(expr);
    if (outer == null) {
      variables.remove(variable);
    } else {
      variables.put(variable, outer);
    }
    return result;
  }

  private Value word(Expr.Word word) {
    String name = word.text();
    Value variable = variables.get(name);
    if (variable != null) {
      return variable;
    }
    if (name.equals("env")) {
      return new Value.Text(scope.environment());
    }
    Value known = params.get(name);
    if (known != null) {
      return known;
    }
    Scope.Required required = scope.required().get(name);
    if (required != null) {
      var diagnostic =
          Diagnostic.of(
                  Code.SV1015,
                  required.declared(),
                  "the param `" + name + "` has no value in `" + scope.environment() + "`")
              .relating(word.span(), "it is read here");
      diagnostics.accept(diagnostic.offering(required.defaults()));
      params.put(name, new Value.Broken());
      return new Value.Broken();
    }
    Scope.Secret secret = scope.secrets().get(name);
    Expr param = scope.params().get(name);
    if (secret != null) {
      Value value = secret(name, secret);
      params.put(name, value);
      return value;
    }
    if (param == null) {
      return new Value.Symbol(name);
    }
    if (entered.contains(name)) {
      circle(name);
      return new Value.Broken();
    }
    if (entered.size() > MAX_DEPTH) {
      diagnostics.accept(
          Diagnostic.of(
              Code.SV2011,
              word.span(),
              "params are made of others at most " + MAX_DEPTH + " deep"));
      return new Value.Broken();
    }
    entered.addLast(name);
    Value value = bounded(value(param), word.span());
    entered.removeLast();
    // What is no value is told where the param has it, not at each use.
    Value told = value instanceof Value.Symbol ? new Value.Broken() : value;
    params.put(name, told);
    return told;
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
    if (weight(value, MAX_STEPS) < MAX_STEPS) {
      return value;
    }
    diagnostics.accept(
        Diagnostic.of(Code.SV2011, span, "this has more than " + MAX_STEPS + " values in it"));
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
    Value source = value(secret.source());
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

  private Value text(Expr.Text text) {
    var out = new StringBuilder();
    boolean broken = false;
    for (Expr.Part part : text.parts()) {
      if (out.length() > MAX_TEXT) {
        break;
      }
      switch (part) {
        case Expr.Part.Literal literal -> out.append(literal.text());
        case Expr.Part.Hole hole -> {
          Value value = value(hole.expr());
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
      case Value.Symbol symbol -> unknown(symbol, span);
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

  void unknown(Value.Symbol symbol, Span span) {
    unknown(symbol, span, "");
  }

  /**
   * Reports a word that means nothing here.
   *
   * @param within the param whose value it is in, which can't be meant
   */
  public void unknown(Value.Symbol symbol, Span span, String within) {
    var diagnostic =
        Diagnostic.of(
            Code.SV2006, span, "`" + span.text().strip() + "` has no value when compiling");
    diagnostics.accept(
        Spelling.nearest(symbol.name(), scope.params().keySet())
            .filter(near -> span.text().strip().equals(symbol.name()) && !near.equals(within))
            .map(near -> diagnostic.fixedBy(Fix.replace(span, near)))
            .orElse(diagnostic));
  }

  private static @Nullable String shown(Value value) {
    return switch (value) {
      case Value.Text text -> text.text();
      case Value.Plain number -> number.value().toPlainString();
      default -> null;
    };
  }

  private Value member(Expr.Member member) {
    Value target = value(member.target());
    if (target instanceof Value.Broken) {
      return target;
    }
    if (!(target instanceof Value.Entries map)) {
      return new Value.Formula();
    }
    Value.Located entry = map.entries().get(member.name().text());
    if (entry == null) {
      Span span = member.name().span();
      var diagnostic =
          Diagnostic.of(
              Code.SV1002,
              span,
              "`" + member.target().span().text().strip() + "` has no `" + member.name() + "`");
      diagnostics.accept(
          Spelling.nearest(member.name().text(), map.entries().keySet())
              .map(near -> diagnostic.fixedBy(Fix.replace(span, near)))
              .orElse(diagnostic));
      return new Value.Broken();
    }
    return entry.value();
  }

  private Value index(Expr.Index index) {
    Value target = value(index.target());
    if (index.arguments().size() != 1
        || !(target instanceof Value.Items || target instanceof Value.Entries)) {
      return target instanceof Value.Broken ? target : new Value.Formula();
    }
    Expr argument = index.arguments().getFirst().value();
    Value at = value(argument);
    if (at instanceof Value.Broken) {
      return at;
    }
    Value found = null;
    if (target instanceof Value.Items(List<Value.Located> items)
        && at instanceof Value.Plain number
        && number.value().signum() >= 0
        && number.value().stripTrailingZeros().scale() <= 0
        && number.value().compareTo(BigDecimal.valueOf(items.size())) < 0) {
      found = items.get(number.value().intValueExact()).value();
    } else if (target instanceof Value.Entries(Map<String, Value.Located> entries)
        && at instanceof Value.Text text
        && entries.containsKey(text.text())) {
      found = entries.get(text.text()).value();
    }
    if (found == null) {
      var diagnostic =
          Diagnostic.of(
              Code.SV2010,
              argument.span(),
              "`" + index.target().span().text().strip() + "` has no such element");
      diagnostics.accept(present(argument, target, at).map(diagnostic::fixedBy).orElse(diagnostic));
      return new Value.Broken();
    }
    return found;
  }

  /** A key nearly of this spelling; the last element of a list that is counted from one. */
  private static Optional<Fix> present(Expr argument, Value target, Value at) {
    if (target instanceof Value.Entries entries
        && at instanceof Value.Text text
        && argument instanceof Expr.Text) {
      return Spelling.nearest(text.text(), entries.entries().keySet())
          .map(near -> Fix.replace(argument.span(), "\"" + near + "\""));
    }
    boolean counted =
        argument instanceof Expr.Quantity
            && target instanceof Value.Items(List<Value.Located> items)
            && !items.isEmpty()
            && at instanceof Value.Plain number
            && number.value().compareTo(BigDecimal.valueOf(items.size())) == 0;
    return counted
        ? Optional.of(
            Fix.replace(
                    argument.span(), Integer.toString(((Value.Items) target).items().size() - 1))
                .suggested())
        : Optional.empty();
  }

  private Value call(Expr.Call call) {
    var values = new ArrayList<Value>();
    String name;
    if (call.target() instanceof Expr.Member member) {
      name = member.name().text();
      Value target = value(member.target());
      if (Macros.isMacro(call)) {
        return new Macros(this).apply(call, target).orElse(new Value.Formula());
      }
      values.add(target);
    } else if (call.target() instanceof Expr.Word word) {
      name = word.text();
    } else {
      return new Value.Formula();
    }
    for (Expr.Argument argument : call.arguments()) {
      values.add(value(argument.value()));
    }
    if (values.stream().anyMatch(Value.Broken.class::isInstance)) {
      return new Value.Broken();
    }
    for (Value value : values) {
      if (value instanceof Value.Secret secret) {
        diagnostics.accept(Secrets.misused(secret, call.span(), "can't be read"));
        return new Value.Broken();
      }
    }
    return values.isEmpty()
        ? new Value.Formula()
        : Functions.apply(name, values).orElse(new Value.Formula());
  }

  private Map<String, Value.Located> entries(Block block) {
    var entries = new LinkedHashMap<String, Value.Located>();
    for (Entry entry : block.entries()) {
      switch (entry) {
        case Entry.Setting setting ->
            put(
                entries,
                setting.path().getFirst().text(),
                new Value.Located(value(setting.value()), setting.value().span()));
        case Entry.Section section ->
            put(
                entries,
                section.path().getFirst().text(),
                new Value.Located(new Value.Entries(entries(section.block())), section.span()));
        default -> diagnostics.accept(misplaced(entry));
      }
    }
    return entries;
  }

  private void put(Map<String, Value.Located> entries, String key, Value.Located value) {
    var earlier = entries.put(key, value);
    if (earlier != null) {
      diagnostics.accept(
          Diagnostic.of(Code.SV3001, value.span(), "`" + key + "` is written twice")
              .relating(earlier.span(), "it is written here already"));
    }
  }

  private static Diagnostic misplaced(Entry entry) {
    return Diagnostic.of(Code.SV1007, entry.span(), "a map holds settings `key = value` only");
  }
}
