package dev.salver.sandbox.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.salver.kube.Gvk;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The columns of each kind: those of kubectl 1.32 for Kubernetes' own, those of the CRDs for
 * KServe's (v0.20) and Knative Serving's (repository states of 2026-08-21).
 */
final class Columns {
  private static final String NONE = "<none>";
  private static final List<Column> PLAIN = List.of(Column.NAME, Column.AGE);
  private static final Map<Gvk, List<Column>> KNOWN = known();

  private Columns() {}

  static List<Column> of(Gvk gvk) {
    return KNOWN.getOrDefault(gvk, PLAIN);
  }

  private static Map<Gvk, List<Column>> known() {
    var all = new HashMap<Gvk, List<Column>>();
    workloads(all);
    network(all);
    configuration(all);
    serving(all);
    return Map.copyOf(all);
  }

  private static void workloads(Map<Gvk, List<Column>> all) {
    put(
        all,
        ResourceTypes.POD,
        Column.text("Ready", PodCells::ready),
        Column.text("Status", PodCells::status),
        Column.number("Restarts", PodCells::restarts),
        Column.AGE,
        Column.text("IP", pod -> text(pod, "/status/podIP")).wide(),
        Column.text("Node", pod -> text(pod, "/spec/nodeName")).wide());
    put(
        all,
        ResourceTypes.DEPLOYMENT,
        Column.text(
            "Ready",
            deployment ->
                number(deployment, "/status/readyReplicas")
                    + "/"
                    + number(deployment, "/spec/replicas")),
        Column.number("Up-to-date", deployment -> number(deployment, "/status/updatedReplicas")),
        Column.number("Available", deployment -> number(deployment, "/status/availableReplicas")),
        Column.AGE,
        Column.text("Containers", workload -> containers(workload, "name")).wide(),
        Column.text("Images", workload -> containers(workload, "image")).wide(),
        Column.text("Selector", Columns::selector).wide());
    put(
        all,
        ResourceTypes.REPLICA_SET,
        Column.number("Desired", set -> number(set, "/spec/replicas")),
        Column.number("Current", set -> number(set, "/status/replicas")),
        Column.number("Ready", set -> number(set, "/status/readyReplicas")),
        Column.AGE,
        Column.text("Containers", workload -> containers(workload, "name")).wide(),
        Column.text("Images", workload -> containers(workload, "image")).wide(),
        Column.text("Selector", Columns::selector).wide());
    put(
        all,
        ResourceTypes.HORIZONTAL_POD_AUTOSCALER,
        Column.text(
            "Reference",
            hpa ->
                text(hpa, "/spec/scaleTargetRef/kind")
                    + "/"
                    + text(hpa, "/spec/scaleTargetRef/name")),
        Column.text("Targets", HpaCells::targets),
        Column.text("MinPods", hpa -> orUnset(hpa, "/spec/minReplicas")),
        Column.number("MaxPods", hpa -> number(hpa, "/spec/maxReplicas")),
        Column.number("Replicas", hpa -> number(hpa, "/status/currentReplicas")),
        Column.AGE);
    put(
        all,
        ResourceTypes.NODE,
        Column.text("Status", node -> node.is("Ready") ? "Ready" : "NotReady"),
        Column.text("Roles", node -> NONE),
        Column.AGE,
        Column.at("Version", "/status/nodeInfo/kubeletVersion"),
        Column.at("OS-Image", "/status/nodeInfo/osImage").wide());
  }

  private static void network(Map<Gvk, List<Column>> all) {
    put(
        all,
        ResourceTypes.SERVICE,
        Column.text("Type", service -> service.spec().path("type").asText("ClusterIP")),
        Column.text("Cluster-IP", service -> text(service, "/spec/clusterIP")),
        Column.text(
            "External-IP",
            service ->
                service.spec().path("type").asText().equals("ExternalName")
                    ? text(service, "/spec/externalName")
                    : NONE),
        Column.text("Port(s)", Columns::ports),
        Column.AGE,
        Column.text("Selector", service -> pairs(service.spec().path("selector"))).wide());
    put(
        all,
        ResourceTypes.INGRESS,
        Column.text("Class", ingress -> text(ingress, "/spec/ingressClassName")),
        Column.text("Hosts", ingress -> each(ingress.spec().path("rules"), "host", "*")),
        Column.text(
            "Address",
            ingress -> each(ingress.status().path("loadBalancer").path("ingress"), "ip", "")),
        Column.text("Ports", ingress -> ingress.spec().has("tls") ? "80, 443" : "80"),
        Column.AGE);
    put(
        all,
        ResourceTypes.HTTP_ROUTE,
        new Column(
            "Hostnames",
            "string",
            "",
            0,
            (route, now) ->
                route.spec().path("hostnames").isEmpty()
                    ? NullNode.getInstance()
                    : new TextNode(route.spec().path("hostnames").toString())),
        Column.AGE);
  }

  private static void configuration(Map<Gvk, List<Column>> all) {
    put(
        all,
        ResourceTypes.NAMESPACE,
        Column.text("Status", namespace -> namespace.status().path("phase").asText("Active")),
        Column.AGE);
    put(
        all,
        ResourceTypes.CONFIG_MAP,
        Column.number(
            "Data", map -> map.tree().path("data").size() + map.tree().path("binaryData").size()),
        Column.AGE);
    put(
        all,
        ResourceTypes.SECRET,
        Column.text("Type", secret -> secret.tree().path("type").asText("Opaque")),
        Column.number("Data", secret -> secret.tree().path("data").size()),
        Column.AGE);
    put(
        all,
        ResourceTypes.SERVICE_ACCOUNT,
        Column.number("Secrets", account -> account.tree().path("secrets").size()),
        Column.AGE);
    put(all, ResourceTypes.LEASE, Column.at("Holder", "/spec/holderIdentity"), Column.AGE);
    all.put(
        ResourceTypes.EVENT.gvk(),
        List.of(
            Column.sinceAt("Last Seen", "/lastTimestamp"),
            Column.at("Type", "/type"),
            Column.at("Reason", "/reason"),
            Column.text(
                "Object",
                event ->
                    event.tree().at("/involvedObject/kind").asText().toLowerCase(Locale.ROOT)
                        + "/"
                        + event.tree().at("/involvedObject/name").asText()),
            Column.text("Message", event -> event.tree().path("message").asText().strip()),
            Column.NAME.wide()));
  }

