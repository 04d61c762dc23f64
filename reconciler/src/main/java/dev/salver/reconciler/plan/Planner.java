package dev.salver.reconciler.plan;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.reconciler.source.Manifest;
import dev.salver.reconciler.source.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides what is to be done; does nothing itself. */
public final class Planner {
  /** The field manager of everything that is applied from Git. */
  public static final String MANAGER = "salver-git";

  private Planner() {}

  /**
   * Plans from a commit.
   *
   * @param observed each object of the snapshot and the inventory as the cluster has it
   */
  public static Plan plan(
      Snapshot snapshot,
      Map<ObjectKey, Entry> inventory,
      Function<ObjectKey, Optional<KubeObject>> observed) {
    var actions = new ArrayList<Action>();
    snapshot.manifests().values().stream()
        .sorted(Comparator.comparing(Manifest::key, Rank.order()))
        .map(manifest -> wanted(manifest, inventory.get(manifest.key()), observed))
        .forEach(actions::add);
    inventory.values().stream()
        .filter(entry -> !snapshot.manifests().containsKey(entry.key()))
        .sorted(Comparator.comparing(Entry::key, Rank.order().reversed()))
        .map(Action.Prune::new)
        .forEach(actions::add);
    return new Plan(actions);
  }

  private static Action wanted(
      Manifest manifest,
      @Nullable Entry entry,
      Function<ObjectKey, Optional<KubeObject>> observed) {
    Optional<KubeObject> found = observed.apply(manifest.key());
    if (found.isEmpty()) {
      return new Action.Create(manifest);
    }
    KubeObject live = found.get();
    if (live.isBeingDeleted()) {
      return new Action.None(
          manifest.key(), "the object of that name is being deleted; it is made anew afterwards");
    }
    Optional<Action.Cause> cause = cause(manifest, entry, live);
    boolean ours = entry != null && entry.uid().equals(live.uid());
    return cause.isEmpty()
        ? new Action.None(manifest.key(), "")
        : new Action.Change(manifest, cause.get(), ours);
  }

  private static Optional<Action.Cause> cause(
      Manifest manifest, @Nullable Entry entry, KubeObject live) {
    if (entry == null || entry.state() != Entry.State.APPLIED) {
      return Optional.of(Action.Cause.UNCERTAIN);
    } else if (!entry.uid().equals(live.uid())) {
      return Optional.of(Action.Cause.REPLACED);
    } else if (!entry.digest().equals(manifest.digest())) {
      return Optional.of(Action.Cause.GIT);
    } else if (drifted(entry, live)) {
      return Optional.of(Action.Cause.DRIFT);
    }
    return Optional.empty();
  }

  /** Whether somebody changed what an entry's last write set. */
  public static boolean drifted(Entry entry, KubeObject live) {
    return !entry.owned().equals(OwnedFields.digest(live, MANAGER));
  }
}
