package dev.salver.kube.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Quantity;
import dev.salver.kube.Trees;
import java.util.List;
import java.util.Map;

/** Kubernetes' defaults for a pod spec, in place. */
final class PodDefaults {
  private PodDefaults() {}

  static void fill(ObjectNode pod) {
    Fill.in(pod, "restartPolicy", "Always");
    Fill.in(pod, "dnsPolicy", "ClusterFirst");
    Fill.in(pod, "schedulerName", "default-scheduler");
    Fill.in(pod, "terminationGracePeriodSeconds", 30);
    if (!pod.hasNonNull("securityContext")) {
      pod.putObject("securityContext");
    }
    if (pod.has("serviceAccountName") && !pod.has("serviceAccount")) {
      pod.set("serviceAccount", pod.path("serviceAccountName"));
    }
    for (String list : List.of("containers", "initContainers")) {
      for (JsonNode container : pod.path(list)) {
        if (container instanceof ObjectNode object) {
          container(object);
        }
      }
    }
    for (JsonNode volume : pod.path("volumes")) {
      if (volume instanceof ObjectNode object) {
        volume(object);
      }
    }
  }

  private static void container(ObjectNode container) {
    Fill.in(container, "terminationMessagePath", "/dev/termination-log");
    Fill.in(container, "terminationMessagePolicy", "File");
    Fill.in(container, "imagePullPolicy", pullPolicy(container.path("image").asText()));
    if (!container.hasNonNull("resources")) {
      container.putObject("resources");
    }
    for (JsonNode port : container.path("ports")) {
      Fill.in(port, "protocol", "TCP");
    }
    for (JsonNode env : container.path("env")) {
      if (env.path("valueFrom").path("fieldRef") instanceof ObjectNode field) {
        Fill.in(field, "apiVersion", "v1");
      }
    }
    for (String probe : List.of("readinessProbe", "livenessProbe", "startupProbe")) {
      if (container.path(probe) instanceof ObjectNode object) {
        probe(object);
      }
    }
    resources(container);
  }

  /** {@code Always} for {@code latest} or no tag, as long as no digest is named. */
  static String pullPolicy(String image) {
    if (image.contains("@")) {
      return "IfNotPresent";
    }
    int colon = image.lastIndexOf(':');
    String tag = colon > image.lastIndexOf('/') ? image.substring(colon + 1) : "latest";
    return tag.equals("latest") ? "Always" : "IfNotPresent";
  }

  static void probe(ObjectNode probe) {
    Fill.in(probe, "timeoutSeconds", 1);
    Fill.in(probe, "periodSeconds", 10);
    Fill.in(probe, "successThreshold", 1);
    Fill.in(probe, "failureThreshold", 3);
    if (probe.path("httpGet") instanceof ObjectNode get) {
      Fill.in(get, "path", "/");
      Fill.in(get, "scheme", "HTTP");
    }
    if (probe.path("grpc") instanceof ObjectNode grpc) {
      Fill.in(grpc, "service", "");
    }
  }

  /** A limit is its own request where none is given; quantities become canonical. */
  static void resources(ObjectNode container) {
    if (!(container.path("resources") instanceof ObjectNode resources)) {
      return;
    }
    for (String half : List.of("limits", "requests")) {
      if (resources.path(half) instanceof ObjectNode amounts) {
        for (String name : amounts.properties().stream().map(Map.Entry::getKey).toList()) {
          amounts.put(name, Quantity.canonical(amounts.path(name).asText()));
        }
      }
    }
    Trees.strings(resources.path("limits"))
        .forEach((name, amount) -> Fill.in(Trees.child(resources, "requests"), name, amount));
  }

  private static void volume(ObjectNode volume) {
    for (String source : List.of("secret", "configMap", "downwardAPI", "projected")) {
      if (volume.path(source) instanceof ObjectNode object) {
        Fill.in(object, "defaultMode", 420);
      }
    }
    if (volume.path("hostPath") instanceof ObjectNode path) {
      Fill.in(path, "type", "");
    }
    if (volume.size() == 1) {
      volume.putObject("emptyDir");
    }
  }
}
