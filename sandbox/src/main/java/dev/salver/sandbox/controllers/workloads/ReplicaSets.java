package dev.salver.sandbox.controllers.workloads;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.sandbox.controllers.Trees;
import dev.salver.sandbox.controllers.Writer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ReplicaSets of a Deployment as wanted objects. */
final class ReplicaSets {
  private static final int HISTORY = 10;

  private ReplicaSets() {}

  static String name(KubeObject deployment, int collisions) {
    return deployment.name()
        + "-"
        + PodTemplates.hash(deployment.spec().path("template"), collisions);
  }

  /** The set of the present template; it starts empty unless nothing else is there to replace. */
  static KubeObject make(KubeObject deployment, int collisions) {
    String hash = PodTemplates.hash(deployment.spec().path("template"), collisions);
    KubeObject set =
        Writer.child(deployment, ResourceTypes.REPLICA_SET, deployment.name() + "-" + hash);
    ObjectNode tree = set.tree();
    ObjectNode metadata = Trees.child(tree, "metadata");
    ObjectNode spec = tree.putObject("spec");
    spec.put("replicas", 0);
    minReady(deployment, spec);
    ObjectNode selector =
        deployment.spec().path("selector") instanceof ObjectNode given
            ? given.deepCopy()
            : spec.objectNode();
    Trees.child(selector, "matchLabels").put(PodTemplates.HASH, hash);
    spec.set("selector", selector);
    ObjectNode template =
        deployment.spec().path("template") instanceof ObjectNode given
            ? given.deepCopy()
            : spec.objectNode();
    ObjectNode templateLabels = Trees.child(Trees.child(template, "metadata"), "labels");
    templateLabels.put(PodTemplates.HASH, hash);
    spec.set("template", template);
    metadata.set("labels", templateLabels.deepCopy());
    Trees.putAll(metadata, "annotations", annotations(deployment));
    return set;
  }

  /** The stored set with the Deployment's annotations and readiness time. */
  static KubeObject upToDate(KubeObject deployment, KubeObject set) {
    KubeObject next = set.copy();
    var annotations = new LinkedHashMap<>(set.annotations());
    annotations.putAll(annotations(deployment));
    Trees.putAll(Trees.child(next.tree(), "metadata"), "annotations", annotations);
    minReady(deployment, Trees.child(next.tree(), "spec"));
    return next;
  }

  private static void minReady(KubeObject deployment, ObjectNode spec) {
    long seconds = deployment.spec().path("minReadySeconds").asLong();
    if (seconds > 0) {
      spec.put("minReadySeconds", seconds);
    } else {
      spec.remove("minReadySeconds");
    }
  }

  private static Map<String, String> annotations(KubeObject deployment) {
    var annotations = new LinkedHashMap<>(deployment.annotations());
    annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
    return annotations;
  }

  /** The Deployment with the number of its present template; a new or returning one is next. */
  static KubeObject numbered(
      KubeObject deployment, @Nullable KubeObject current, List<KubeObject> sets) {
    long highest =
        sets.stream()
            .filter(set -> current == null || !set.name().equals(current.name()))
            .mapToLong(ReplicaSets::number)
            .max()
            .orElse(0);
    long own = current == null ? 0 : number(current);
    long next = own > highest ? own : highest + 1;
    String text = String.valueOf(next);
    if (deployment.annotation(DeploymentController.REVISION).orElse("").equals(text)) {
      return deployment;
    }
    KubeObject result = deployment.copy();
    Trees.child(Trees.child(result.tree(), "metadata"), "annotations")
        .put(DeploymentController.REVISION, text);
    return result;
  }

  private static long number(KubeObject set) {
    try {
      return Long.parseLong(set.annotation(DeploymentController.REVISION).orElse("0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  static boolean isRecreate(KubeObject deployment) {
    return deployment.spec().path("strategy").path("type").asText().equals("Recreate");
  }

  /** Empty old sets, the oldest first, beyond what the history keeps. */
  static List<KubeObject> beyondHistory(KubeObject deployment, List<KubeObject> old) {
    int limit = deployment.spec().path("revisionHistoryLimit").asInt(HISTORY);
    var empty =
        old.stream()
            .filter(set -> RollingUpdate.size(set) == 0)
            .filter(set -> set.status().path("replicas").asInt() == 0)
            .filter(set -> !set.isBeingDeleted())
            .sorted(Comparator.comparingLong(ReplicaSets::number))
            .toList();
    return empty.subList(0, Math.max(0, empty.size() - limit));
  }
}
