package dev.salver.kube.graph;

import dev.salver.kube.graph.ServingGraph.Port;
import dev.salver.kube.graph.Step.Branch;
import dev.salver.kube.graph.Step.Case;
import dev.salver.kube.graph.Step.Ref;
import dev.salver.kube.graph.Step.Share;
import dev.salver.kube.graph.Step.Work;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** What is asked of a graph before it runs; the first objection counts. */
public final class GraphRules {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][-A-Za-z0-9_]{0,127}");
  private static final Pattern SERVICE = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern URL = Pattern.compile("(https?|grpcs?)://[^\\s/?#]+[^\\s]*");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final BiConsumer<Case, Condition> compiled;
  private final Set<String> names = new HashSet<>();

  private GraphRules(BiConsumer<Case, Condition> compiled) {
    this.compiled = compiled;
  }

  /** The words of the refusal, which name the step; empty where the graph can run. */
  public static Optional<String> refusal(ServingGraph graph) {
    return check(graph, (branch, condition) -> {});
  }

  /**
   * @param compiled gets each condition as it is compiled
   */
  static Optional<String> check(ServingGraph graph, BiConsumer<Case, Condition> compiled) {
    try {
      new GraphRules(compiled).graph(graph);
      return Optional.empty();
    } catch (Objection objection) {
      return Optional.of(String.valueOf(objection.getMessage()));
    }
  }

  private static final class Objection extends Exception {
    private static final long serialVersionUID = 1;

    Objection(String words) {
      super(words, null, false, false);
    }
  }

  private void graph(ServingGraph graph) throws Objection {
    ports("input", graph.inputs());
    ports("output", graph.outputs());
    if (graph.outputs().isEmpty()) {
      throw new Objection("a graph has one output at least");
    }
    var pods = graph.pods();
    if (pods.minReplicas().orElse(0) > pods.maxReplicas().orElse(Long.MAX_VALUE)) {
      throw new Objection("pods.minReplicas is above pods.maxReplicas");
    }
    var visible = new TreeSet<String>();
    graph.inputs().forEach(input -> visible.add(input.name()));
    var inputs = Set.copyOf(visible);
    steps(graph.steps(), visible, inputs);
  }

  private static void ports(String what, List<Port> ports) throws Objection {
    var seen = new HashSet<String>();
    for (Port port : ports) {
      if (!seen.add(port.name())) {
        throw new Objection("there are two " + what + "s `" + port.name() + "`");
      }
      ports("field", port.fields());
    }
  }

  private void steps(List<Step> steps, Set<String> visible, Set<String> inputs) throws Objection {
    if (steps.isEmpty()) {
      throw new Objection("a branch has one step at least");
    }
    var seen = new TreeSet<>(visible);
    for (Step step : steps) {
      step(step, seen, inputs);
      seen.add(step.name());
    }
  }

  private void step(Step step, Set<String> seen, Set<String> inputs) throws Objection {
    String name = step.name();
    if (!NAME.matcher(name).matches() || name.equals(Ref.REQUEST)) {
      throw new Objection("no step may be called `" + name + "`");
    }
    if (!names.add(name)) {
      throw new Objection("`" + name + "` is the name of more than one step");
    }
    work(step, seen, inputs);
    Step fallback = step.fallback();
    if (fallback != null) {
      step(fallback, seen, inputs);
    }
    Step.Shadow shadow = step.shadow();
    if (shadow != null) {
      step(shadow.call(), seen, inputs);
    }
  }

  private void work(Step step, Set<String> seen, Set<String> inputs) throws Objection {
    String name = step.name();
    switch (step.work()) {
      case Work.Call call -> {
        address(name, call.to());
        for (Map.Entry<String, Ref> input : call.inputs().entrySet()) {
          ref(name, input.getValue(), seen, inputs);
        }
      }
      case Work.Cast cast -> ref(name, cast.from(), seen, inputs);
      case Work.Pass pass -> ref(name, pass.from(), seen, inputs);
      case Work.Nested nested -> steps(nested.steps(), seen, inputs);
      case Work.Switch one -> {
        for (Case each : one.cases()) {
          try {
            compiled.accept(each, Condition.compile(each.condition(), seen));
          } catch (IllegalArgumentException e) {
            throw new Objection("`" + name + "`: " + e.getMessage());
          }
          steps(each.steps(), seen, inputs);
        }
        if (!one.otherwise().isEmpty()) {
          steps(one.otherwise(), seen, inputs);
        }
      }
      case Work.Split split -> {
        BigDecimal sum = BigDecimal.ZERO;
        for (Share share : split.shares()) {
          sum = sum.add(share.percent());
          steps(share.steps(), seen, inputs);
        }
        if (sum.compareTo(HUNDRED) != 0) {
          throw new Objection(
              "the shares of `" + name + "` sum to " + sum.toPlainString() + ", not to 100");
        }
      }
      case Work.All all -> all(name, all, seen, inputs);
      case Work.Constant constant -> {}
      case Work.Fail fail -> {}
    }
  }

  private void all(String name, Work.All all, Set<String> seen, Set<String> inputs)
      throws Objection {
    if (all.branches().isEmpty()) {
      throw new Objection("`" + name + "` has no branch");
    }
    if (all.field() != null && all.reduction() == null) {
      throw new Objection("`" + name + "` names a field, but not how it is reduced");
    }
    var branches = new HashSet<String>();
    for (Branch branch : all.branches()) {
      if (!branches.add(branch.name())) {
        throw new Objection("`" + name + "` has two branches `" + branch.name() + "`");
      }
      steps(branch.steps(), seen, inputs);
    }
  }

  private static void address(String name, Step.Address to) throws Objection {
    String url = to.url();
    if (url != null ? !URL.matcher(url).matches() : !SERVICE.matcher(to.service()).matches()) {
      throw new Objection(
          "`" + name + "` calls `" + (url == null ? to.service() : url) + "`, which is no address");
    }
  }

  private static boolean isInput(String path, Set<String> inputs) {
    for (int end = path.length(); end > 0; end = path.lastIndexOf('.', end - 1)) {
      if (inputs.contains(path.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  private static void ref(String name, Ref ref, Set<String> seen, Set<String> inputs)
      throws Objection {
    boolean known =
        ref.step().equals(Ref.REQUEST)
            ? ref.field() == null || isInput(ref.field(), inputs)
            : seen.contains(ref.step());
    if (!known) {
      throw new Objection("`" + name + "` reads `" + ref + "`, which is not there before it");
    }
  }
}
