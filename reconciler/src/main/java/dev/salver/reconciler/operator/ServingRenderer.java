package dev.salver.reconciler.operator;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.kserve.Runtimes;
import dev.salver.kube.kserve.ServingConfig;
import dev.salver.reconciler.serving.CredentialNeed;
import dev.salver.reconciler.serving.CredentialNeeds;
import dev.salver.reconciler.serving.Features;
import dev.salver.reconciler.serving.Observed;
import dev.salver.reconciler.serving.Rendering;
import dev.salver.reconciler.serving.Serving;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Renders InferenceServices as KServe's controller would. */
final class ServingRenderer implements Renderer {
  @Override
  public List<ResourceType> children() {
    return List.of(
        ResourceTypes.DEPLOYMENT,
        ResourceTypes.SERVICE,
        ResourceTypes.HORIZONTAL_POD_AUTOSCALER,
        ResourceTypes.INGRESS,
        ResourceTypes.HTTP_ROUTE,
        ResourceTypes.VIRTUAL_SERVICE,
        ResourceTypes.SCALED_OBJECT,
        ResourceTypes.KNATIVE_SERVICE);
  }

  @Override
  public Set<CredentialNeed> credentials(KubeObject inferenceService, World world) {
    return CredentialNeeds.of(
        inferenceService, Runtimes.of(world.runtimes()), reading(world).config());
  }

  @Override
  public Rendering render(KubeObject inferenceService, World world, Observed observed) {
    ServingConfig.Reading reading = reading(world);
    Rendering rendering =
        Serving.render(
            inferenceService,
            Runtimes.of(world.runtimes()),
            reading.config(),
            Features.of(
                world.served()::contains, world.knativeFeatures(), world.knativeAutoscaler()),
            observed);
    return reading.problems().isEmpty() ? rendering : with(rendering, reading.problems());
  }

  private static ServingConfig.Reading reading(World world) {
    return world
        .config()
        .map(ServingConfig::read)
        .orElseGet(() -> new ServingConfig.Reading(ServingConfig.DEFAULT, List.of()));
  }

  /** A bad configuration counts as not there; each service says so. */
  private static Rendering with(Rendering rendering, List<String> problems) {
    var events = new ArrayList<>(rendering.events());
    problems.forEach(
        problem -> events.add(new Rendering.Notice("Warning", "ConfigInvalid", problem)));
    return new Rendering(
        rendering.children(),
        rendering.status(),
        List.copyOf(events),
        rendering.lookAgain(),
        rendering.prune());
  }
}
