package dev.salver.sandbox.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Istio's VirtualService in the one form that KServe renders: paths of a public host go to another
 * host, which a Host header names.
 */
final class VirtualServices {
  private VirtualServices() {}

  /**
   * The rules of its hosts.
   *
   * @param hosts rules of the hosts that it may point at
   */
  static List<Rule> rules(KubeObject service, Map<String, List<Rule>> hosts) {
    var result = new ArrayList<Rule>();
    for (JsonNode http : service.spec().path("http")) {
      Map<String, String> set =
          new LinkedHashMap<>(Tables.edits(http.path("headers").path("request").path("set")));
      String named = set.getOrDefault("Host", "");
      String target =
          named.isEmpty()
              ? http.path("route").path(0).path("destination").path("host").asText()
              : named;
      List<Rule> inner = hosts.get(RoutingTable.host(target));
      Optional<Rule.PathMatch> path = path(http.path("match").path(0).path("uri"));
      if (inner == null || path.isEmpty()) {
        continue;
      }
      for (Rule rule : inner) {
        boolean any = path.get().equals(Rule.ANY_PATH);
        if (any || rule.path().equals(Rule.ANY_PATH)) {
          result.add(
              new Rule(
                  any ? rule.path() : path.get(),
                  rule.headers(),
                  rule.method(),
                  new Rule.HeaderEdits(set, Map.of(), List.of()),
                  HttpRoutes.duration(http.path("timeout").asText()).or(rule::timeout),
                  rule.backends()));
        }
      }
    }
    return List.copyOf(result);
  }

  private static Optional<Rule.PathMatch> path(JsonNode uri) {
    if (uri.has("regex")) {
      return HttpRoutes.pattern(uri.path("regex").asText()).map(Rule.PathMatch.Regex::new);
    }
    if (uri.has("exact")) {
      return Optional.of(new Rule.PathMatch.Exact(uri.path("exact").asText()));
    }
    return Optional.of(
        uri.has("prefix") ? new Rule.PathMatch.Prefix(uri.path("prefix").asText()) : Rule.ANY_PATH);
  }
}
