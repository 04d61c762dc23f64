package dev.salver.compiler.testing;

import dev.salver.compiler.graph.Body;
import dev.salver.compiler.graph.GraphPlan;
import dev.salver.compiler.graph.Step;
import dev.salver.compiler.graph.Step.Work;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Models and graphs that a test may call, directly or through graphs. */
final class Reach {
  private final Scene scene;
  private final Set<String> called = new TreeSet<>();
  private boolean broken;

  private Reach(Scene scene) {
    this.scene = scene;
  }

  /** Empty where a graph on the way has mistakes. */
  static Optional<Set<String>> of(TestCase test) {
    var reach = new Reach(test.scene());
    for (CallSites.Site site : CallSites.in(test.exprs())) {
      if (test.scene().services().contains(site.name())) {
        reach.service(site.name());
      }
    }
    return reach.broken ? Optional.empty() : Optional.of(reach.called);
  }

  private void service(String name) {
    if (!called.add(name) || !scene.graphNames().contains(name)) {
      return;
    }
    Optional<GraphPlan> graph = scene.graph(name);
    broken |= graph.isEmpty();
    graph.ifPresent(plan -> body(plan.body()));
  }

  private void body(@Nullable Body body) {
    if (body != null) {
      body.steps().forEach(this::step);
    }
  }

  private void step(@Nullable Step step) {
    if (step == null) {
      return;
    }
    switch (step.work()) {
      case Work.Call call -> service(call.service());
      case Work.Switch one -> {
        one.cases().forEach(each -> body(each.body()));
        body(one.otherwise());
      }
      case Work.Split split -> split.shares().forEach(each -> body(each.body()));
      case Work.All all -> all.branches().forEach(each -> body(each.body()));
      case Work.Nested nested -> body(nested.body());
      case Work.Cast cast -> {}
      case Work.Pass pass -> {}
      case Work.Constant constant -> {}
      case Work.Fail fail -> {}
    }
    step(step.edge().fallback());
    if (step.edge().shadow() != null) {
      step(step.edge().shadow().call());
    }
  }
}
