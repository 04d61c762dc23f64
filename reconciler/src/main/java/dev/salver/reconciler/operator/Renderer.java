package dev.salver.reconciler.operator;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import dev.salver.reconciler.serving.CredentialNeed;
import dev.salver.reconciler.serving.Observed;
import dev.salver.reconciler.serving.Rendering;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides what an InferenceService becomes. Pure: equal arguments, equal result. */
public interface Renderer {
  /** Every type of child that a rendering may have. */
  List<ResourceType> children();

  /** Which credentials {@link #render} will look for among what is observed. */
  Set<CredentialNeed> credentials(KubeObject inferenceService, World world);

  /** What should be, for one InferenceService in a cluster. */
  Rendering render(KubeObject inferenceService, World world, Observed observed);

  /**
   * What else the decision depends on.
   *
   * @param runtimes ServingRuntimes of the service's namespace, and ClusterServingRuntimes
   * @param config ConfigMap {@code inferenceservice-config} of KServe's namespace
   * @param knativeFeatures ConfigMap {@code config-features} of Knative's namespace
   * @param knativeAutoscaler ConfigMap {@code config-autoscaler} of Knative's namespace
   * @param served those types of {@link #children()} that the cluster serves
   */
  record World(
      List<KubeObject> runtimes,
      Optional<KubeObject> config,
      Optional<KubeObject> knativeFeatures,
      Optional<KubeObject> knativeAutoscaler,
      Set<ResourceType> served) {}
}
