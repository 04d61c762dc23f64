package dev.salver.sandbox.node;

import dev.salver.kube.Gvk;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.sandbox.api.Api;
import java.util.Optional;

/** Reads what pods refer to; what must be there and is not holds the container back. */
record Lookup(Api api) {
  Optional<KubeObject> configMap(String namespace, String name, boolean optional)
      throws Unstartable {
    return find(ResourceTypes.CONFIG_MAP.gvk(), "configmap", namespace, name, optional);
  }

  Optional<KubeObject> secret(String namespace, String name, boolean optional) throws Unstartable {
    return find(ResourceTypes.SECRET.gvk(), "secret", namespace, name, optional);
  }

  private Optional<KubeObject> find(
      Gvk gvk, String kind, String namespace, String name, boolean optional) throws Unstartable {
    Optional<KubeObject> found = api.get(new ObjectKey(gvk, namespace, name));
    if (found.isEmpty() && !optional) {
      throw Unstartable.config(
          kind + " \"" + name + "\" not found in namespace \"" + namespace + "\"");
    }
    return found;
  }
}
