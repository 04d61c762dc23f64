package dev.salver.sandbox.controllers.knative;

import dev.salver.kube.KubeObject;
import dev.salver.kube.knative.KnativeNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Labels and annotations that flow from a Revision to its children. */
final class RevisionLabels {
  private static final Set<String> NOT_LABELS =
      Set.of(KnativeNames.ROUTE, KnativeNames.ROUTING_STATE);
  private static final Set<String> NOT_ANNOTATIONS =
      Set.of(
          KnativeNames.LAST_PINNED,
          KnativeNames.NO_GC,
          KnativeNames.ROUTING_STATE_MODIFIED,
          KnativeNames.ROUTES);

  private RevisionLabels() {}

  static Map<String, String> labels(KubeObject revision) {
    var labels = new LinkedHashMap<>(revision.labels());
    labels.keySet().removeAll(NOT_LABELS);
    labels.put(KnativeNames.REVISION, revision.name());
    labels.put(KnativeNames.REVISION_UID, revision.uid());
    labels.putIfAbsent("app", revision.name());
    return labels;
  }

  static Map<String, String> deploymentAnnotations(KubeObject revision) {
    var annotations = autoscalerAnnotations(revision);
    annotations.keySet().removeIf(key -> key.startsWith(KnativeNames.AUTOSCALING));
    return annotations;
  }

  static Map<String, String> autoscalerAnnotations(KubeObject revision) {
    var annotations = new LinkedHashMap<>(revision.annotations());
    annotations.keySet().removeAll(NOT_ANNOTATIONS);
    return annotations;
  }
}
