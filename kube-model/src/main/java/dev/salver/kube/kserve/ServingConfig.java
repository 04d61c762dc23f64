package dev.salver.kube.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * KServe's ConfigMap {@code inferenceservice-config}: one JSON text per key. What a ConfigMap does
 * not set has the value that KServe ships. Salver adds {@code ingress.urlPort}: a port that enters
 * URLs and never hosts.
 *
 * @param sections by key, complete; the trees must not be changed
 */
public record ServingConfig(Map<String, JsonNode> sections) {
  /** What was read, and what was wrong with it; a bad section counts as not there. */
  public record Reading(ServingConfig config, List<String> problems) {}

  /** As KServe ships it. */
  public static final ServingConfig DEFAULT = new ServingConfig(ServingDefaults.SECTIONS);

  /** Reads a ConfigMap; never fails, each problem names its key. */
  public static Reading read(KubeObject configMap) {
    var problems = new ArrayList<String>();
    var sections = new LinkedHashMap<>(ServingDefaults.SECTIONS);
    for (var entry : Trees.strings(configMap.tree().path("data")).entrySet()) {
      String key = entry.getKey();
      if (key.startsWith("_")) {
        continue;
      }
      try {
        JsonNode given = Json.parse(entry.getValue());
        if (given instanceof ObjectNode object) {
          var merged = Trees.copy(sections.getOrDefault(key, Json.object()));
          merged.setAll(object);
          sections.put(key, merged);
        } else {
          problems.add(configMap.name() + ": " + key + " is not a JSON object");
        }
      } catch (IllegalArgumentException e) {
        problems.add(configMap.name() + ": " + key + " is not JSON: " + e.getMessage());
      }
    }
    var config = new ServingConfig(Map.copyOf(sections));
    ConfigCheck.problems(config).forEach(p -> problems.add(configMap.name() + ": " + p));
    return new Reading(config, List.copyOf(problems));
  }

  /** A section; an empty object where there is none of the name. */
  public JsonNode section(String key) {
    return sections.getOrDefault(key, Json.object());
  }

  /** The mode of services that name none. A mode that KServe does not know counts as Knative. */
  public DeploymentMode defaultMode() {
    return DeploymentMode.of(section("deploy").path("defaultDeploymentMode").asText())
        .orElse(DeploymentMode.KNATIVE);
  }

  public String ingress(String field) {
    return section("ingress").path(field).asText();
  }

  public boolean gatewayApi() {
    return section("ingress").path("enableGatewayApi").asBoolean();
  }

  public boolean ingressDisabled() {
    return section("ingress").path("disableIngressCreation").asBoolean();
  }

  public boolean istioVirtualHost() {
    return !section("ingress").path("disableIstioVirtualHost").asBoolean();
  }

  public String ingressDomain() {
    return ingress("ingressDomain");
  }

  public String urlScheme() {
    return ingress("urlScheme");
  }

  /** The port that URLs name; absent for the scheme's own. */
  public Optional<Integer> urlPort() {
    return Trees.number(section("ingress").path("urlPort"))
        .filter(port -> port > 0 && port < 65536)
        .map(Long::intValue);
  }

  /** Where VirtualServices send traffic for Knative. */
  public String knativeLocalGatewayService() {
    String own = ingress("knativeLocalGatewayService");
    return own.isEmpty() ? ingress("localGatewayService") : own;
  }

  /** Annotations of a service that never reach its children. */
  public List<String> keptBackAnnotations() {
    return keptBack(Keys.KEPT_BACK_ANNOTATIONS, "serviceAnnotationDisallowedList");
  }

  /** Labels of a service that never reach a revision's template. */
  public List<String> keptBackLabels() {
    return keptBack(Keys.KEPT_BACK_LABELS, "serviceLabelDisallowedList");
  }

  /** Whether pods get a service account token unless they say otherwise. */
  public boolean mountsToken() {
    return section("security").path("autoMountServiceAccountToken").asBoolean();
  }

  /** {@code limits} and {@code requests} for a section's container, absent ones left out. */
  public ObjectNode resources(String key) {
    JsonNode from = key.equals("inferenceService") ? section(key).path("resource") : section(key);
    ObjectNode result = Json.object();
    put(result, "limits", "cpu", from.path("cpuLimit"));
    put(result, "limits", "memory", from.path("memoryLimit"));
    put(result, "requests", "cpu", from.path("cpuRequest"));
    put(result, "requests", "memory", from.path("memoryRequest"));
    return result;
  }

  private static void put(ObjectNode to, String half, String resource, JsonNode amount) {
    if (!amount.asText().isEmpty()) {
      to.withObjectProperty(half).put(resource, amount.asText());
    }
  }

  private List<String> keptBack(List<String> always, String field) {
    var all = new ArrayList<>(always);
    all.addAll(Trees.texts(section("inferenceService").path(field)));
    return all;
  }
}
