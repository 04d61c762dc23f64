package dev.salver.sandbox.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the routing table from rendered objects; pure. */
final class Tables {
  static final String SERVICE_LABEL = "serving.kserve.io/inferenceservice";
  private static final String CLUSTER = ".svc.cluster.local";

  private final Rendered objects;
  private final Backends backends;
  private final Map<String, List<Rule>> hosts = new HashMap<>();
  private final Map<String, List<Rule>> wildcards = new HashMap<>();
  private final Map<String, String> aliases = new HashMap<>();
  private final TreeMap<String, RoutingTable.Entry> entries = new TreeMap<>();

  private Tables(Rendered objects) {
    this.objects = objects;
    this.backends = new Backends(objects);
  }

  /** Where two objects claim a host, the more specific kind has it, then the older object. */
  static RoutingTable of(Rendered objects) {
    var tables = new Tables(objects);
    tables.knative();
    tables.httpRoutes();
    tables.ingresses();
    tables.services();
    tables.virtualServices();
    tables.name();
    tables.hosts.replaceAll((host, rules) -> Rule.ordered(rules));
    tables.wildcards.replaceAll((host, rules) -> Rule.ordered(rules));
    return new RoutingTable(
        Map.copyOf(tables.hosts),
        Map.copyOf(tables.wildcards),
        Map.copyOf(tables.aliases),
        tables.entries,
        tables.backends.all());
  }

  private void knative() {
    for (KubeObject route : objects.byAge(ResourceTypes.ROUTE)) {
      var split = new ArrayList<Rule.Weighted>();
      for (JsonNode target : route.status().path("traffic")) {
        Rule.Weighted weighted =
            new Rule.Weighted(
                target.path("percent").asInt(),
                backends.revision(route.namespace(), target.path("revisionName").asText()));
        split.add(weighted);
        String tag = target.path("tag").asText();
        if (!tag.isEmpty()) {
          List<Rule> own = List.of(Rule.all(List.of(new Rule.Weighted(1, weighted.backend()))));
          claim(clusterNames(tag + "-" + route.name(), route.namespace()), own);
          claim(hostOf(target.path("url")), own);
        }
      }
      List<Rule> rules = List.of(Rule.all(split));
      claim(hostOf(route.status().path("url")), rules);
      claim(hostOf(route.status().path("address").path("url")), rules);
      claim(clusterNames(route.name(), route.namespace()), rules);
    }
  }

  private void httpRoutes() {
    for (KubeObject route : objects.byAge(ResourceTypes.HTTP_ROUTE)) {
      List<Rule> rules = HttpRoutes.rules(route, backends);
      var names = new ArrayList<String>();
      route.spec().path("hostnames").forEach(name -> names.add(name.asText()));
      add(names.isEmpty() ? List.of("*") : names, rules);
      enter(route, names.isEmpty() ? clusterName(route) : names.getFirst(), rules);
    }
  }

  private void ingresses() {
    for (KubeObject ingress : objects.byAge(ResourceTypes.INGRESS)) {
      Map<String, List<Rule>> byHost = Ingresses.rules(ingress, backends);
      byHost.forEach((host, rules) -> add(List.of(host), rules));
      byHost.entrySet().stream()
          .findFirst()
          .ifPresent(
              first ->
                  enter(
                      ingress,
                      first.getKey().equals("*") ? clusterName(ingress) : first.getKey(),
                      first.getValue()));
    }
  }

  private void services() {
    for (KubeObject service : objects.byAge(ResourceTypes.SERVICE)) {
      List<String> names = clusterNames(service.name(), service.namespace());
      String external = service.spec().path("externalName").asText();
      if (!external.isEmpty()) {
        names.forEach(name -> aliases.put(name, RoutingTable.host(external)));
        continue;
      }
      List<Rule> any = to(backends.service(service.namespace(), service.name(), 0));
      claim(names, any);
      if (service.spec().path("ports").size() > 1) {
        for (JsonNode port : service.spec().path("ports")) {
          int number = port.path("port").asInt();
          List<Rule> one = to(backends.service(service.namespace(), service.name(), number));
          claim(names.stream().map(name -> name + ":" + number).toList(), one);
        }
      }
    }
  }

