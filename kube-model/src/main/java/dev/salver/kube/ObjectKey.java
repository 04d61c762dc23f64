package dev.salver.kube;

import java.util.Comparator;

/**
 * One object's identity in a cluster.
 *
 * @param namespace empty for a cluster-scoped object
 */
public record ObjectKey(Gvk gvk, String namespace, String name) implements Comparable<ObjectKey> {
  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::namespace)
          .thenComparing((ObjectKey key) -> key.gvk().group())
          .thenComparing((ObjectKey key) -> key.gvk().kind())
          .thenComparing(ObjectKey::name)
          .thenComparing((ObjectKey key) -> key.gvk().version());

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }

  /** {@code Deployment demo/iris}, as people write it. */
  @Override
  public String toString() {
    return gvk.kind() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }
}
