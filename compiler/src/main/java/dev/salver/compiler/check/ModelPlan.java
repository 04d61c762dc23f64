package dev.salver.compiler.check;

import java.util.Optional;

/**
 * A model in an environment, with everything decided that the language leaves to the compiler.
 *
 * @param source what it is loaded from; empty when arguments say so
 * @param format empty for a server of one's own
 * @param runtime empty for a server of one's own, which has an {@code image}
 * @param cpu requests and limits
 * @param memory requests and limits
 * @param rollout how a new version of it gets its traffic; empty for all at once
 */
public record ModelPlan(
    String name,
    Mode mode,
    Optional<String> source,
    Optional<String> format,
    String wire,
    Optional<RuntimePlan> runtime,
    Optional<GpuPlan> gpu,
    Ends cpu,
    Ends memory,
    Scaling scaling,
    Components components,
    StoragePlan storage,
    Optional<ParallelPlan> parallel,
    Optional<RolloutPlan> rollout,
    Settings settings) {
  /** Whether it becomes an LLMInferenceService. */
  public boolean isLlm() {
    return runtime.filter(plan -> plan.form() == RuntimePlan.Form.LLM).isPresent();
  }

  /** Whether the source is a file of this machine. */
  public boolean isLocalFile() {
    return source.filter(Sources::isLocal).isPresent();
  }

  /** The same model as it would be written with other settings that no plan reads, as of raw. */
  public ModelPlan with(Settings others) {
    return new ModelPlan(
        name,
        mode,
        source,
        format,
        wire,
        runtime,
        gpu,
        cpu,
        memory,
        scaling,
        components,
        storage,
        parallel,
        rollout,
        others);
  }
}
