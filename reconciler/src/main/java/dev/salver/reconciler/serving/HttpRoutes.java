package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Trees;
import dev.salver.kube.kserve.Component;
import dev.salver.kube.kserve.Hosts;
import dev.salver.kube.kserve.InferenceService;
import dev.salver.kube.kserve.Names;
import dev.salver.kube.kserve.ServingConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gateway API routes of a service in Standard mode: one a component, one for the service. */
final class HttpRoutes {
  private static final String ANY_PATH = "^/.*$";
  private static final String EXPLAIN = "^/v1/models/[\\w-]+:explain$";
  private static final String EXPLAIN_UNDER_PATH = "(/v1/models/[\\w-]+:explain)$";
  private static final String GRPC = "^/inference\\.GRPCInferenceService/.*$";

  /** Where one rule sends requests. */
  private record Target(String service, int port, Component component) {}

  private final Job job;
  private final InferenceService service;
  private final ServingConfig config;
  private final List<KubeObject> services;

  private HttpRoutes(Job job, List<KubeObject> services) {
    this.job = job;
    this.service = job.service();
    this.config = job.config();
    this.services = services;
  }

  /**
   * Every route.
   *
   * @param services the Services of the components, whose ports the rules go by
   */
  static Attempt<List<KubeObject>> of(Job job, List<KubeObject> services) {
    return new HttpRoutes(job, services).all();
  }

  private Attempt<List<KubeObject>> all() {
    var routes = new ArrayList<KubeObject>();
    var components = new ArrayList<Component>();
    components.add(service.predictor());
    service.transformer().ifPresent(components::add);
    service.explainer().ifPresent(components::add);
    for (Component component : components) {
      String name = Names.stable(service.name(), component.kind());
      ArrayNode rules = Json.array();
      serve(rules, component);
      switch (Hosts.of(name, service, config)) {
        case Hosts.Host.Valid(String host) -> routes.add(route(name, List.of(host), rules));
        case Hosts.Host.Invalid(String host, String message) -> {
          return invalid(component.kind().word(), message);
        }
      }
    }
    return switch (Hosts.of(service.name(), service, config)) {
      case Hosts.Host.Valid(String host) -> {
        routes.add(top(host));
        yield Attempt.done(routes);
      }
      case Hosts.Host.Invalid(String host, String message) -> invalid("top level", message);
    };
  }

  private static Attempt<List<KubeObject>> invalid(String what, String message) {
    return Attempt.failed(
        Failure.of("ReconcileFailed", "failed to generate " + what + " ingress host: " + message));
  }

  private KubeObject top(String host) {
    var hosts = new ArrayList<>(List.of(host));
    Hosts.additional(host, config).stream()
        .filter(other -> !hosts.contains(other))
        .forEach(hosts::add);
    ArrayNode rules = Json.array();
    Component entry = service.transformer().orElse(service.predictor());
    service
        .explainer()
        .ifPresent(explainer -> rules.add(rule(pathMatch(EXPLAIN), target(explainer, 80))));
    serve(rules, entry);
    String path = Hosts.path(service, config).replaceAll("/$", "");
    if (!path.isEmpty()) {
      hosts.add(config.ingressDomain());
      service
          .explainer()
          .ifPresent(
              explainer ->
                  rules.add(rule(pathMatch(path + EXPLAIN_UNDER_PATH), target(explainer, 80))));
      rules.add(rule(pathMatch(path + "/"), target(entry, 80)));
    }
    return route(service.name(), hosts, rules);
  }

  /** Everything to one component; gRPC apart where its Service has a port for it. */
  private void serve(ArrayNode rules, Component component) {
    String name = Names.workload(service.name(), component);
    ServiceChild.Ports ports =
        services.stream()
            .filter(s -> s.name().equals(name))
            .findFirst()
            .map(ServiceChild::ports)
            .orElse(new ServiceChild.Ports(0, 0));
    if (ports.grpc() == 0 || ports.rest() == 0) {
      rules.add(rule(pathMatch(ANY_PATH), target(component, 80)));
      return;
    }
    ObjectNode grpc = pathMatch(GRPC);
    grpc.putArray("headers")
        .addObject()
        .put("type", "RegularExpression")
        .put("name", "content-type")
        .put("value", "^application/grpc.*");
    rules.add(rule(grpc, target(component, ports.grpc())));
    rules.add(rule(pathMatch(ANY_PATH), target(component, ports.rest())));
  }

  private Target target(Component component, int port) {
    return new Target(Names.workload(service.name(), component), port, component);
  }

  private static ObjectNode pathMatch(String regex) {
    ObjectNode match = Json.object();
    match.putObject("path").put("type", "RegularExpression").put("value", regex);
    return match;
  }

  private ObjectNode rule(JsonNode match, Target target) {
    ObjectNode rule = Json.object();
    rule.putArray("matches").add(match);
    rule.putArray("filters")
        .addObject()
        .put("type", "RequestHeaderModifier")
        .putObject("requestHeaderModifier")
        .putArray("set")
        .add(Trees.pair("KServe-Isvc-Name", service.name()))
        .add(Trees.pair("KServe-Isvc-Namespace", service.namespace()));
    rule.putArray("backendRefs")
        .addObject()
        .put("kind", "Service")
        .put("name", target.service())
        .put("namespace", service.namespace())
        .put("port", target.port());
    if (!config.section("ingress").path("disableHTTPRouteTimeout").asBoolean()) {
      rule.putObject("timeouts").put("request", target.component().timeout().orElse(60L) + "s");
    }
    return rule;
  }

  private KubeObject route(String name, List<String> hosts, ArrayNode rules) {
    String[] gateway = config.ingress("kserveIngressGateway").split("/", 2);
    ObjectNode spec = Json.object();
    spec.putArray("parentRefs")
        .addObject()
        .put("group", "gateway.networking.k8s.io")
        .put("kind", "Gateway")
        .put("namespace", gateway[0])
        .put("name", gateway[gateway.length - 1]);
    spec.set("hostnames", Trees.list(hosts));
    spec.set("rules", rules);
    Map<String, String> labels = new LinkedHashMap<>(service.labels());
    labels.keySet().removeAll(config.keptBackLabels());
    return Children.child(
        ResourceTypes.HTTP_ROUTE,
        job.service(),
        name,
        labels,
        ComponentMetadata.passed(service.annotations(), config),
        spec);
  }
}
