package dev.salver.compiler;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.check.Params;
import dev.salver.compiler.check.Pins;
import dev.salver.compiler.check.Planner;
import dev.salver.compiler.check.Written;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.graph.Signatures;
import dev.salver.compiler.lower.Refusals;
import dev.salver.compiler.memo.Found;
import dev.salver.compiler.overlay.Environment;
import dev.salver.compiler.overlay.Environments;
import dev.salver.compiler.policy.Policies;
import java.util.List;

/**
 * What is worked out of everything in a program but its models, graphs and tests, and what is known
 * of those models and graphs for as long as none of the rest changes.
 *
 * @param declarations without models, graphs and tests, so that none of this can depend on them
 */
record Shared(
    Declarations declarations,
    Pins pins,
    Found<List<InEnvironment>> environments,
    Found<Policies> policies,
    Signatures signatures,
    Written written) {
  /** One environment's part. */
  record InEnvironment(Environment environment, Planner planner, Refusals refusals) {}

  static Shared of(Declarations declarations, Pins pins) {
    return new Shared(
        declarations,
        pins,
        Found.of(found -> environments(declarations, pins, found)),
        Found.of(found -> Policies.of(declarations, found)),
        new Signatures(declarations, pins.lock()),
        new Written(declarations));
  }

  private static List<InEnvironment> environments(
      Declarations declarations, Pins pins, Diagnostics found) {
    var environments =
        Params.check(declarations, Environments.of(declarations, found).values(), found);
    return environments.stream()
        .map(each -> new InEnvironment(each, new Planner(declarations, each, pins), new Refusals()))
        .toList();
  }

  boolean holds(Declarations now, Pins pins) {
    return this.pins.equals(pins) && declarations.isSame(now);
  }
}
