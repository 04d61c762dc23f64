package dev.salver.sandbox.controllers.knative;

import dev.salver.kube.KubeObject;
import dev.salver.kube.knative.KnativeNames;
import java.util.Comparator;
import java.util.List;

/** Which revisions nobody will miss. */
final class RevisionCollector {
  private RevisionCollector() {}

  /** The oldest of those without traffic, beyond the number to keep. */
  static List<KubeObject> stale(KubeObject configuration, List<KubeObject> revisions, int kept) {
    String ready = configuration.status().path("latestReadyRevisionName").asText("");
    String created = configuration.status().path("latestCreatedRevisionName").asText("");
    var idle =
        revisions.stream()
            .filter(revision -> !revision.isBeingDeleted())
            .filter(revision -> !revision.name().equals(ready))
            .filter(revision -> !revision.name().equals(created))
            .filter(
                revision -> revision.label(KnativeNames.ROUTING_STATE).orElse("").equals("reserve"))
            .filter(
                revision ->
                    !revision.annotation(KnativeNames.NO_GC).orElse("").equalsIgnoreCase("true"))
            .sorted(
                Comparator.comparing(RevisionCollector::lastActive)
                    .thenComparingLong(ConfigurationRevisions::generation))
            .toList();
    return idle.subList(0, Math.max(0, idle.size() - kept));
  }

  private static String lastActive(KubeObject revision) {
    return revision
        .annotation(KnativeNames.ROUTING_STATE_MODIFIED)
        .orElseGet(() -> revision.metadata().path("creationTimestamp").asText(""));
  }
}
