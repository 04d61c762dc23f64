package dev.salver.compiler.value;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Works out expressions of settings: always ends, touches nothing but its scope. A word that is no
 * param, secret or {@code env} stands for itself, and an operator over one, such as {@code p99 <
 * 120ms}, is a formula for someone else.
 */
public final class Evaluator {
  static final int MAX_STEPS = 200_000;

  /** What other languages have before the name of a param. */
  private static final Set<String> OTHERS =
      Set.of("local", "param", "params", "secret", "secrets", "values", "Values", "var", "vars");

  private final Scope scope;
  private final Reading reading;
  private final Consumer<Diagnostic> diagnostics;
  private final Operators operators;
  private final Names names;
  private final Texts texts;
  private final Parts parts;

  /** The variables of macros. */
  private final Map<String, Value> variables = new HashMap<>();

  private int steps;
  private int nested;

  public Evaluator(Scope scope, Consumer<Diagnostic> diagnostics) {
    this(scope, Reading.NOTHING, diagnostics);
  }

  /**
   * @param reading what names mean before they are looked up in the scope
   */
  public Evaluator(Scope scope, Reading reading, Consumer<Diagnostic> diagnostics) {
    this.scope = scope;
    this.reading = reading;
    this.diagnostics = diagnostics;
    this.operators = new Operators(this, diagnostics);
    this.names = new Names(this, scope, diagnostics);
    this.texts = new Texts(this, diagnostics);
    this.parts = new Parts(this, diagnostics);
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
      case Expr.Text text -> texts.text(text);
      case Expr.Word word -> word(word);
      case Expr.Open open -> new Value.Open();
      case Expr.Unset unset -> new Value.Unset();
      case Expr.Missing missing -> new Value.Broken();
      case Expr.ListOf list ->
          new Value.Items(
              list.items().stream()
                  .map(item -> new Value.Located(value(item), item.span()))
                  .toList());
      case Expr.MapOf map -> new Value.Entries(parts.entries(map.block()));
      case Expr.Unary unary -> operators.unary(unary);
      case Expr.Binary binary -> operators.binary(binary);
      case Expr.Member member -> member(member);
      case Expr.Call call -> call(call);
      case Expr.Index index -> index(index);
      case Expr.Conditional conditional -> operators.conditional(conditional);
    };
  }

  /** The left side of a comparison, where a name that has no value is not set. */
  Value compared(Expr expr) {
    Optional<Value> read = isVariable(expr) ? Optional.empty() : reading.compared(expr);
    return read.orElseGet(() -> value(expr));
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
    Value variable = variables.get(word.text());
    return variable == null ? reading.value(word).orElseGet(() -> names.word(word)) : variable;
  }

  private Value member(Expr.Member member) {
    Optional<Value> read = isVariable(member) ? Optional.empty() : reading.value(member);
    if (read.isEmpty() && isParamElsewhere(member)) {
      diagnostics.accept(
          Diagnostic.of(
                  Code.SV2006,
                  member.span(),
                  "a param is read by its name alone: `" + member.name() + "`")
              .fixedBy(Fix.replace(member.span(), member.name().text())));
      return new Value.Broken();
    }
    return read.orElseGet(() -> parts.member(member));
  }

  /** {@code var.region}. */
  private boolean isParamElsewhere(Expr.Member member) {
    String name = member.name().text();
    return member.target() instanceof Expr.Word word
        && OTHERS.contains(word.text())
        && !scope.params().containsKey(word.text())
        && !variables.containsKey(word.text())
        && (scope.params().containsKey(name)
            || scope.required().containsKey(name)
            || scope.secrets().containsKey(name));
  }

  private Value index(Expr.Index index) {
    Optional<Value> read = isVariable(index) ? Optional.empty() : reading.value(index);
    return read.orElseGet(() -> parts.index(index));
  }

  /** Whether a path begins with the variable of a macro. */
  private boolean isVariable(Expr expr) {
    Expr first = expr;
    while (first instanceof Expr.Member || first instanceof Expr.Index) {
      first = first instanceof Expr.Member member ? member.target() : ((Expr.Index) first).target();
    }
    return first instanceof Expr.Word word && variables.containsKey(word.text());
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
}
