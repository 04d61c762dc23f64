package dev.salver.sandbox.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which loopback port stands for which container port of a pod, as its annotation says it: {@code
 * {"8080": 41234}}.
 */
public record PodPorts(Map<Integer, Integer> byContainerPort) {
  public static final String ANNOTATION = "sandbox.salver.dev/ports";
  static final int DEFAULT_PORT = 8080;

  public PodPorts {
    byContainerPort = Map.copyOf(byContainerPort);
  }

  /** What a pod's annotation says; nothing where it has none or it makes no sense. */
  public static PodPorts of(KubeObject pod) {
    var result = new TreeMap<Integer, Integer>();
    try {
      JsonNode written = Json.parse(pod.annotation(ANNOTATION).orElse("{}"));
      written
          .properties()
          .forEach(e -> result.put(Integer.valueOf(e.getKey()), e.getValue().asInt()));
    } catch (IllegalArgumentException e) {
      result.clear();
    }
    return new PodPorts(result);
  }

  /** The loopback port to connect to. */
  public OptionalInt local(int containerPort) {
    Integer local = byContainerPort.get(containerPort);
    return local == null ? OptionalInt.empty() : OptionalInt.of(local);
  }

  String annotation() {
    ObjectNode tree = Json.object();
    new TreeMap<>(byContainerPort).forEach((port, local) -> tree.put(port.toString(), local));
    return Json.write(tree);
  }

  /**
   * The port a container is reached at: its first declared one, else the one that its probes or its
   * {@code PORT} name, else 8080.
   */
  public static int main(JsonNode container) {
    for (JsonNode port : container.path("ports")) {
      return port.path("containerPort").asInt(DEFAULT_PORT);
    }
    for (int probed : probed(container)) {
      return probed;
    }
    for (JsonNode env : container.path("env")) {
      int port = env.path("value").asInt();
      if (env.path("name").asText().equals("PORT") && port > 0) {
        return port;
      }
    }
    return DEFAULT_PORT;
  }

  /** Every port that a container may listen on, its main one first. */
  static Set<Integer> all(JsonNode container) {
    var result = new LinkedHashSet<Integer>();
    result.add(main(container));
    container.path("ports").forEach(port -> result.add(port.path("containerPort").asInt()));
    result.addAll(probed(container));
    result.remove(0);
    return result;
  }

  private static Set<Integer> probed(JsonNode container) {
    var result = new LinkedHashSet<Integer>();
    for (String probe : new String[] {"readinessProbe", "startupProbe", "livenessProbe"}) {
      for (String action : new String[] {"httpGet", "tcpSocket", "grpc"}) {
        int port = container.path(probe).path(action).path("port").asInt();
        if (port > 0) {
          result.add(port);
        }
      }
    }
    return result;
  }

  /** A port by number or by a declared name; 0 means the main one, as Knative writes it. */
  static OptionalInt resolve(JsonNode port, JsonNode container) {
    if (port.canConvertToInt()) {
      return OptionalInt.of(port.asInt() == 0 ? main(container) : port.asInt());
    }
    for (JsonNode declared : container.path("ports")) {
      if (declared.path("name").asText().equals(port.asText())) {
        return OptionalInt.of(declared.path("containerPort").asInt());
      }
    }
    return port.asText().matches("\\d{1,5}")
        ? OptionalInt.of(Integer.parseInt(port.asText()))
        : OptionalInt.empty();
  }
}
