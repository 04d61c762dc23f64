package dev.salver.sandbox.controllers.knative;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.knative.KnativeNames;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.OptionalInt;

/**
 * A PodAutoscaler's state and the scale that follows from it.
 *
 * <p>{@code status.desiredScale} is the autoscaler's word; as long as it is -1 or absent, the
 * initial scale stands. Bounds and the way to zero are Knative's ({@code kpa}, {@code scaler}).
 */
final class AutoscalerStatus {
  static final String ACTIVE = "Active";
  static final String SCALE_TARGET_INITIALIZED = "ScaleTargetInitialized";
  static final String SKS_READY = "SKSReady";
  private static final int UNKNOWN = -1;
  private static final Duration ACTIVATION_BUFFER = Duration.ofSeconds(30);

  private final KubeObject autoscaler;
  private final Status status;
  private final Conditions conditions;
  private final Instant now;
  private final boolean unreachable;
  private final boolean givenUp;
  private final int min;
  private final int max;
  private final int initial;

  /**
   * @param givenUp whether the revision failed and nobody waits for it, which ends its pods now
   */
  AutoscalerStatus(KubeObject autoscaler, boolean givenUp, Instant now) {
    this.autoscaler = autoscaler;
    this.status = Status.of(autoscaler, ACTIVE, SCALE_TARGET_INITIALIZED, SKS_READY);
    this.conditions = status.conditions();
    this.givenUp = givenUp;
    this.now = now;
    this.unreachable =
        autoscaler.spec().path("reachability").asText().equals(RevisionAutoscaler.UNREACHABLE);
    boolean neverZero =
        autoscaler.annotation(KnativeNames.CLASS).orElse("").equals(KnativeNames.HPA);
    int least = RevisionDeployment.scale(autoscaler, KnativeNames.MIN_SCALE, 0);
    this.min = neverZero ? Math.max(1, least) : unreachable ? 0 : least;
    this.max = RevisionDeployment.scale(autoscaler, KnativeNames.MAX_SCALE, 0);
    this.initial = RevisionDeployment.initialScale(autoscaler);
  }

  /** What to run; {@code apply} is empty where the Deployment stays as it is. */
  record Scale(int want, OptionalInt apply, Duration lookAgain) {
    private static Scale of(int want) {
      return new Scale(want, OptionalInt.of(want), Duration.ZERO);
    }
  }

  Scale scale() {
    if (givenUp) {
      return Scale.of(0);
    }
    int desired = autoscaler.status().path("desiredScale").asInt(UNKNOWN);
    boolean activating = conditions.isUnknown(ACTIVE);
    if (desired < 0 && !activating) {
      return new Scale(UNKNOWN, OptionalInt.empty(), Duration.ZERO);
    }
    int least = min;
    if (initial > 1 && !conditions.isTrue(SCALE_TARGET_INITIALIZED) && !unreachable) {
      least = Math.max(initial, min);
    }
    int bounded = desired < least ? least : max == 0 ? desired : Math.min(desired, max);
    if (bounded > 0) {
      return Scale.of(bounded);
    }
    if (!activating) {
      return Scale.of(0);
    }
    Duration left = activationLeft();
    return left.isPositive() ? new Scale(UNKNOWN, OptionalInt.empty(), left) : Scale.of(0);
  }

  /** How long a revision may still try to become active before it is given up. */
  private Duration activationLeft() {
    Duration limit = RevisionDeployment.progressDeadline(autoscaler).plus(ACTIVATION_BUFFER);
    String since = conditions.get(ACTIVE).map(Conditions.Condition::since).orElse("");
    try {
      return since.isEmpty()
          ? limit
          : limit.minus(Duration.between(Instant.parse(since), now)).plusSeconds(1);
    } catch (DateTimeParseException e) {
      return limit;
    }
  }

  /**
   * @param want the scale that was decided, -1 for none
   * @param ready pods that are ready
   */
  ObjectNode finish(int want, int ready) {
    ObjectNode tree = status.tree();
    tree.put("metricsServiceName", KnativeNames.privateService(autoscaler.name()));
    tree.put("serviceName", autoscaler.name());
    if (ready > 0) {
      conditions.markTrue(SKS_READY);
    } else {
      conditions.markUnknown(SKS_READY, "NotReady", "K8s Service is not ready");
    }
    tree.put("actualScale", ready);
    if (want != UNKNOWN || tree.path("desiredScale").asInt(UNKNOWN) < 0) {
      tree.put("desiredScale", want);
    }
    active(want, ready);
    return status.finish(now);
  }

  private void active(int want, int ready) {
    int threshold =
        conditions.isTrue(SCALE_TARGET_INITIALIZED) ? Math.max(min, 1) : Math.max(min, initial);
    if (ready >= threshold) {
      conditions.markTrue(SCALE_TARGET_INITIALIZED);
    }
    if (want == 0 || threshold == 0) {
      if (conditions.isUnknown(ACTIVE) && threshold > 0) {
        conditions.markFalse(ACTIVE, "TimedOut", "The target could not be activated.");
      } else {
        conditions.markFalse(ACTIVE, "NoTraffic", "The target is not receiving traffic.");
      }
    } else if (want < 0 && conditions.isFalse(ACTIVE)) {
      if (ready < threshold) {
        conditions.markFalse(ACTIVE, "NoTraffic", "The target is not receiving traffic.");
      }
    } else if (ready < threshold) {
      conditions.markUnknown(
          ACTIVE,
          "Queued",
          "Requests to the target are being buffered as resources are provisioned.");
    } else {
      conditions.markTrue(ACTIVE);
    }
  }
}
