package dev.salver.reconciler.apply;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.reconciler.apply.Outcome.State;
import dev.salver.reconciler.cluster.Cluster;
import dev.salver.reconciler.cluster.ClusterException;
import dev.salver.reconciler.plan.Action;
import dev.salver.reconciler.plan.Entry;
import dev.salver.reconciler.plan.OwnedFields;
import dev.salver.reconciler.plan.Planner;
import dev.salver.reconciler.source.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Carries out a plan. What is about to be written is in the inventory before the first write, so a
 * process that dies anywhere leaves nothing that the next one does not find again.
 *
 * <p>One object's failure does not hold up the others. InferenceServices get nothing but what Git
 * has: labels and annotations of theirs reach the pods and would restart them.
 */
public final class Applier {
  /** So many unreachable in a row mean that it is the server and not the object. */
  private static final int UNREACHABLE = 3;

  /** Traffic is a rollout's, whatever Git says meanwhile. */
  private static final String ROLLOUT = "salver-rollout";

  private final Cluster cluster;
  private final Inventory inventory;
  private final Consumer<KubeObject> written;
  private int unreachable;

  /**
   * @param written is told each object as the server stores it after a write
   */
  public Applier(Cluster cluster, Inventory inventory, Consumer<KubeObject> written) {
    this.cluster = cluster;
    this.inventory = inventory;
    this.written = written;
  }

  /**
   * Carries out actions in their order.
   *
   * @param due objects that failed lately and shall rest are not due
   * @throws ClusterException where the server cannot be reached at all
   * @throws InventoryException where the inventory cannot be written
   */
  public List<Outcome> apply(String commit, List<Action> actions, Predicate<Action> due) {
    var todo = new ArrayList<Action>();
    for (Action action : actions) {
      if (!(action instanceof Action.None) && due.test(action)) {
        todo.add(action);
      }
    }
    todo.forEach(this::intend);
    inventory.write(commit);
    unreachable = 0;
    var outcomes = new ArrayList<Outcome>();
    try {
      for (Action action : actions) {
        if (action instanceof Action.None none) {
          outcomes.add(settled(none));
        } else if (due.test(action)) {
          outcomes.add(carryOut(action));
        }
      }
    } catch (ClusterException e) {
      // What is known by now is worth keeping even where the server went away in the middle.
      keep(commit);
      throw e;
    }
    inventory.write(commit);
    return outcomes;
  }

  private void keep(String commit) {
    try {
      inventory.write(commit);
    } catch (ClusterException | InventoryException e) {
      System.getLogger(Applier.class.getName())
          .log(System.Logger.Level.DEBUG, "The inventory is written in the next pass", e);
    }
  }

  private void intend(Action action) {
    switch (action) {
      case Action.Create create -> inventory.put(Entry.intended(create.key(), ""));
      case Action.Change change -> {
        Entry known = inventory.entries().get(change.key());
        inventory.put(Entry.intended(change.key(), known == null ? "" : known.uid()));
      }
      case Action.Prune prune -> inventory.put(prune.entry().deleting());
      case Action.None none -> {}
    }
  }

  private Outcome carryOut(Action action) {
    try {
      Outcome outcome =
          switch (action) {
            case Action.Create create -> write(create.manifest(), false);
            case Action.Change change -> write(change.manifest(), change.ours());
            case Action.Prune prune -> prune(prune.entry());
            case Action.None none -> settled(none);
          };
      unreachable = 0;
      return outcome;
    } catch (ClusterException e) {
      if (++unreachable == UNREACHABLE) {
        throw e;
      }
      return new Outcome(action.key(), State.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private static Outcome settled(Action.None none) {
    return none.waitsFor().isEmpty()
        ? new Outcome(none.key(), State.APPLIED, "")
        : new Outcome(none.key(), State.WAITING, none.waitsFor());
  }

  private Outcome write(Manifest manifest, boolean ours) {
    ObjectKey key = manifest.key();
    Cluster.Write result = cluster.apply(manifest.object(), Planner.MANAGER, false);
    if (ours && result instanceof Cluster.Write.Contested(String who) && !who.contains(ROLLOUT)) {
      result = cluster.apply(manifest.object(), Planner.MANAGER, true);
    }
    return switch (result) {
      case Cluster.Write.Applied(var live) -> {
        inventory.put(
            new Entry(
                key,
                live.uid(),
                manifest.digest(),
                OwnedFields.digest(live, Planner.MANAGER),
                Entry.State.APPLIED));
        written.accept(live);
        yield new Outcome(key, State.APPLIED, "");
      }
      case Cluster.Write.Contested(String message) -> new Outcome(key, State.CONTESTED, message);
      case Cluster.Write.Refused(int status, String message) ->
          new Outcome(key, State.REFUSED, advice(key, status, message));
    };
  }

  private String advice(ObjectKey key, int status, String message) {
    boolean noNamespace =
        status == 404
            && !key.namespace().isEmpty()
            && cluster
                .get(new ObjectKey(ResourceTypes.NAMESPACE.gvk(), "", key.namespace()))
                .isEmpty();
    return noNamespace
        ? "namespace " + key.namespace() + " does not exist; create it, or put it into Git"
        : message;
  }

  private Outcome prune(Entry entry) {
    ObjectKey key = entry.key();
    Optional<KubeObject> found = cluster.get(key);
    if (found.isEmpty() || !isOurs(entry, found.get())) {
      inventory.remove(key);
      return new Outcome(key, State.GONE, "");
    }
    if (!found.get().isBeingDeleted()) {
      cluster.delete(key, found.get().uid());
      found = cluster.get(key);
    }
    if (found.isEmpty() || !isOurs(entry, found.get())) {
      inventory.remove(key);
      return new Outcome(key, State.GONE, "");
    }
    return new Outcome(key, State.DELETING, "waits for " + finalizers(found.get()));
  }

  /**
   * Whether an object is the one that was applied. Where it is not known whether an intended write
   * happened, the server's own record of field managers tells.
   */
  private static boolean isOurs(Entry entry, KubeObject live) {
    return entry.uid().equals(live.uid()) || OwnedFields.has(live, Planner.MANAGER);
  }

  private static String finalizers(KubeObject live) {
    var names = new ArrayList<String>();
    live.metadata().path("finalizers").forEach(name -> names.add(name.asText()));
    return names.isEmpty() ? "the API server" : "finalizers " + String.join(", ", names);
  }
}
