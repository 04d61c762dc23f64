package dev.salver.compiler.policy;

import dev.salver.compiler.cel.Extent;
import dev.salver.compiler.cel.Formula;
import dev.salver.compiler.cel.Names;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import java.util.List;
import java.util.Optional;

/**
 * A policy whose expressions are checked.
 *
 * @param kind what it speaks of, one of {@link Shapes#kinds()}
 * @param names what its assertions may read
 * @param where what limits it; its words need no {@code self}
 */
public record Policy(
    Resource declared, String kind, Names names, Optional<Formula> where, List<Rule> rules) {
  public Policy {
    rules = List.copyOf(rules);
  }

  public String name() {
    return declared.name().text();
  }

  /**
   * One {@code require} or {@code deny}.
   *
   * @param message what stands behind {@code else}
   */
  public record Rule(Entry.Assertion assertion, Formula condition, Optional<Formula> message) {
    boolean isDeny() {
      return assertion.word().text().equals("deny");
    }

    Extent extent() {
      return extent(assertion);
    }

    static Extent extent(Entry.Assertion assertion) {
      return assertion.word().text().equals("deny") ? Extent.ANY : Extent.ALL;
    }
  }
}
