package dev.salver.reconciler.serving;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import java.util.List;
import java.util.Optional;

/**
 * What the cluster holds about one InferenceService at one moment.
 *
 * @param children objects that the service controls, of every kind that a rendering may have
 * @param pods its pods, newest first
 * @param related the ServiceAccounts that its components name ({@code default} where none) and the
 *     Secrets that those list: where the storage initializer's credentials come from
 */
public record Observed(List<KubeObject> children, List<KubeObject> pods, List<KubeObject> related) {
  public static final Observed NOTHING = new Observed(List.of(), List.of());

  /** Without credentials. */
  public Observed(List<KubeObject> children, List<KubeObject> pods) {
    this(children, pods, List.of());
  }

  /** With the ServiceAccounts and Secrets that were read; what the Secrets hold is left out. */
  public Observed with(List<KubeObject> credentials) {
    return new Observed(
        children,
        pods,
        credentials.stream()
            .map(
                object ->
                    object.gvk().equals(ResourceTypes.SECRET.gvk())
                        ? Credentials.withoutValues(object)
                        : object)
            .toList());
  }

  /** A child by key, where it exists. */
  public Optional<KubeObject> child(ObjectKey key) {
    return children.stream().filter(child -> child.key().equals(key)).findFirst();
  }

  Optional<KubeObject> child(ResourceType type, String namespace, String name) {
    return child(new ObjectKey(type.gvk(), namespace, name));
  }

  Optional<KubeObject> related(ResourceType type, String namespace, String name) {
    var key = new ObjectKey(type.gvk(), namespace, name);
    return related.stream().filter(object -> object.key().equals(key)).findFirst();
  }
}
