package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What should be, for one InferenceService.
 *
 * @param children every object that should exist now, in the order to apply them
 * @param status the InferenceService's whole status; conditions that changed carry no {@code
 *     lastTransitionTime}, which {@link Conditions#stamp} adds when it is written
 * @param events to record when they differ from the last ones
 * @param lookAgain when time alone may change the result
 * @param prune whether what the service controls and is not among the children is to be deleted;
 *     not so where nothing could be rendered: what ran before goes on
 */
public record Rendering(
    List<KubeObject> children,
    ObjectNode status,
    List<Notice> events,
    Optional<Duration> lookAgain,
    boolean prune) {

  public Rendering(
      List<KubeObject> children,
      ObjectNode status,
      List<Notice> events,
      Optional<Duration> lookAgain) {
    this(children, status, events, lookAgain, true);
  }

  /** An event in Kubernetes' words: {@code Normal} or {@code Warning}, a reason, a message. */
  public record Notice(String type, String reason, String message) {}
}
