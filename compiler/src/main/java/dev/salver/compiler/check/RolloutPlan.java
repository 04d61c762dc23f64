package dev.salver.compiler.check;

import dev.salver.compiler.source.Span;
import dev.salver.kube.rollout.Gate;
import dev.salver.kube.rollout.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * A rollout in an environment.
 *
 * @param steps rise and end at 100
 * @param origins where {@code steps}, {@code patience}, {@code action} and {@code notify} are set
 */
public record RolloutPlan(
    String name,
    List<Rollout.Stage> steps,
    List<Gate> gates,
    long patienceMillis,
    Rollout.OnFail onFail,
    SortedMap<String, Span> origins) {
  public RolloutPlan {
    steps = List.copyOf(steps);
    gates = List.copyOf(gates);
  }

  /** With a gate for each objective whose measure has none of its own. */
  RolloutPlan keeping(List<Gate> objectives) {
    var all = new ArrayList<>(gates);
    for (Gate objective : objectives) {
      if (gates.stream().noneMatch(gate -> gate.measure().equals(objective.measure()))) {
        all.add(objective);
      }
    }
    return new RolloutPlan(name, steps, all, patienceMillis, onFail, origins);
  }
}
