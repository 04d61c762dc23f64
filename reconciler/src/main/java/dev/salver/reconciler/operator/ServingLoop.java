package dev.salver.reconciler.operator;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.run.Scheduler;
import dev.salver.kube.run.WorkQueue;
import dev.salver.reconciler.cluster.Cluster;
import dev.salver.reconciler.serving.Observed;
import dev.salver.reconciler.serving.Rendering;
import dev.salver.reconciler.serving.Rendering.Notice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps each InferenceService's children and status as they are rendered. */
final class ServingLoop implements AutoCloseable {
  private static final Duration KINDS = Duration.ofSeconds(30);

  private final Cluster cluster;
  private final Renderer renderer;
  private final boolean besideKserve;
  private final Leadership leadership;
  private final Reporter reporter;
  private final ServingView view;
  private final ChildWriter children;
  private final StatusWriter status;
  private final CredentialReader credentials;
  private final WorkQueue<ObjectKey> queue;
  private final WorkQueue<Round> rounds;

  /** What is done for all services together. */
  private enum Round {
    KINDS,
    SERVICES
  }

  /** Some things could not be done; they are named, and tried again with growing delay. */
  private static final class Unfinished extends Exception {
    private static final long serialVersionUID = 1;

    Unfinished(String message) {
      super(message);
    }
  }

  ServingLoop(
      Cluster cluster,
      Renderer renderer,
      boolean besideKserve,
      Scheduler scheduler,
      Informers informers,
      Leadership leadership,
      Reporter reporter) {
    this.cluster = cluster;
    this.renderer = renderer;
    this.besideKserve = besideKserve;
    this.leadership = leadership;
    this.reporter = reporter;
    this.queue =
        new WorkQueue<>(
            scheduler,
            this::pass,
            (key, failure, inARow, retryIn) -> reporter.retrying(key.toString(), failure, retryIn));
    this.rounds =
        new WorkQueue<>(
            scheduler,
            this::round,
            (round, failure, inARow, retryIn) ->
                reporter.retrying("asking what the cluster serves", failure, retryIn));
    this.view =
        new ServingView(
            cluster, informers, renderer.children(), queue::add, () -> rounds.add(Round.SERVICES));
    this.children = new ChildWriter(cluster, view, informers, reporter);
    this.status = new StatusWriter(cluster, informers, scheduler);
    this.credentials = new CredentialReader(cluster);
  }

  void start() {
    rounds.add(Round.KINDS);
  }

  private Optional<Duration> round(Round round) {
    return switch (round) {
      case KINDS -> {
        view.refresh();
        judge();
        yield Optional.of(KINDS);
      }
      case SERVICES -> {
        if (view.isSynced()) {
          judge();
          view.keys().forEach(queue::add);
        }
        yield Optional.empty();
      }
    };
  }

  /** Whether InferenceServices are ours to serve; says so when that changes. */
  private boolean judge() {
    String why = "";
    if (!view.isServed(ServingView.SERVICES)) {
      why = "the cluster does not know InferenceServices; install their definition first";
    } else if (!besideKserve && view.kserveRuns()) {
      why = "KServe's own controller runs in namespace kserve";
    }
    reporter.serving(why);
    return why.isEmpty();
  }

  private Optional<Duration> pass(ObjectKey key) throws Unfinished {
    if (!view.isSynced() || !judge()) {
      return Optional.empty();
    }
    if (!leadership.holds()) {
      return Optional.of(KINDS);
    }
    Optional<KubeObject> service = view.service(key).filter(s -> !s.isBeingDeleted());
    sweep(key, service.map(KubeObject::uid).orElse(""));
    return service.isPresent() ? render(service.get()) : Optional.empty();
  }

  /** Deletes what services of the name left behind that are gone. */
  private void sweep(ObjectKey key, String livingUid) {
    List<KubeObject> orphans = view.orphans(key, livingUid);
    if (livingUid.isEmpty()) {
      status.forget(key);
    }
    if (orphans.isEmpty()) {
      return;
    }
    // A cache may lag behind; running models are not deleted on its word alone.
    String uid = cluster.get(key).filter(s -> !s.isBeingDeleted()).map(KubeObject::uid).orElse("");
    for (KubeObject orphan : orphans) {
      if (!orphan.controllerReference().path("uid").asText().equals(uid)) {
        children.delete(key, orphan);
      }
    }
  }

  private Optional<Duration> render(KubeObject service) throws Unfinished {
    Renderer.World world = view.world(service.namespace());
    CredentialReader.Result credentials =
        this.credentials.read(service.namespace(), renderer.credentials(service, world));
    Observed observed = view.observe(service).with(credentials.objects());
    Rendering rendering = renderer.render(service, world, observed);
    var troubles = new ArrayList<>(children.write(service, rendering, observed));
    status.write(service, rendering).ifPresent(troubles::add);
    var notices = new ArrayList<>(rendering.events());
    notices.addAll(credentials.notices());
    troubles.forEach(trouble -> notices.add(new Notice("Warning", "ApplyFailed", trouble)));
    status.tell(service, notices);
    if (!troubles.isEmpty()) {
      throw new Unfinished(String.join("; ", troubles));
    }
    // Nobody tells us when a ServiceAccount or a Secret is made.
    return credentials.incomplete()
        ? Optional.of(rendering.lookAgain().filter(d -> d.compareTo(KINDS) < 0).orElse(KINDS))
        : rendering.lookAgain();
  }

  @Override
  public void close() {
    queue.close();
    rounds.close();
  }
}
