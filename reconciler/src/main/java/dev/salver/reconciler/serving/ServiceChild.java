package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Trees;
import dev.salver.kube.kserve.Keys;
import dev.salver.kube.kserve.Names;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A component's Service in Standard mode: port 80 to the first port that serves. */
final class ServiceChild {
  /** Ports that a Service has, as routes tell them apart; 0 for none. */
  record Ports(int rest, int grpc) {}

  private ServiceChild() {}

  static KubeObject of(Workload workload, Job job) {
    ObjectNode spec = Json.object();
    spec.set("selector", Trees.map(Map.of("app", Names.app(workload.name()))));
    ArrayNode ports = spec.putArray("ports");
    JsonNode declared =
        PodEdits.container(workload.pod(), Keys.TRANSFORMER_CONTAINER)
            .map(container -> container.path("ports"))
            .orElseGet(() -> workload.pod().at("/containers/0/ports"));
    if (declared.isEmpty()) {
      ports
          .addObject()
          .put("name", workload.name())
          .put("port", 80)
          .put("targetPort", Keys.HTTP_PORT)
          .put("protocol", "TCP");
    }
    for (JsonNode port : declared) {
      int number = port.path("containerPort").asInt();
      ObjectNode entry = ports.addObject();
      Trees.text(port.path("name")).ifPresent(name -> entry.put("name", name));
      entry
          .put("port", ports.size() == 1 ? 80 : number)
          .put("targetPort", number)
          .put("protocol", port.path("protocol").asText("TCP"));
      if (isGrpc(port.path("name").asText())) {
        entry.put("appProtocol", "kubernetes.io/h2c");
      }
    }
    boolean throughAgent =
        workload.component().spec().path("logger").isObject()
            || workload.component().spec().path("batcher").isObject();
    if (throughAgent) {
      ((ObjectNode) ports.get(0)).put("targetPort", Keys.AGENT_PORT);
    }
    if (job.config().section("service").path("serviceClusterIPNone").asBoolean()) {
      spec.put("clusterIP", "None");
    }
    return Children.child(
        ResourceTypes.SERVICE,
        job.service(),
        workload.name(),
        workload.labels(),
        workload.annotations(),
        spec);
  }

  /** Which ports of a Service speak REST and which gRPC, the first of each. */
  static Ports ports(KubeObject service) {
    int rest = 0;
    int grpc = 0;
    for (JsonNode port : service.spec().path("ports")) {
      boolean h2 =
          port.path("appProtocol").asText().equals("kubernetes.io/h2c")
              || isGrpc(port.path("name").asText().toLowerCase(Locale.ROOT));
      if (h2 && grpc == 0) {
        grpc = port.path("port").asInt();
      } else if (!h2 && rest == 0) {
        rest = port.path("port").asInt();
      }
    }
    return new Ports(rest, grpc);
  }

  /** The port that a headless Service must be reached at; none where it has an address. */
  static Optional<Integer> addressPort(KubeObject service) {
    if (!service.spec().path("clusterIP").asText().equals("None")) {
      return Optional.empty();
    }
    for (JsonNode port : service.spec().path("ports")) {
      if (!isGrpc(port.path("name").asText().toLowerCase(Locale.ROOT))
          && port.path("targetPort").asInt() > 0) {
        return Optional.of(port.path("targetPort").asInt());
      }
    }
    return Optional.of(Keys.HTTP_PORT);
  }

  private static boolean isGrpc(String portName) {
    return portName.contains("grpc") || portName.contains("h2c");
  }
}
