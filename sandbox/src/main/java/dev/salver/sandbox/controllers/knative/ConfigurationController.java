package dev.salver.sandbox.controllers.knative;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.knative.KnativeNames;
import dev.salver.kube.run.Scheduler;
import dev.salver.sandbox.controllers.Controller;
import dev.salver.sandbox.controllers.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Configuration → a Revision per template, and which of them are the latest. */
public final class ConfigurationController implements Controller {
  private final Writer writer;
  private final Scheduler scheduler;
  private final int keptRevisions;

  public ConfigurationController(Writer writer, Scheduler scheduler, int keptRevisions) {
    this.writer = writer;
    this.scheduler = scheduler;
    this.keptRevisions = keptRevisions;
  }

  @Override
  public String name() {
    return "knative configuration";
  }

  @Override
  public List<Source> sources() {
    return List.of(
        Source.of(ResourceTypes.CONFIGURATION),
        Source.ownedBy(ResourceTypes.REVISION, ResourceTypes.CONFIGURATION));
  }

  @Override
  public Optional<Duration> reconcile(ObjectKey key, Consumer<ObjectKey> wake) {
    KubeObject configuration = writer.get(key).orElse(null);
    if (configuration == null || configuration.isBeingDeleted()) {
      return Optional.empty();
    }
    Status status = Status.of(configuration);
    List<KubeObject> revisions =
        writer.list(
            ResourceTypes.REVISION,
            configuration.namespace(),
            Map.of(KnativeNames.CONFIGURATION, configuration.name()));
    Optional<KubeObject> found = latestCreated(configuration, revisions);
    String own = ConfigurationRevisions.ownName(configuration);
    boolean taken =
        found.isPresent()
            && !own.isEmpty()
            && !ConfigurationRevisions.matches(found.get(), configuration);
    if (taken) {
      creationFailed(status, "revisions.serving.knative.dev \"" + own + "\" already exists");
    } else {
      KubeObject latest =
          found.orElseGet(
              () -> writer.create(ConfigurationRevisions.make(configuration, scheduler.now())));
      observe(status, latest, revisions);
    }
    writer.status(configuration, status.finish(scheduler.now()));
    RevisionCollector.stale(configuration, revisions, keptRevisions).forEach(writer::delete);
    return Optional.empty();
  }

  private Optional<KubeObject> latestCreated(KubeObject configuration, List<KubeObject> revisions) {
    String own = ConfigurationRevisions.ownName(configuration);
    if (!own.isEmpty()) {
      return writer.get(ResourceTypes.REVISION, configuration.namespace(), own);
    }
    return revisions.stream()
        .filter(
            revision -> ConfigurationRevisions.generation(revision) == configuration.generation())
        .findFirst();
  }

  /** Pure: the state of the latest revision becomes the Configuration's. */
  static void observe(Status status, KubeObject latest, List<KubeObject> revisions) {
    Conditions conditions = status.conditions();
    status.tree().put("latestCreatedRevisionName", latest.name());
    if (!status.text("latestReadyRevisionName").equals(latest.name())) {
      conditions.markUnknown(Conditions.READY, "", "");
    }
    Status.condition(latest, Conditions.READY)
        .filter(Conditions.Condition::isFalse)
        .ifPresent(
            failed ->
                conditions.markFalse(
                    Conditions.READY,
                    "RevisionFailed",
                    "Revision \""
                        + latest.name()
                        + "\" failed with message: "
                        + failed.message()
                        + "."));
    ConfigurationRevisions.latestReady(status.object(), latest, revisions)
        .ifPresent(
            ready -> {
              status.tree().put("latestReadyRevisionName", ready.name());
              if (ready.name().equals(latest.name())) {
                conditions.markTrue(Conditions.READY);
              }
            });
  }

  private static void creationFailed(Status status, String message) {
    status
        .conditions()
        .markFalse(
            Conditions.READY,
            "RevisionFailed",
            "Revision creation failed with message: " + message + ".");
  }
}
