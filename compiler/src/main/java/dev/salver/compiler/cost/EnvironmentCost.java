package dev.salver.compiler.cost;

import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.ModelPlan;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the models of an environment cost. Only accelerators have prices: a model without one costs
 * nothing here, whatever its cpus cost.
 */
public record EnvironmentCost(SortedMap<String, Cost> models) {
  public EnvironmentCost {
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
  }

  public static EnvironmentCost of(EnvironmentPlan plan) {
    var models = new TreeMap<String, Cost>();
    plan.models().forEach(model -> models.put(model.name(), Costs.of(model)));
    return new EnvironmentCost(models);
  }

  /** What one model costs, by itself. */
  public static EnvironmentCost alone(ModelPlan model) {
    var models = new TreeMap<String, Cost>();
    models.put(model.name(), Costs.of(model));
    return new EnvironmentCost(models);
  }

  /** Unknown where that of one model is. */
  public Cost total() {
    return models.values().stream().reduce(Cost.NOTHING, Cost::plus);
  }

  /** Of one model, by name; of a model that is not deployed, nothing. */
  public Cost of(ModelPlan model) {
    return models.getOrDefault(model.name(), Cost.NOTHING);
  }
}
