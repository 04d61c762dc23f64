package dev.salver.compiler.value;

import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What words stand for while an expression is worked out.
 *
 * @param environment the environment's name
 * @param params a param's expression by name, an environment's own value already in place
 * @param required the params that have no value here
 * @param secrets by name
 */
public record Scope(
    String environment,
    Map<String, Expr> params,
    Map<String, Required> required,
    Map<String, Secret> secrets) {
  public Scope {
    params = Map.copyOf(params);
    required = Map.copyOf(required);
    secrets = Map.copyOf(secrets);
  }

  /** Without secrets, and with a value for each param. */
  public Scope(String environment, Map<String, Expr> params) {
    this(environment, params, Map.of(), Map.of());
  }

  /** The same where some params have no value, which was reported. */
  public Scope without(Set<String> names) {
    if (names.isEmpty()) {
      return this;
    }
    var known = new HashMap<>(params);
    known.replaceAll(
        (name, value) -> names.contains(name) ? new Expr.Missing(value.span()) : value);
    return new Scope(environment, known, required, secrets);
  }

  /**
   * A param without a value.
   *
   * @param declared where its name is declared
   * @param defaults fixes that give it a value
   */
  public record Required(Span declared, List<Fix> defaults) {
    public Required {
      defaults = List.copyOf(defaults);
    }
  }

  /**
   * A secret.
   *
   * @param declared where its name is declared
   * @param source behind {@code from}
   */
  public record Secret(Span declared, Expr source) {}
}
