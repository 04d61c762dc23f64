package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Trees;
import dev.salver.kube.kserve.Hosts;
import dev.salver.kube.kserve.InferenceService;
import dev.salver.kube.kserve.Keys;
import dev.salver.kube.kserve.Names;
import dev.salver.kube.kserve.ServingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Istio's part in Knative mode: one host for the service over the hosts of its components. */
final class VirtualServiceChild {
  private static final String EXPLAIN = "^/v1/models/[\\w-]+:explain$";
  private static final String EXPLAIN_UNDER_PATH = "(/v1/models/[\\w-]+:explain)$";

  private final InferenceService service;
  private final ServingConfig config;
  private final String host;
  private final String internalHost;
  private final boolean internal;

  private VirtualServiceChild(Job job, String host) {
    service = job.service();
    config = job.config();
    this.host = host;
    internalHost = Names.internalHost(service.name(), service.namespace());
    internal =
        service.labels().getOrDefault(Keys.KNATIVE_VISIBILITY, "").equals(Keys.CLUSTER_LOCAL)
            || host.equals(internalHost);
  }

  /** The name that the service has inside the cluster leads to the local gateway. */
  static KubeObject externalName(Job job) {
    ObjectNode spec =
        Json.object()
            .put("type", "ExternalName")
            .put("externalName", job.config().ingress("localGatewayService"))
            .put("sessionAffinity", "None");
    return Children.child(
        ResourceTypes.SERVICE, job.service(), job.service().name(), Map.of(), Map.of(), spec);
  }

  /**
   * The route.
   *
   * @param host of the service, as Knative's domain gives it
   */
  static KubeObject of(Job job, String host) {
    return new VirtualServiceChild(job, host).route();
  }

  private KubeObject route() {
    String backend =
        service
            .transformer()
            .map(transformer -> Names.workload(service.name(), transformer))
            .orElseGet(() -> Names.workload(service.name(), service.predictor()));
    String explainer = service.name() + "-explainer";
    List<String> additional = internal ? List.of() : Hosts.additional(host, config);
    ObjectNode spec = Json.object();
    ArrayNode http = Json.array();
    if (service.explainer().isPresent()) {
      http.add(to(explainer, matches(EXPLAIN, additional)));
    }
    http.add(to(backend, matches("", additional)));

    var hosts = new ArrayList<>(List.of(internalHost));
    if (!internal) {
      hosts.add(host);
    }
    String path = Hosts.path(service, config).replaceAll("/$", "");
    if (!path.isEmpty()) {
      hosts.add(config.ingressDomain());
      if (service.explainer().isPresent()) {
        http.add(explainUnder(path, explainer));
      }
      http.add(under(path, backend));
    }
    additional.stream().filter(other -> !hosts.contains(other)).forEach(hosts::add);
    spec.set("hosts", Trees.list(hosts));
    var gateways = new ArrayList<>(List.of(config.ingress("localGateway"), "mesh"));
    if (!internal) {
      gateways.add(config.ingress("ingressGateway"));
    }
    spec.set("gateways", Trees.list(gateways));
    spec.set("http", http);
    return Children.child(
        ResourceTypes.VIRTUAL_SERVICE,
        service,
        service.name(),
        service.labels(),
        ComponentMetadata.passed(service.annotations(), config),
        spec);
  }

  private ArrayNode matches(String uri, List<String> additional) {
    ArrayNode matches = Json.array();
    matches.add(match(uri, internalHost, List.of(config.ingress("localGateway"), "mesh")));
    if (!internal) {
      matches.add(match(uri, host, List.of(config.ingress("ingressGateway"))));
      additional.forEach(
          other -> matches.add(match(uri, other, List.of(config.ingress("ingressGateway")))));
    }
    return matches;
  }

  private static ObjectNode match(String uri, String host, List<String> gateways) {
    ObjectNode match = Json.object();
    if (!uri.isEmpty()) {
      match.putObject("uri").put("regex", uri);
    }
    match.putObject("authority").put("regex", exactly(host));
    match.set("gateways", Trees.list(gateways));
    return match;
  }

  private ObjectNode to(String component, ArrayNode matches) {
    ObjectNode route = Json.object();
    route.set("match", matches);
    ObjectNode destination = route.putArray("route").addObject();
    destination
        .putObject("destination")
        .put("host", config.knativeLocalGatewayService())
        .putObject("port")
        .put("number", 80);
    destination.put("weight", 100);
    route
        .putObject("headers")
        .putObject("request")
        .putObject("set")
        .put("Host", Names.internalHost(component, service.namespace()))
        .put("KServe-Isvc-Name", service.name())
        .put("KServe-Isvc-Namespace", service.namespace());
    return route;
  }

  private ObjectNode explainUnder(String path, String explainer) {
    String regex = path + EXPLAIN_UNDER_PATH;
    ObjectNode route = to(explainer, Json.array().add(domainMatch("regex", regex)));
    route
        .putObject("rewrite")
        .putObject("uriRegexRewrite")
        .put("match", regex)
        .put("rewrite", "\\1");
    return route;
  }

  private ObjectNode under(String path, String backend) {
    ArrayNode matches =
        Json.array().add(domainMatch("prefix", path + "/")).add(domainMatch("exact", path));
    ObjectNode route = to(backend, matches);
    route.putObject("rewrite").put("uri", "/");
    return route;
  }

  private ObjectNode domainMatch(String kind, String value) {
    ObjectNode match = Json.object();
    match.putObject("uri").put(kind, value);
    match.putObject("authority").put("regex", exactly(config.ingressDomain()));
    match.set("gateways", Trees.list(List.of(config.ingress("ingressGateway"))));
    return match;
  }

  /** The host and nothing else, whatever the port. */
  private static String exactly(String host) {
    return "^" + host.replace(".", "\\.") + "(?::\\d{1,5})?$";
  }
}
