package dev.salver.compiler.testing;

import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.List;

/**
 * A test without mistakes.
 *
 * @param name the sentence
 * @param at where the sentence stands
 * @param body its braces and what is between them
 */
public record TestCase(
    String name,
    Span at,
    Span body,
    Scene scene,
    List<Entry.Assertion> expectations,
    List<Entry.Stub> stubs) {
  public TestCase {
    expectations = List.copyOf(expectations);
    stubs = List.copyOf(stubs);
  }

  /** The environment that it runs in. */
  public String environment() {
    return scene.environment();
  }

  /** Every expression in it. */
  List<Expr> exprs() {
    var exprs = new ArrayList<Expr>();
    for (Entry.Assertion each : expectations) {
      exprs.add(each.expr());
      if (each.otherwise() != null) {
        exprs.add(each.otherwise());
      }
    }
    return exprs;
  }
}
