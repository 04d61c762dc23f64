package dev.salver.compiler.lower;

import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.check.RuntimePlan;
import dev.salver.compiler.graph.GraphPlan;
import dev.salver.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * An environment as objects: the runtimes that its models use and that are not there yet, and its
 * models.
 */
public final class Lowering {
  private Lowering() {}

  /**
   * @param files the URI under which the cluster fetches a {@code file:} source, given the source
   *     and the place where it is written
   */
  public static List<Manifest> lower(
      EnvironmentPlan plan, List<GraphPlan> graphs, BiFunction<String, Span, String> files) {
    SortedMap<String, RuntimePlan> runtimes = new TreeMap<>();
    var manifests = new ArrayList<Manifest>();
    for (ModelPlan model : plan.models()) {
      model
          .runtime()
          .filter(runtime -> !runtime.isInstalled())
          .ifPresent(runtime -> runtimes.put(runtime.name(), runtime));
      Optional<String> uri =
          model
              .source()
              .map(
                  source ->
                      model.isLocalFile()
                          ? files.apply(source, model.settings().declared())
                          : StorageUris.of(source));
      manifests.add(
          model.isLlm()
              ? LlmInferenceServices.of(model, plan.namespace(), uri)
              : InferenceServices.of(model, plan.namespace(), uri));
      model
          .rollout()
          .ifPresent(rollout -> manifests.add(RolloutObjects.of(model, rollout, plan.namespace())));
      if (!model.settings().section("cache").isEmpty()) {
        uri.ifPresent(source -> manifests.add(ModelCaches.of(model, plan.namespace(), source)));
      }
    }
    manifests.addAll(Graphs.lower(plan, graphs));
    runtimes
        .values()
        .forEach(runtime -> manifests.add(ServingRuntimes.of(runtime, plan.namespace())));
    return manifests;
  }
}
