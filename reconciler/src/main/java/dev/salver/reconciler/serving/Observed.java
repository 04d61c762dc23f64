package dev.salver.reconciler.serving;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import java.util.List;
import java.util.Optional;

/**
 * What the cluster holds about one InferenceService at one moment.
 *
 * @param children objects that the service controls, of every kind that a rendering may have
 * @param pods its pods, newest first
 */
public record Observed(List<KubeObject> children, List<KubeObject> pods) {
  public static final Observed NOTHING = new Observed(List.of(), List.of());

  /** A child by key, where it exists. */
  public Optional<KubeObject> child(ObjectKey key) {
    return children.stream().filter(child -> child.key().equals(key)).findFirst();
  }
}
