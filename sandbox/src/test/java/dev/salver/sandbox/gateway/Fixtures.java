package dev.salver.sandbox.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.sandbox.node.Pods;

/** Rendered objects as the controllers make them, cut down to what the gateway reads. */
final class Fixtures {
  private Fixtures() {}

  static KubeObject route(String name, String traffic) {
    return Pods.object(
        """
        apiVersion: serving.knative.dev/v1
        kind: Route
        metadata: {name: %1$s, namespace: demo, labels: {serving.kserve.io/inferenceservice: %1$s}}
        spec: {}
        status:
          url: http://%1$s.demo.localhost:8080
          address: {url: "http://%1$s.demo.svc.cluster.local"}
          traffic: %2$s
        """
            .formatted(name, traffic));
  }

  static KubeObject revision(String name, String spec) {
    return Pods.object(
        """
        apiVersion: serving.knative.dev/v1
        kind: Revision
        metadata: {name: %s, namespace: demo}
        spec: {containers: [{name: main, ports: [{containerPort: 8080}]}], %s}
        status: {conditions: [{type: Ready, status: "True"}]}
        """
            .formatted(name, spec));
  }

  static KubeObject failedRevision(String name, String message) {
    KubeObject revision = revision(name, "timeoutSeconds: 5");
    ObjectNode status = revision.tree().putObject("status");
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", "False")
        .put("message", message);
    return revision;
  }

  static KubeObject service(String name, String spec) {
    return Pods.object(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: %s, namespace: demo}
        spec: {%s}
        """
            .formatted(name, spec));
  }

  /** A pod that listens on a port of this machine already. */
  static KubeObject pod(String name, String labels, int port) {
    KubeObject pod =
        Pods.object(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: %s, namespace: demo, labels: {%s}}
            spec: {nodeName: local, containers: [{name: main, ports: [{containerPort: 8080}]}]}
            status: {conditions: [{type: Ready, status: "True"}]}
            """
                .formatted(name, labels));
    ((ObjectNode) pod.metadata())
        .putObject("annotations")
        .put("sandbox.salver.dev/ports", Json.write(Json.object().put("8080", port)));
    return pod;
  }

  static String revisionLabel(String revision) {
    return "serving.knative.dev/revision: " + revision;
  }
}
