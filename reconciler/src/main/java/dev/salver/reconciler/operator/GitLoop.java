package dev.salver.reconciler.operator;

import dev.salver.kube.Gvk;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.run.Scheduler;
import dev.salver.kube.run.WorkQueue;
import dev.salver.reconciler.apply.Applier;
import dev.salver.reconciler.apply.Inventory;
import dev.salver.reconciler.apply.InventoryException;
import dev.salver.reconciler.apply.Outcome;
import dev.salver.reconciler.cluster.Cluster;
import dev.salver.reconciler.operator.OperatorStatus.ObjectStatus;
import dev.salver.reconciler.plan.Entry;
import dev.salver.reconciler.plan.Plan;
import dev.salver.reconciler.plan.Planner;
import dev.salver.reconciler.source.Manifest;
import dev.salver.reconciler.source.Problem;
import dev.salver.reconciler.source.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps the cluster as the branch says: look, read, plan, apply, and again when anything moves. */
final class GitLoop implements AutoCloseable {
  private static final String KEY = "git";
  private static final Duration LONGEST_POLL = Duration.ofMinutes(5);

  private final Cluster cluster;
  private final OperatorOptions options;
  private final Scheduler scheduler;
  private final Informers informers;
  private final Leadership leadership;
  private final Reporter reporter;
  private final Branch branch;
  private final WorkQueue<String> queue;
  private final Rests rests;
  private final HashSet<ResourceType> followed = new HashSet<>();
  private final Map<ObjectKey, Outcome> outcomes = new TreeMap<>();
  private int failedLooks;
  private String applied = "";
  private @Nullable Inventory inventory;
  private Scheduler.@Nullable Cancellable pollTimer;

  /** Read by watch threads. */
  private volatile Map<ObjectKey, Entry> known = Map.of();

  private volatile boolean lookDue = true;
  private volatile boolean planDue = true;

  GitLoop(
      Cluster cluster,
      OperatorOptions options,
      Scheduler scheduler,
      Informers informers,
      Leadership leadership,
      Reporter reporter) {
    this.cluster = cluster;
    this.options = options;
    this.scheduler = scheduler;
    this.informers = informers;
    this.leadership = leadership;
    this.reporter = reporter;
    this.branch = new Branch(options);
    this.queue =
        new WorkQueue<>(
            scheduler,
            key -> pass(),
            (key, failure, inARow, retryIn) -> {
              planDue = true;
              reporter.retrying("applying Git", failure, retryIn);
            });
    this.rests = new Rests(scheduler, this::replan);
  }

  void start() {
    queue.add(KEY);
  }

  /** Looks at the branch now, and tries again what failed. */
  void poke() {
    rests.endAll();
    lookDue = true;
    replan();
  }

  private void replan() {
    planDue = true;
    queue.add(KEY);
  }

  private Optional<Duration> pass() {
    if (!leadership.holds()) {
      inventory = null;
      return Optional.of(options.poll());
    }
    Inventory held = inventory == null ? open() : inventory;
    inventory = held;
    if (lookDue) {
      look(held);
    }
    Optional<Snapshot> snapshot = branch.snapshot();
    if (snapshot.isPresent() && planDue && follow(snapshot.get(), held)) {
      planDue = false;
      try {
        apply(snapshot.get(), held);
      } catch (InventoryException e) {
        // Somebody else wrote it, or it could not be written: what is in memory is worth nothing.
        inventory = null;
        throw e;
      } finally {
        known = Map.copyOf(held.entries());
      }
    }
    report();
    return Optional.empty();
  }

  private Inventory open() {
    var namespace = new ObjectKey(ResourceTypes.NAMESPACE.gvk(), "", options.inventoryNamespace());
    if (cluster.get(namespace).isEmpty()) {
      // Where that is not allowed, the inventory's own write says so.
      cluster.apply(
          KubeObject.named(namespace.gvk(), "", namespace.name()), Planner.MANAGER, false);
    }
    Inventory loaded =
        Inventory.load(cluster, options.inventoryNamespace(), options.inventoryName());
    known = Map.copyOf(loaded.entries());
    return loaded;
  }

