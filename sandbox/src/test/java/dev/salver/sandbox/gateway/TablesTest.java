package dev.salver.sandbox.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.sandbox.node.Pods;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From rendered objects to where a request goes. */
final class TablesTest {
  private final Rendered rendered = new Rendered();

  private record Get(String path, String method, Map<String, String> headers)
      implements Rule.Request {
    static Get of(String path) {
      return new Get(path, "GET", Map.of());
    }

    @Override
    public @Nullable String header(String name) {
      return headers.get(name);
    }
  }

  @Test
  void anHttpRouteOfKServeSendsExplanationsElsewhere() {
    backend("iris-predictor");
    backend("iris-explainer");
    put(
        ResourceTypes.HTTP_ROUTE,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: iris, namespace: demo}
        spec:
          hostnames: [iris-demo.example.com]
          rules:
          - backendRefs: [{kind: Service, name: iris-explainer, namespace: demo, port: 80, weight: 1}]
            filters:
            - type: RequestHeaderModifier
              requestHeaderModifier: {set: [{name: KServe-Isvc-Name, value: iris}]}
            matches: [{path: {type: RegularExpression, value: "^/v1/models/[\\\\w-]+:explain$"}}]
            timeouts: {request: 60s}
          - backendRefs: [{kind: Service, name: iris-predictor, namespace: demo, port: 80, weight: 1}]
            matches: [{path: {type: RegularExpression, value: "^/.*$"}}]
            timeouts: {request: 1m30s}
        """);
    RoutingTable table = Tables.of(rendered);
    Rule explain = rule(table, "iris-demo.example.com", "/v1/models/iris:explain");
    assertEquals("iris-explainer", explain.pick(0).orElseThrow().name());
    assertEquals(Optional.of(Duration.ofSeconds(60)), explain.timeout());
    assertEquals(Map.of("KServe-Isvc-Name", "iris"), explain.edits().set());
    Rule predict = rule(table, "iris-demo.example.com", "/v1/models/iris:predict");
    assertEquals("iris-predictor", predict.pick(0.99).orElseThrow().name());
    assertEquals(Optional.of(Duration.ofSeconds(90)), predict.timeout());
    assertEquals("iris-demo.example.com", table.entries().get("demo/iris").host());
  }

  @Test
  void weightsMethodsHeadersAndLongerPrefixesAreHeeded() {
    backend("a");
    backend("b");
    put(
        ResourceTypes.HTTP_ROUTE,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: split, namespace: demo}
        spec:
          hostnames: ["*.example.com"]
          rules:
          - backendRefs: [{name: a, port: 80, weight: 9}, {name: b, port: 80, weight: 1}]
          - matches:
            - path: {type: PathPrefix, value: /v2}
              headers: [{name: X-Who, value: me}]
            backendRefs: [{name: b, port: 80}]
          - matches: [{path: {type: Exact, value: /gone}, method: DELETE}]
            backendRefs: [{name: a, port: 80, weight: 0}]
        """);
    RoutingTable table = Tables.of(rendered);
    Rule any = rule(table, "x.example.com", "/v20");
    assertEquals("a", any.pick(0.89).orElseThrow().name());
    assertEquals("b", any.pick(0.91).orElseThrow().name());
    List<Rule> rules = table.rules("x.y.example.com").orElseThrow();
    Rule mine =
        RoutingTable.match(rules, new Get("/v2/health", "GET", Map.of("x-who", "me")))
            .orElseThrow();
    assertEquals("b", mine.pick(0).orElseThrow().name());
    Rule gone = RoutingTable.match(rules, new Get("/gone", "DELETE", Map.of())).orElseThrow();
    assertEquals(Optional.empty(), gone.pick(0));
    assertFalse(table.rules("example.org").isPresent());
  }

  @Test
  void anIngressRoutesByHostAndPortName() {
    put(
        ResourceTypes.SERVICE,
        """
        apiVersion: v1
        kind: Service
        metadata: {name: iris-predictor, namespace: demo}
        spec:
          selector: {app: iris}
          ports: [{name: http, port: 80, targetPort: 8080}, {name: grpc, port: 8081, targetPort: h2}]
        """);
    put(
        ResourceTypes.INGRESS,
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: iris, namespace: demo}
        spec:
          rules:
          - host: iris-demo.example.com
            http:
              paths:
              - {path: /, pathType: Prefix, backend: {service: {name: iris-predictor, port: {number: 80}}}}
              - {path: /grpc, pathType: Prefix, backend: {service: {name: iris-predictor, port: {name: grpc}}}}
        """);
    KubeObject pod = Fixtures.pod("one", "app: iris", 30_000);
    ((com.fasterxml.jackson.databind.node.ObjectNode) pod.metadata())
        .withObjectProperty("annotations")
        .put("sandbox.salver.dev/ports", "{\"8080\":30000,\"9000\":30001}");
    pod.tree()
        .path("spec")
        .path("containers")
        .path(0)
        .<com.fasterxml.jackson.databind.node.ArrayNode>withArray("ports")
        .addObject()
        .put("name", "h2")
        .put("containerPort", 9000);
    rendered.put(ResourceTypes.POD, pod);
    RoutingTable table = Tables.of(rendered);
    assertEquals(List.of(30_000), ports(table, rule(table, "iris-demo.example.com", "/v1/models")));
    Rule grpc = rule(table, "iris-demo.example.com", "/grpc/x");
    assertEquals(List.of(30_001), ports(table, grpc));
    assertTrue(table.backends().get(grpc.pick(0).orElseThrow()).grpc());
    assertEquals(List.of(30_001), ports(table, rule(table, "iris-predictor.demo:8081", "/")));
    assertEquals(List.of(30_000), ports(table, rule(table, "iris-predictor.demo.svc", "/")));
  }

  @Test
  void aVirtualServiceOfKServeLeadsToTheTransformersRoute() {
    rendered.put(
        ResourceTypes.REVISION, Fixtures.revision("iris-transformer-00001", "timeoutSeconds: 7"));
    rendered.put(
        ResourceTypes.ROUTE,
        Fixtures.route(
            "iris-transformer", "[{revisionName: iris-transformer-00001, percent: 100}]"));
    put(
        ResourceTypes.VIRTUAL_SERVICE,
        """
        apiVersion: networking.istio.io/v1beta1
        kind: VirtualService
        metadata: {name: iris, namespace: demo}
        spec:
          hosts: [iris.demo.svc.cluster.local, iris.demo.example.com]
          http:
          - headers: {request: {set: {Host: iris-transformer.demo.svc.cluster.local, KServe-Isvc-Name: iris}}}
            match: [{authority: {regex: x}}]
            route: [{destination: {host: gateway.istio-system.svc.cluster.local}, weight: 100}]
        """);
    RoutingTable table = Tables.of(rendered);
    for (String host :
        List.of("iris.demo", "iris.demo.svc.cluster.local", "iris.demo.example.com")) {
      Rule rule = rule(table, host, "/v1/models/iris:predict");
      assertEquals("iris-transformer-00001", rule.pick(0).orElseThrow().name());
      assertEquals("iris-transformer.demo.svc.cluster.local", rule.edits().set().get("Host"));
    }
    assertEquals("iris.demo.example.com", table.entries().get("demo/iris").host());
  }

  @Test
  void aServiceIsFoundByItsLabelTransformerFirst() {
    for (String component : List.of("predictor", "transformer")) {
      String name = "iris-" + component;
      rendered.put(ResourceTypes.REVISION, Fixtures.revision(name + "-00001", "timeoutSeconds: 7"));
      KubeObject route =
          Fixtures.route(name, "[{revisionName: %s-00001, percent: 100}]".formatted(name));
      route
          .tree()
          .withObjectProperty("metadata")
          .putObject("labels")
          .put("serving.kserve.io/inferenceservice", "iris")
          .put("component", component);
      rendered.put(ResourceTypes.ROUTE, route);
    }
    RoutingTable.Entry entry = Tables.of(rendered).entries().get("demo/iris");
    assertEquals("iris-transformer.demo.localhost", entry.host());
    assertEquals("iris-transformer-00001", entry.rules().getFirst().pick(0).orElseThrow().name());
  }

  @Test
  void anExternalNameIsFollowedAndACircleIsNot() {
    backend("iris");
    rendered.put(
        ResourceTypes.SERVICE,
        Fixtures.service("alias", "type: ExternalName, externalName: iris.demo.svc.cluster.local"));
    rendered.put(
        ResourceTypes.SERVICE,
        Fixtures.service("ring", "type: ExternalName, externalName: ring.demo"));
    RoutingTable table = Tables.of(rendered);
    assertEquals("iris", rule(table, "alias.demo", "/").pick(0).orElseThrow().name());
    assertFalse(table.rules("ring.demo").isPresent());
  }

  @Test
  void podsThatAreNotReadyOrGoingGetNothing() {
    rendered.put(
        ResourceTypes.REVISION, Fixtures.revision("iris-00001", "containerConcurrency: 3"));
    String label = Fixtures.revisionLabel("iris-00001");
    rendered.put(ResourceTypes.POD, Fixtures.pod("ready", label, 30_000));
    KubeObject unready = Fixtures.pod("unready", label, 30_001);
    unready.tree().putObject("status");
    rendered.put(ResourceTypes.POD, unready);
    KubeObject going = Fixtures.pod("going", label, 30_002);
    going.tree().withObjectProperty("metadata").put("deletionTimestamp", "2026-11-22T00:00:00Z");
    rendered.put(ResourceTypes.POD, going);
    rendered.put(
        ResourceTypes.ROUTE, Fixtures.route("iris", "[{revisionName: iris-00001, percent: 100}]"));
    RoutingTable table = Tables.of(rendered);
    Rule rule = rule(table, "iris.demo", "/");
    assertEquals(List.of(30_000), ports(table, rule));
    assertEquals(3, table.backends().get(rule.pick(0).orElseThrow()).concurrency());
  }

  @Test
  void hostsLoseTheirPortTheirCaseAndTheirLastDot() {
    var expected = new HashMap<String, String>();
    expected.put("Iris.Demo.localhost:8080", "iris.demo.localhost");
    expected.put("iris.demo.", "iris.demo");
    expected.put("[::1]:80", "[::1]");
    expected.put("[::1]", "[::1]");
    expected.put("", "");
    expected.forEach((written, host) -> assertEquals(host, RoutingTable.host(written)));
  }

  private void backend(String name) {
    rendered.put(
        ResourceTypes.SERVICE,
        Fixtures.service(
            name, "selector: {app: %s}, ports: [{port: 80, targetPort: 8080}]".formatted(name)));
  }

  private void put(ResourceType type, String yaml) {
    rendered.put(type, Pods.object(yaml));
  }

  private static Rule rule(RoutingTable table, String host, String path) {
    return RoutingTable.match(table.rules(host).orElseThrow(), Get.of(path)).orElseThrow();
  }

  private static List<Integer> ports(RoutingTable table, Rule rule) {
    return table.backends().get(rule.pick(0).orElseThrow()).pods().stream()
        .map(Backend.Address::port)
        .toList();
  }
}
