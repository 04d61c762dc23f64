package dev.salver.sandbox.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Yaml;
import dev.salver.kube.run.Scheduler;
import dev.salver.sandbox.api.Api;
import dev.salver.sandbox.api.SandboxApi;

/** Pods for tests, from YAML. */
public final class Pods {
  private Pods() {}

  public static KubeObject object(String yaml) {
    return new KubeObject((ObjectNode) Yaml.documents(yaml).getFirst());
  }

  /** An API with the namespace of these tests. */
  public static SandboxApi api(Scheduler scheduler) {
    SandboxApi api = SandboxApi.inMemory(scheduler, SandboxApi.Options.standard());
    api.create(object("{apiVersion: v1, kind: Namespace, metadata: {name: demo}}"), "test");
    return api;
  }

  /** Stores an object with its status, which a plain create would leave out. */
  public static KubeObject put(Api api, KubeObject object) {
    KubeObject created = api.create(object, "test");
    if (!object.tree().has("status")) {
      return created;
    }
    KubeObject whole = created.copy();
    whole.tree().set("status", object.status());
    return api.updateStatus(whole, "test");
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
