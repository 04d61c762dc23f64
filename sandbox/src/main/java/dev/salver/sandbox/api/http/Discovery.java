package dev.salver.sandbox.api.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Gvk;
import dev.salver.kube.Json;
import dev.salver.kube.ResourceType;
import dev.salver.sandbox.api.ApiException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What is served, told group by group or all at once ({@code apidiscovery.k8s.io/v2}). */
final class Discovery {
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  private static final List<String> SUBRESOURCE_VERBS = List.of("get", "patch", "update");

  /** What {@code kubectl get all} shows. */
  private static final Set<String> IN_ALL =
      Set.of(
          "Pod",
          "Service",
          "Deployment",
          "ReplicaSet",
          "HorizontalPodAutoscaler",
          "InferenceService",
          "Configuration",
          "Revision",
          "Route");

  private final Map<String, Map<String, List<ResourceType>>> groups = new LinkedHashMap<>();

  Discovery(List<ResourceType> types) {
    for (ResourceType type : types) {
      groups
          .computeIfAbsent(type.gvk().group(), group -> new LinkedHashMap<>())
          .computeIfAbsent(type.gvk().version(), version -> new ArrayList<>())
          .add(type);
    }
  }

  /** {@code /api} and {@code /api/v1}. */
  Reply core(Call call, List<String> path) {
    if (!path.isEmpty()) {
      return resources("", path.getFirst());
    }
    if (wantsAggregated(call)) {
      return aggregated(List.of(""));
    }
    ObjectNode versions = Json.object().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    versions.putArray("serverAddressByClientCIDRs");
    return Reply.json(200, versions);
  }

  /** {@code /apis}, {@code /apis/GROUP} and {@code /apis/GROUP/VERSION}. */
  Reply groups(Call call, List<String> path) {
    var named = groups.keySet().stream().filter(group -> !group.isEmpty()).toList();
    if (path.isEmpty()) {
      if (wantsAggregated(call)) {
        return aggregated(named);
      }
      ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
      ArrayNode all = list.putArray("groups");
      named.forEach(group -> all.add(group(group)));
      return Reply.json(200, list);
    }
    if (!named.contains(path.getFirst())) {
      throw Router.notFound();
    }
    if (path.size() == 1) {
      ObjectNode group = Json.object().put("kind", "APIGroup").put("apiVersion", "v1");
      return Reply.json(200, group.setAll(group(path.getFirst())));
    }
    return resources(path.getFirst(), path.get(1));
  }

  private ObjectNode group(String name) {
    ObjectNode group = Json.object().put("name", name);
    ArrayNode versions = group.putArray("versions");
    for (String version : of(name).keySet()) {
      versions.addObject().put("groupVersion", name + "/" + version).put("version", version);
    }
    group.set("preferredVersion", versions.get(0));
    return group;
  }

  private Reply resources(String group, String version) {
    List<ResourceType> types = of(group).get(version);
    if (types == null) {
      throw Router.notFound();
    }
    ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
    list.put("groupVersion", new Gvk(group, version, "").apiVersion());
    ArrayNode resources = list.putArray("resources");
    for (ResourceType type : types) {
      ObjectNode resource =
          resources
              .addObject()
              .put("name", type.plural())
              .put("singularName", singular(type))
              .put("namespaced", type.namespaced())
              .put("kind", type.gvk().kind());
      names(resource.putArray("verbs"), VERBS);
      describe(resource, type);
      for (String subresource : subresources(type)) {
        names(
            resources
                .addObject()
                .put("name", type.plural() + "/" + subresource)
                .put("singularName", "")
                .put("namespaced", type.namespaced())
                .put("kind", type.gvk().kind())
                .putArray("verbs"),
            subresource.equals("log") ? List.of("get") : SUBRESOURCE_VERBS);
      }
    }
    return Reply.json(200, list);
  }

  private Reply aggregated(List<String> names) {
    ObjectNode list = Json.object();
    list.put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/v2");
    list.putObject("metadata");
    ArrayNode items = list.putArray("items");
    for (String name : names) {
      ObjectNode item = items.addObject();
      item.putObject("metadata").put("name", name);
      ArrayNode versions = item.putArray("versions");
      of(name)
          .forEach(
              (version, types) -> {
                ObjectNode entry = versions.addObject().put("version", version);
                ArrayNode resources = entry.putArray("resources");
                types.forEach(type -> resources.add(aggregated(type)));
                entry.put("freshness", "Current");
              });
    }
    return Reply.json(200, AGGREGATED, list);
  }

  private static ObjectNode aggregated(ResourceType type) {
    ObjectNode resource = Json.object().put("resource", type.plural());
    resource.set("responseKind", kind(type));
    resource
        .put("scope", type.namespaced() ? "Namespaced" : "Cluster")
        .put("singularResource", singular(type));
    names(resource.putArray("verbs"), VERBS);
    describe(resource, type);
    List<String> below = subresources(type);
    if (!below.isEmpty()) {
      ArrayNode subresources = resource.putArray("subresources");
      for (String subresource : below) {
        ObjectNode entry = subresources.addObject().put("subresource", subresource);
        entry.set("responseKind", kind(type));
        names(
            entry.putArray("verbs"),
            subresource.equals("log") ? List.of("get") : SUBRESOURCE_VERBS);
      }
    }
    return resource;
  }

  private static void describe(ObjectNode resource, ResourceType type) {
    if (!type.shortNames().isEmpty()) {
      names(resource.putArray("shortNames"), type.shortNames());
    }
    if (IN_ALL.contains(type.gvk().kind())) {
      resource.putArray("categories").add("all");
    }
  }

  private static List<String> subresources(ResourceType type) {
    var result = new ArrayList<String>();
    if (type.hasStatus()) {
      result.add("status");
    }
    if (Scale.supports(type)) {
      result.add("scale");
    }
    if (type.gvk().equals(Gvk.of("v1", "Pod"))) {
      result.add("log");
    }
    return result;
  }

  private Map<String, List<ResourceType>> of(String group) {
    return groups.getOrDefault(group, Map.of());
  }

  private static ObjectNode kind(ResourceType type) {
    return Json.object()
        .put("group", type.gvk().group())
        .put("version", type.gvk().version())
        .put("kind", type.gvk().kind());
  }

  private static String singular(ResourceType type) {
    return type.gvk().kind().toLowerCase(Locale.ROOT);
  }

  private static void names(ArrayNode into, List<String> names) {
    names.forEach(into::add);
  }

  private static boolean wantsAggregated(Call call) {
    String accept = call.header("accept").replace(" ", "");
    boolean wanted = accept.contains("g=apidiscovery.k8s.io") && accept.contains("v=v2;");
    wanted |= accept.contains("g=apidiscovery.k8s.io") && accept.contains("v=v2,");
    if (accept.isEmpty() || accept.contains("application/json") || accept.contains("*/*")) {
      return wanted;
    }
    throw new ApiException(406, "NotAcceptable", "only application/json is served here");
  }
}