  /** After all others, because these only point at their hosts. */
  private void virtualServices() {
    var before = Map.copyOf(hosts);
    for (KubeObject service : objects.byAge(ResourceTypes.VIRTUAL_SERVICE)) {
      List<Rule> rules = VirtualServices.rules(service, before);
      var names = new ArrayList<String>();
      for (JsonNode each : service.spec().path("hosts")) {
        String host = RoutingTable.host(each.asText());
        names.add(host);
        if (host.endsWith(CLUSTER)) {
          String inner = host.substring(0, host.length() - CLUSTER.length());
          names.add(inner);
          names.add(inner + ".svc");
        }
      }
      if (!rules.isEmpty()) {
        names.forEach(name -> hosts.put(name, rules));
        if (!names.isEmpty()) {
          enter(
              service,
              names.getLast().endsWith(".svc") ? names.getFirst() : names.getLast(),
              rules);
        }
      }
    }
  }

  /** What has no entry of its own is found by its label, and then by its name. */
  private void name() {
    for (String component : new String[] {"transformer", "predictor", ""}) {
      for (var type : List.of(ResourceTypes.ROUTE, ResourceTypes.SERVICE)) {
        for (KubeObject object : objects.byAge(type)) {
          object
              .label(SERVICE_LABEL)
              .or(() -> labelOfRevision(object))
              .filter(ignored -> component.isEmpty() || isComponent(object, component))
              .ifPresent(name -> enterByName(object, name));
        }
      }
    }
    for (var type : List.of(ResourceTypes.ROUTE, ResourceTypes.SERVICE)) {
      for (KubeObject object : objects.byAge(type)) {
        enterByName(object, object.name());
      }
    }
  }

  private java.util.Optional<String> labelOfRevision(KubeObject route) {
    String revision = route.status().path("traffic").path(0).path("revisionName").asText();
    return objects
        .get(ResourceTypes.REVISION, route.namespace(), revision)
        .flatMap(found -> found.label(SERVICE_LABEL));
  }

  private static boolean isComponent(KubeObject object, String component) {
    return object.label("component").filter(component::equals).isPresent()
        || object.name().endsWith("-" + component);
  }

  private void enterByName(KubeObject object, String name) {
    String own = RoutingTable.host(clusterName(object));
    List<Rule> rules = hosts.get(own);
    if (rules != null) {
      String host = hostOf(object.status().path("url")).stream().findFirst().orElse(own);
      entries.putIfAbsent(
          object.namespace() + "/" + name, new RoutingTable.Entry(host, Rule.ordered(rules)));
    }
  }

  private void enter(KubeObject object, String host, List<Rule> rules) {
    entries.putIfAbsent(
        object.namespace() + "/" + object.name(),
        new RoutingTable.Entry(RoutingTable.host(host), Rule.ordered(rules)));
  }

  private void claim(List<String> names, List<Rule> rules) {
    names.forEach(name -> hosts.putIfAbsent(name, rules));
  }

  private void add(List<String> names, List<Rule> rules) {
    for (String name : names) {
      String host = RoutingTable.host(name);
      Map<String, List<Rule>> into = host.startsWith("*") ? wildcards : hosts;
      String key = host.startsWith("*.") ? host.substring(2) : host.startsWith("*") ? "" : host;
      into.merge(key, rules, Tables::joined);
    }
  }

  private static List<Rule> joined(List<Rule> first, List<Rule> then) {
    var all = new ArrayList<>(first);
    all.addAll(then);
    return List.copyOf(all);
  }

  private static List<Rule> to(Backend.Ref backend) {
    return List.of(Rule.all(List.of(new Rule.Weighted(1, backend))));
  }

  private static List<String> hostOf(JsonNode url) {
    String text = url.asText();
    int start = text.indexOf("://");
    if (start < 0) {
      return List.of();
    }
    String rest = text.substring(start + 3);
    int end = rest.indexOf('/');
    return List.of(RoutingTable.host(end < 0 ? rest : rest.substring(0, end)));
  }

  private static String clusterName(KubeObject object) {
    return object.name() + "." + object.namespace() + CLUSTER;
  }

  private static List<String> clusterNames(String name, String namespace) {
    String shortest = (name + "." + namespace).toLowerCase(java.util.Locale.ROOT);
    return List.of(shortest, shortest + ".svc", shortest + CLUSTER);
  }

  /** Header edits of Gateway API's and Istio's form, lists or maps alike. */
  static Map<String, String> edits(JsonNode node) {
    var result = new LinkedHashMap<String, String>();
    if (node.isArray()) {
      node.forEach(e -> result.put(e.path("name").asText(), e.path("value").asText()));
    } else {
      node.properties().forEach(e -> result.put(e.getKey(), e.getValue().asText()));
    }
    return result;
  }
}
