package dev.salver.sandbox.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One of a container's probes, with Kubernetes' defaults filled in. */
record Probe(
    Action action,
    Duration initialDelay,
    Duration period,
    Duration timeout,
    int successThreshold,
    int failureThreshold) {
  /** What is asked. */
  sealed interface Action {
    record Http(int port, String path, boolean tls, Map<String, String> headers)
        implements Action {}

    record Tcp(int port) implements Action {}

    record Exec(List<String> command) implements Action {}

    /** Nothing this node can ask; the probe fails and says so. */
    record Unsupported(String why) implements Action {}
  }

  /** What came of one try; {@code message} is for people. */
  record Result(boolean success, String message) {}

  /**
   * Reads a probe.
   *
   * @param container whose ports the probe may name
   * @param ports where they really are
   */
  static Optional<Probe> of(JsonNode probe, JsonNode container, PodPorts ports) {
    if (probe.isMissingNode() || probe.isNull() || probe.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Probe(
            action(probe, container, ports),
            Duration.ofSeconds(probe.path("initialDelaySeconds").asInt(0)),
            Duration.ofSeconds(Math.max(1, probe.path("periodSeconds").asInt(10))),
            Duration.ofSeconds(Math.max(1, probe.path("timeoutSeconds").asInt(1))),
            Math.max(1, probe.path("successThreshold").asInt(1)),
            Math.max(1, probe.path("failureThreshold").asInt(3))));
  }

  private static Action action(JsonNode probe, JsonNode container, PodPorts ports) {
    if (probe.has("httpGet")) {
      JsonNode http = probe.path("httpGet");
      var headers = new LinkedHashMap<String, String>();
      http.path("httpHeaders")
          .forEach(h -> headers.put(h.path("name").asText(), h.path("value").asText()));
      var port = PodPorts.resolve(http.path("port"), container);
      return port.isEmpty()
          ? unnamed(http.path("port"))
          : new Action.Http(
              ports.local(port.getAsInt()).orElse(port.getAsInt()),
              http.path("path").asText("/"),
              http.path("scheme").asText().equals("HTTPS"),
              headers);
    }
    if (probe.has("tcpSocket")) {
      JsonNode written = probe.path("tcpSocket").path("port");
      var port = PodPorts.resolve(written, container);
      return port.isEmpty()
          ? unnamed(written)
          : new Action.Tcp(ports.local(port.getAsInt()).orElse(port.getAsInt()));
    }
    if (probe.has("exec")) {
      var command = new ArrayList<String>();
      probe.path("exec").path("command").forEach(word -> command.add(word.asText()));
      return command.isEmpty()
          ? new Action.Unsupported("the probe's exec names no command")
          : new Action.Exec(List.copyOf(command));
    }
    return new Action.Unsupported(
        probe.has("grpc")
            ? "this node runs no grpc probes; use httpGet or tcpSocket on the same port"
            : "the probe says neither httpGet, tcpSocket nor exec");
  }

  private static Action unnamed(JsonNode port) {
    return new Action.Unsupported("the container declares no port named " + port.asText());
  }
}
