package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What should be, for one InferenceService.
 *
 * @param children every object that should exist now, in the order to apply them; what the service
 *     controls and is not here is to be deleted
 * @param status the InferenceService's whole status
 * @param events to record when they differ from the last ones
 * @param lookAgain when time alone may change the result
 */
public record Rendering(
    List<KubeObject> children,
    ObjectNode status,
    List<Notice> events,
    Optional<Duration> lookAgain) {

  /** An event in Kubernetes' words: {@code Normal} or {@code Warning}, a reason, a message. */
  public record Notice(String type, String reason, String message) {}
}
