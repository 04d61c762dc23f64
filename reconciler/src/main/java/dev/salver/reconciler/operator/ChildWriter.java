package dev.salver.reconciler.operator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.reconciler.cluster.Cluster;
import dev.salver.reconciler.plan.OwnedFields;
import dev.salver.reconciler.serving.Observed;
import dev.salver.reconciler.serving.Rendering;
import dev.salver.reconciler.source.Canonical;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Makes a service's children as they were rendered, with as few writes as possible. */
final class ChildWriter {
  /** The field manager of everything that is rendered. */
  static final String MANAGER = "salver-serving";

  private final Cluster cluster;
  private final ServingView view;
  private final Informers informers;
  private final Reporter reporter;

  /** What was written last: an equal child whose values stand is not written again. */
  private final Map<ObjectKey, Written> written = new ConcurrentHashMap<>();

  private record Written(String uid, String digest, String owned) {}

  ChildWriter(Cluster cluster, ServingView view, Informers informers, Reporter reporter) {
    this.cluster = cluster;
    this.view = view;
    this.informers = informers;
    this.reporter = reporter;
  }

  /** Applies and deletes; returns what could not be done. */
  List<String> write(KubeObject service, Rendering rendering, Observed observed) {
    var troubles = new ArrayList<String>();
    var keys = new HashSet<ObjectKey>();
    for (KubeObject child : rendering.children()) {
      keys.add(child.key());
      apply(service, owned(service, child)).ifPresent(troubles::add);
    }
    for (KubeObject child : observed.children()) {
      if (rendering.prune() && !keys.contains(child.key())) {
        delete(service.key(), child);
      }
    }
    return troubles;
  }

  private Optional<String> apply(KubeObject service, KubeObject desired) {
    ObjectKey key = desired.key();
    String digest = Canonical.digest(desired.tree());
    Optional<KubeObject> live = view.child(key);
    Written last = written.get(key);
    if (live.isPresent() && last != null && stands(last, digest, live.get())) {
      return Optional.empty();
    }
    if (live.isEmpty()) {
      Optional<String> taken = cluster.get(key).flatMap(found -> taken(found, service));
      if (taken.isPresent()) {
        return taken;
      }
    }
    return switch (cluster.apply(desired, MANAGER, true)) {
      case Cluster.Write.Applied(var object) -> {
        informers.wrote(object);
        boolean news =
            live.map(before -> !before.resourceVersion().equals(object.resourceVersion()))
                .orElse(true);
        written.put(key, new Written(object.uid(), digest, OwnedFields.digest(object, MANAGER)));
        if (news) {
          reporter.child(service.key(), key, false);
        }
        yield Optional.empty();
      }
      case Cluster.Write.Contested(String message) ->
          Optional.of(key + " is contested: " + message);
      case Cluster.Write.Refused(int status, String message) ->
          Optional.of(key + " is refused: " + message);
    };
  }

  private static boolean stands(Written last, String digest, KubeObject live) {
    return last.digest().equals(digest)
        && last.uid().equals(live.uid())
        && last.owned().equals(OwnedFields.digest(live, MANAGER));
  }

  /** An object of that name that is not the service's is left alone. */
  private static Optional<String> taken(KubeObject found, KubeObject service) {
    var controller = found.controllerReference();
    if (controller.path("uid").asText().equals(service.uid()) || OwnedFields.has(found, MANAGER)) {
      return Optional.empty();
    }
    String whose =
        controller.isMissingNode()
            ? "somebody else made it"
            : "it belongs to "
                + controller.path("kind").asText()
                + " "
                + controller.path("name").asText();
    return Optional.of(
        found.key() + " exists already and " + whose + "; rename one of them, or delete it");
  }

  /** Deletes a child, if it is still the one that was seen. */
  void delete(ObjectKey service, KubeObject child) {
    written.remove(child.key());
    if (!child.isBeingDeleted() && cluster.delete(child.key(), child.uid())) {
      reporter.child(service, child.key(), true);
    }
  }

  private static KubeObject owned(KubeObject service, KubeObject child) {
    if (!child.controllerReference().isMissingNode()) {
      return child;
    }
    KubeObject copy = child.copy();
    ObjectNode reference =
        ((ObjectNode) copy.metadata()).withArrayProperty("ownerReferences").addObject();
    reference.put("apiVersion", service.gvk().apiVersion()).put("kind", service.kind());
    reference.put("name", service.name()).put("uid", service.uid());
    reference.put("controller", true).put("blockOwnerDeletion", true);
    return copy;
  }
}
