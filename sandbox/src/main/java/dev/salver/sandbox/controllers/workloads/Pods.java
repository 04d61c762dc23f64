package dev.salver.sandbox.controllers.workloads;

import dev.salver.kube.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Set;

/** What a ReplicaSet asks about a pod. */
final class Pods {
  private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

  /** Whom to end first: not placed, not running, not ready, cheapest, youngest. */
  static final Comparator<KubeObject> FIRST_TO_GO =
      Comparator.comparing(Pods::isBound)
          .thenComparing((KubeObject pod) -> pod.status().path("phase").asText().equals("Running"))
          .thenComparing(Pods::isReady)
          .thenComparingLong(Pods::deletionCost)
          .thenComparing(Pods::created, Comparator.reverseOrder())
          .thenComparing(KubeObject::name, Comparator.reverseOrder());

  private Pods() {}

  static boolean isBound(KubeObject pod) {
    return !pod.spec().path("nodeName").asText("").isEmpty();
  }

  /** Came to an end of its own and will not start again. */
  static boolean isOver(KubeObject pod) {
    return Set.of("Succeeded", "Failed").contains(pod.status().path("phase").asText());
  }

  static boolean isReady(KubeObject pod) {
    return !pod.isBeingDeleted() && pod.is("Ready");
  }

  /** How long until a ready pod has been so for long enough; zero when it has. */
  static Duration untilAvailable(KubeObject pod, long minReadySeconds, Instant now) {
    if (minReadySeconds == 0) {
      return Duration.ZERO;
    }
    Instant since = time(pod.condition("Ready").path("lastTransitionTime").asText(""), now);
    Duration left = Duration.between(now, since.plusSeconds(minReadySeconds));
    return left.isNegative() ? Duration.ZERO : left;
  }

  static Instant time(String text, Instant otherwise) {
    try {
      return text.isEmpty() ? otherwise : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return otherwise;
    }
  }

  private static Instant created(KubeObject pod) {
    return time(pod.metadata().path("creationTimestamp").asText(""), Instant.EPOCH);
  }

  private static long deletionCost(KubeObject pod) {
    try {
      return Long.parseLong(pod.annotation(DELETION_COST).orElse("0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
