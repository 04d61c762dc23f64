package dev.salver.sandbox.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Yaml;

/** Pods for tests, from YAML. */
public final class Pods {
  private Pods() {}

  public static KubeObject object(String yaml) {
    return new KubeObject((ObjectNode) Yaml.documents(yaml).getFirst());
  }

  public static ObjectKey key(String namespace, String name) {
    return new ObjectKey(ResourceTypes.POD.gvk(), namespace, name);
  }

  /** A pod whose container runs a line of shell. */
  public static KubeObject shell(String name, String script) {
    return object(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: demo}
        spec:
          terminationGracePeriodSeconds: 2
          containers:
          - name: main
            image: test:sh
            args: [%s]
        """
            .formatted(
                name,
                dev.salver.kube.Json.write(
                    new com.fasterxml.jackson.databind.node.TextNode(script))));
  }

  /** A pod of the test server with a readiness probe. */
  public static KubeObject server(String name, String labels, String extra) {
    return object(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: demo, labels: {%s}}
        spec:
          terminationGracePeriodSeconds: 5
          containers:
          - name: main
            image: test:server
            env:
            - {name: NAME, value: %s}
            %s
            ports: [{containerPort: 8080}]
            readinessProbe: {httpGet: {path: /ready, port: 8080}, periodSeconds: 1}
        """
            .formatted(name, labels, name, extra));
  }
}
