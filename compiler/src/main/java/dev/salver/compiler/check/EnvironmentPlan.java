package dev.salver.compiler.check;

import dev.salver.compiler.overlay.Environment;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An environment with everything in it worked out.
 *
 * @param mode of models and graphs that say none
 * @param backend {@code kserve} or {@code salver}, of graphs that say none
 * @param models those that it deploys
 * @param settings of every model and graph by name, of those that it leaves out too
 */
public record EnvironmentPlan(
    Environment environment,
    String namespace,
    Mode mode,
    Optional<String> backend,
    List<ModelPlan> models,
    SortedMap<String, Settings> settings) {
  public EnvironmentPlan {
    models = List.copyOf(models);
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }
}
