package dev.salver.sandbox.api.http;

import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;

/**
 * Where a path leads.
 *
 * @param namespace empty for all, or for a cluster-scoped kind
 * @param name empty for the collection
 * @param subresource empty for the object itself
 */
record Place(ResourceType type, String namespace, String name, String subresource) {
  ObjectKey key() {
    return new ObjectKey(type.gvk(), namespace, name);
  }
}
