package dev.salver.reconciler.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Gvk;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which kinds the server serves, remembered for a short while per group and version. */
final class Discovery {
  private static final Duration KEPT = Duration.ofSeconds(30);

  private final Transport transport;
  private final Map<String, Known> groups = new HashMap<>();

  private record Known(Map<String, ResourceType> kinds, long since) {
    boolean isFresh() {
      return System.nanoTime() - since < KEPT.toNanos();
    }
  }

  Discovery(Transport transport) {
    this.transport = transport;
  }

  /** How a kind is served: known to us, or else as the server says. */
  Optional<ResourceType> type(Gvk gvk) {
    Optional<ResourceType> known = ResourceTypes.of(gvk);
    return known.isPresent() ? known : Optional.ofNullable(kinds(gvk).get(gvk.kind()));
  }

  boolean serves(ResourceType type) {
    return kinds(type.gvk()).containsKey(type.gvk().kind());
  }

  private Map<String, ResourceType> kinds(Gvk gvk) {
    synchronized (groups) {
      Known known = groups.get(gvk.apiVersion());
      if (known != null && known.isFresh()) {
        return known.kinds();
      }
    }
    Map<String, ResourceType> kinds = ask(gvk);
    synchronized (groups) {
      groups.put(gvk.apiVersion(), new Known(kinds, System.nanoTime()));
    }
    return kinds;
  }

  private Map<String, ResourceType> ask(Gvk gvk) {
    String path = (gvk.group().isEmpty() ? "/api/" : "/apis/") + gvk.apiVersion();
    Answer answer = transport.send("GET", path, "", "");
    if (answer.code() == 404) {
      return Map.of();
    } else if (answer.code() == 403) {
      throw ClusterException.forbidden(Explain.forbidden(transport.server(), answer));
    } else if (!answer.ok()) {
      throw new ClusterException(
          transport.server() + " does not list its kinds: " + answer.message());
    }
    var kinds = new HashMap<String, ResourceType>();
    for (JsonNode resource : answer.json().path("resources")) {
      String plural = resource.path("name").asText();
      String kind = resource.path("kind").asText();
      if (!plural.contains("/") && !kind.isEmpty()) {
        kinds.put(
            kind,
            new ResourceType(
                new Gvk(gvk.group(), gvk.version(), kind),
                plural,
                resource.path("namespaced").asBoolean(),
                List.of(),
                false));
      }
    }
    return Map.copyOf(kinds);
  }
}
