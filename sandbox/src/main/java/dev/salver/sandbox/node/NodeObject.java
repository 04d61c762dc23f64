package dev.salver.sandbox.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import java.time.Instant;
import java.util.Locale;

/** The Node object by which the sandbox knows this machine. */
final class NodeObject {
  private static final int MAX_PODS = 110;

  private NodeObject() {}

  static KubeObject of(Instant now) {
    KubeObject node = KubeObject.named(ResourceTypes.NODE.gvk(), "", Node.NAME);
    ObjectNode labels = ((ObjectNode) node.metadata()).putObject("labels");
    labels.put("kubernetes.io/hostname", Node.NAME);
    labels.put("kubernetes.io/os", System.getProperty("os.name").toLowerCase(Locale.ROOT));
    labels.put("kubernetes.io/arch", architecture());
    node.tree().putObject("spec");
    return withStatus(node, now);
  }

  /** The same object with its status as of now. */
  static KubeObject withStatus(KubeObject node, Instant now) {
    KubeObject result = node.copy();
    ObjectNode status = result.tree().putObject("status");
    for (String field : new String[] {"capacity", "allocatable"}) {
      status
          .putObject(field)
          .put("cpu", Integer.toString(Node.cpus()))
          .put("memory", Long.toString(Node.memory()))
          .put("pods", Integer.toString(MAX_PODS));
    }
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", "True")
        .put("reason", "NodeReady")
        .put("message", "pods run as processes of this machine; limits are not enforced")
        .put("lastHeartbeatTime", ContainerState.time(now))
        .put("lastTransitionTime", ContainerState.time(now));
    status.putArray("addresses").addObject().put("type", "InternalIP").put("address", Node.ADDRESS);
    status
        .putObject("nodeInfo")
        .put("operatingSystem", System.getProperty("os.name").toLowerCase(Locale.ROOT))
        .put("architecture", architecture())
        .put("containerRuntimeVersion", "process://1")
        .put("kubeletVersion", "v1.32.0");
    return result;
  }

  private static String architecture() {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      case String other -> other;
    };
  }
}
