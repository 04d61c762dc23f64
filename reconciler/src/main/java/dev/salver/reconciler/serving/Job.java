package dev.salver.reconciler.serving;

import dev.salver.kube.kserve.DeploymentMode;
import dev.salver.kube.kserve.InferenceService;
import dev.salver.kube.kserve.Runtimes;
import dev.salver.kube.kserve.ServingConfig;

/**
 * What one rendering works on.
 *
 * @param service defaulted, and from the choice of a runtime on with what the runtime added
 */
record Job(
    InferenceService service,
    DeploymentMode mode,
    Runtimes runtimes,
    ServingConfig config,
    Features features,
    Observed observed) {
  Job with(InferenceService other) {
    return new Job(other, mode, runtimes, config, features, observed);
  }
}
