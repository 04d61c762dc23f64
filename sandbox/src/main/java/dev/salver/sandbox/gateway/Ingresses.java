package dev.salver.sandbox.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules of {@code networking.k8s.io} Ingress, in the order of the manifest. */
final class Ingresses {
  private Ingresses() {}

  /** By host; {@code *} for any. */
  static Map<String, List<Rule>> rules(KubeObject ingress, Backends backends) {
    var result = new LinkedHashMap<String, List<Rule>>();
    for (JsonNode rule : ingress.spec().path("rules")) {
      var rules = new ArrayList<Rule>();
      for (JsonNode path : rule.path("http").path("paths")) {
        rules.add(rule(ingress, path, path.path("backend"), backends));
      }
      String host = rule.path("host").asText();
      result.merge(
          host.isEmpty() ? "*" : host,
          rules,
          (first, then) -> {
            first.addAll(then);
            return first;
          });
    }
    JsonNode fallback = ingress.spec().path("defaultBackend");
    if (!fallback.isMissingNode()) {
      result
          .computeIfAbsent("*", any -> new ArrayList<>())
          .add(rule(ingress, fallback, fallback, backends));
    }
    return result;
  }

  private static Rule rule(KubeObject ingress, JsonNode path, JsonNode to, Backends backends) {
    String value = path.path("path").asText("/");
    Rule.PathMatch match =
        path.path("pathType").asText().equals("Exact")
            ? new Rule.PathMatch.Exact(value)
            : new Rule.PathMatch.Prefix(value);
    JsonNode service = to.path("service");
    JsonNode port = service.path("port");
    String name = service.path("name").asText();
    int number =
        port.has("name")
            ? backends.portNumber(ingress.namespace(), name, port.path("name").asText())
            : port.path("number").asInt();
    return new Rule(
        match,
        Map.of(),
        "",
        Rule.HeaderEdits.NONE,
        Optional.empty(),
        List.of(new Rule.Weighted(1, backends.service(ingress.namespace(), name, number))));
  }
}
