package dev.salver.compiler.value;

import dev.salver.compiler.syntax.Expr;
import java.util.Map;

/**
 * What words stand for while an expression is worked out.
 *
 * @param environment the environment's name
 * @param params a param's expression by name, an environment's own value already in place
 */
public record Scope(String environment, Map<String, Expr> params) {
  public Scope {
    params = Map.copyOf(params);
  }
}