  private static void serving(Map<Gvk, List<Column>> all) {
    put(
        all,
        ResourceTypes.INFERENCE_SERVICE,
        Column.at("URL", "/status/url"),
        Column.condition("Ready", "Ready", "status"),
        Column.text("Prev", isvc -> traffic(isvc, Columns::isPrevious, "percent")),
        Column.text("Latest", isvc -> traffic(isvc, Columns::isLatest, "percent")),
        Column.text(
            "PrevRolledoutRevision", isvc -> traffic(isvc, Columns::isPrevious, "revisionName")),
        Column.text(
            "LatestReadyRevision", isvc -> traffic(isvc, Columns::isLatest, "revisionName")),
        Column.AGE);
    put(
        all,
        ResourceTypes.INFERENCE_GRAPH,
        Column.at("URL", "/status/url"),
        Column.condition("Ready", "Ready", "status"),
        Column.AGE);
    for (ResourceType runtime :
        List.of(ResourceTypes.SERVING_RUNTIME, ResourceTypes.CLUSTER_SERVING_RUNTIME)) {
      put(
          all,
          runtime,
          Column.at("Disabled", "/spec/disabled"),
          Column.at("ModelType", "/spec/supportedModelFormats/0/name"),
          Column.at("Containers", "/spec/containers/0/name"),
          Column.AGE);
    }
    put(
        all,
        ResourceTypes.KNATIVE_SERVICE,
        Column.at("URL", "/status/url"),
        Column.at("LatestCreated", "/status/latestCreatedRevisionName"),
        Column.at("LatestReady", "/status/latestReadyRevisionName"),
        Column.condition("Ready", "Ready", "status"),
        Column.condition("Reason", "Ready", "reason"));
    put(
        all,
        ResourceTypes.CONFIGURATION,
        Column.at("LatestCreated", "/status/latestCreatedRevisionName"),
        Column.at("LatestReady", "/status/latestReadyRevisionName"),
        Column.condition("Ready", "Ready", "status"),
        Column.condition("Reason", "Ready", "reason"));
    put(
        all,
        ResourceTypes.REVISION,
        Column.at("Config Name", "/metadata/labels/serving.knative.dev~1configuration"),
        Column.at("Generation", "/metadata/labels/serving.knative.dev~1configurationGeneration"),
        Column.condition("Ready", "Ready", "status"),
        Column.condition("Reason", "Ready", "reason"),
        Column.at("Actual Replicas", "/status/actualReplicas"),
        Column.at("Desired Replicas", "/status/desiredReplicas"));
    put(
        all,
        ResourceTypes.ROUTE,
        Column.at("URL", "/status/url"),
        Column.condition("Ready", "Ready", "status"),
        Column.condition("Reason", "Ready", "reason"));
    put(
        all,
        ResourceTypes.POD_AUTOSCALER,
        Column.at("DesiredScale", "/status/desiredScale"),
        Column.at("ActualScale", "/status/actualScale"),
        Column.condition("Ready", "Ready", "status"),
        Column.condition("Reason", "Ready", "reason"));
  }

  private static void put(Map<Gvk, List<Column>> all, ResourceType type, Column... afterName) {
    var columns = new ArrayList<Column>();
    columns.add(Column.NAME);
    columns.addAll(List.of(afterName));
    all.put(type.gvk(), List.copyOf(columns));
  }

  private static String traffic(KubeObject isvc, Predicate<JsonNode> which, String field) {
    return stream(isvc.tree().at("/status/components/predictor/traffic"))
        .filter(which)
        .map(target -> target.path(field).asText())
        .findFirst()
        .orElse("");
  }

  private static boolean isPrevious(JsonNode target) {
    return target.path("tag").asText().equals("prev");
  }

  private static boolean isLatest(JsonNode target) {
    return target.path("latestRevision").asBoolean();
  }

  private static String ports(KubeObject service) {
    String ports =
        stream(service.spec().path("ports"))
            .map(port -> port.path("port").asText() + "/" + port.path("protocol").asText("TCP"))
            .collect(Collectors.joining(","));
    return ports.isEmpty() ? NONE : ports;
  }

  private static String containers(KubeObject workload, String field) {
    return each(workload.tree().at("/spec/template/spec/containers"), field, "");
  }

  private static String selector(KubeObject workload) {
    return pairs(workload.spec().path("selector").path("matchLabels"));
  }

  private static String each(JsonNode list, String field, String fallback) {
    return stream(list)
        .map(item -> item.path(field).asText(fallback))
        .collect(Collectors.joining(","));
  }

  private static String pairs(JsonNode map) {
    return map.properties().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue().asText())
        .collect(Collectors.joining(","));
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static int number(KubeObject object, String pointer) {
    return object.tree().at(pointer).asInt();
  }

  private static String text(KubeObject object, String pointer) {
    return object.tree().at(pointer).asText(NONE);
  }

  private static String orUnset(KubeObject object, String pointer) {
    return object.tree().at(pointer).asText("<unset>");
  }
}