  private void look(Inventory held) {
    List<Problem> before = branch.problems();
    boolean changed = branch.look(held.entries().size());
    // A look that broke off is due still.
    lookDue = false;
    if (changed) {
      planDue = true;
      branch.snapshot().ifPresent(reporter::taken);
    }
    if (!branch.problems().equals(before) && !branch.problems().isEmpty()) {
      reporter.refused(branch.seen(), branch.problems());
    }
    failedLooks = branch.isUnreachable() ? failedLooks + 1 : 0;
    Duration next = options.poll().multipliedBy(1L << Math.min(Math.max(0, failedLooks - 1), 8));
    Duration longest = options.poll().compareTo(LONGEST_POLL) > 0 ? options.poll() : LONGEST_POLL;
    if (pollTimer != null) {
      pollTimer.cancel();
    }
    pollTimer =
        scheduler.after(
            next.compareTo(longest) > 0 ? longest : next,
            () -> {
              lookDue = true;
              queue.add(KEY);
            });
  }

  /** Watches every kind in play; false until each cache holds its first list. */
  private boolean follow(Snapshot snapshot, Inventory held) {
    var kinds = new HashSet<Gvk>();
    snapshot.manifests().keySet().forEach(key -> kinds.add(key.gvk()));
    held.entries().keySet().forEach(key -> kinds.add(key.gvk()));
    boolean ready = true;
    for (Gvk kind : kinds) {
      Optional<ResourceType> type = ResourceTypes.of(kind);
      if (type.isEmpty() || !cluster.serves(type.get())) {
        continue;
      }
      boolean isNew = followed.add(type.get());
      Informer informer =
          informers.of(
              type.get(),
              "",
              one -> {
                if (isNew) {
                  one.listen(this::changed).whenSynced(this::replan);
                }
              });
      ready &= informer.isSynced();
    }
    return ready;
  }

  /** On watch threads: only what Git applied, and only where it is not as it was applied. */
  private void changed(@Nullable KubeObject before, @Nullable KubeObject after) {
    KubeObject either = after != null ? after : before;
    Entry entry = either == null ? null : known.get(either.key());
    if (entry == null) {
      return;
    }
    if (after == null) {
      rests.end(entry.key());
      replan();
    } else if (entry.state() == Entry.State.APPLIED
        && (!entry.uid().equals(after.uid()) || Planner.drifted(entry, after))) {
      replan();
    }
  }

  private void apply(Snapshot snapshot, Inventory held) {
    Plan plan = Planner.plan(snapshot, held.entries(), informers::observe);
    var applier = new Applier(cluster, held, informers::wrote);
    String commit = snapshot.commit();
    boolean newCommit = !commit.equals(applied);
    var results =
        applier.apply(commit, plan.actions(), action -> newCommit || rests.isDue(action.key()));
    results.forEach(this::note);
    outcomes.keySet().removeIf(key -> !held.entries().containsKey(key));
    if (outcomes.values().stream().allMatch(Outcome::isSettled)) {
      if (newCommit) {
        reporter.applied(commit);
      }
      applied = commit;
    }
  }

  private void note(Outcome outcome) {
    rests.note(outcome);
    if (!outcome.equals(outcomes.put(outcome.key(), outcome))) {
      reporter.changed(outcome);
    }
  }

  private void report() {
    Snapshot snapshot = branch.snapshot().orElse(null);
    var objects = new ArrayList<ObjectStatus>();
    for (Outcome outcome : outcomes.values()) {
      Manifest manifest = snapshot == null ? null : snapshot.manifests().get(outcome.key());
      objects.add(
          new ObjectStatus(
              outcome.key(),
              manifest == null ? "" : manifest.file(),
              manifest == null ? 0 : manifest.line(),
              outcome.state(),
              outcome.message()));
    }
    var problems = new ArrayList<>(branch.problems());
    reporter.progress(
        branch.seen(), snapshot == null ? "" : snapshot.commit(), applied, objects, problems);
  }

  boolean isIdle() {
    return queue.isIdle();
  }

  @Override
  public void close() {
    queue.close();
    rests.close();
    if (pollTimer != null) {
      pollTimer.cancel();
    }
    branch.close();
  }
}
