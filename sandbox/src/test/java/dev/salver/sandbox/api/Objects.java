package dev.salver.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Yaml;
import java.util.function.Consumer;

/** Objects for tests, written as YAML. */
final class Objects {
  private Objects() {}

  static KubeObject yaml(String text) {
    return new KubeObject((ObjectNode) Yaml.documents(text).getFirst());
  }

  static KubeObject namespace(String name) {
    return yaml("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name));
  }

  static KubeObject configMap(String namespace, String name, String data) {
    return yaml(
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: %s}, data: %s}"
            .formatted(name, namespace, data));
  }

  /** A deployment of one container {@code main}. */
  static KubeObject deployment(String namespace, String name, int replicas, String image) {
    return yaml(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %1$s, namespace: %2$s, labels: {app: %1$s}}
        spec:
          replicas: %3$d
          selector: {matchLabels: {app: %1$s}}
          template:
            metadata: {labels: {app: %1$s}}
            spec:
              containers:
              - {name: main, image: "%4$s"}
        """
            .formatted(name, namespace, replicas, image));
  }

  static KubeObject with(KubeObject object, Consumer<ObjectNode> change) {
    KubeObject copy = object.copy();
    change.accept(copy.tree());
    return copy;
  }
}
