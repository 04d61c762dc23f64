package dev.salver.kube.knative;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The part of a pod spec that a revision template may set. */
final class PodSpecRules {
  /** A revision's own fields lie beside the pod's. */
  private static final Set<String> ALWAYS =
      Set.of(
          "containerConcurrency",
          "timeoutSeconds",
          "responseStartTimeoutSeconds",
          "idleTimeoutSeconds",
          "serviceAccountName",
          "containers",
          "volumes",
          "imagePullSecrets",
          "enableServiceLinks");

  private static final Set<String> SECURITY_CONTEXT =
      Set.of(
          "runAsUser",
          "runAsGroup",
          "runAsNonRoot",
          "fsGroup",
          "supplementalGroups",
          "seccompProfile");

  private PodSpecRules() {}

  static FieldErrors check(JsonNode spec, KnativeFeatures features) {
    JsonNode containers = spec.path("containers");
    JsonNode initContainers = spec.path("initContainers");
    return FieldErrors.onlyAllows(spec, allowed(spec, features))
        .and(securityContext(spec.path("securityContext"), features))
        .and(VolumeRules.check(spec.path("volumes"), mounted(initContainers, containers), features))
        .and(initContainers(initContainers, containers, volumes(spec), features))
        .and(ports(containers).via("containers[*]"))
        .and(containers(containers, volumes(spec), features))
        .and(serviceAccount(spec.path("serviceAccountName").asText("")));
  }

  private static Set<String> allowed(JsonNode spec, KnativeFeatures features) {
    var allowed = new HashSet<>(ALWAYS);
    KnativeFeatures.POD_FIELDS.forEach(
        (field, flag) -> {
          if (features.allows(flag)) {
            allowed.add(field);
          }
        });
    JsonNode automount = spec.path("automountServiceAccountToken");
    if (automount.isBoolean() && !automount.booleanValue()) {
      allowed.add("automountServiceAccountToken");
    }
    return allowed;
  }

  private static FieldErrors securityContext(JsonNode context, KnativeFeatures features) {
    if (!context.isObject()) {
      return FieldErrors.NONE;
    }
    boolean on = features.allows("kubernetes.podspec-securitycontext");
    return FieldErrors.onlyAllows(context, on ? SECURITY_CONTEXT : Set.of())
        .and(ContainerRules.userIds(context))
        .via("securityContext");
  }

  private static Set<String> mounted(JsonNode initContainers, JsonNode containers) {
    var names = new HashSet<String>();
    for (JsonNode list : new JsonNode[] {initContainers, containers}) {
      list.forEach(
          container ->
              container
                  .path("volumeMounts")
                  .forEach(mount -> names.add(mount.path("name").asText())));
    }
    return names;
  }

  private static Map<String, JsonNode> volumes(JsonNode spec) {
    var volumes = new HashMap<String, JsonNode>();
    spec.path("volumes").forEach(volume -> volumes.put(volume.path("name").asText(), volume));
    return volumes;
  }

  private static FieldErrors initContainers(
      JsonNode initContainers,
      JsonNode containers,
      Map<String, JsonNode> volumes,
      KnativeFeatures features) {
    if (initContainers.isEmpty()) {
      return FieldErrors.NONE;
    }
    if (!features.allows("kubernetes.podspec-init-containers")) {
      return FieldErrors.of(
          "pod spec support for init-containers is off, but found "
              + initContainers.size()
              + " init containers");
    }
    var names = new HashSet<String>();
    containers.forEach(container -> names.add(container.path("name").asText()));
    FieldErrors errors = FieldErrors.NONE;
    for (int i = 0; i < initContainers.size(); i++) {
      JsonNode container = initContainers.get(i);
      FieldErrors found = ContainerRules.initContainer(container, volumes, features);
      if (!names.add(container.path("name").asText())) {
        found = found.and(duplicate(container));
      }
      errors = errors.and(found.via("containers", i));
    }
    return errors;
  }

  private static FieldErrors ports(JsonNode containers) {
    int count = 0;
    for (JsonNode container : containers) {
      count += container.path("ports").size();
    }
    if (count == 0 && containers.size() > 1) {
      return FieldErrors.missing("ports");
    }
    return count > 1
        ? FieldErrors.detailed(
            "more than one container port is set",
            "Only a single port is allowed across all containers",
            "ports")
        : FieldErrors.NONE;
  }

  private static FieldErrors containers(
      JsonNode containers, Map<String, JsonNode> volumes, KnativeFeatures features) {
    if (containers.isEmpty()) {
      return FieldErrors.missing("containers");
    }
    String port = portName(containers);
    if (containers.size() == 1) {
      return ContainerRules.serving(containers.get(0), port, volumes, features)
          .via("containers", 0);
    }
    if (!features.allows("multi-container")) {
      return FieldErrors.of(
          "multi-container is off, but found " + containers.size() + " containers");
    }
    FieldErrors errors = FieldErrors.NONE;
    var names = new HashSet<String>();
    for (int i = 0; i < containers.size(); i++) {
      JsonNode container = containers.get(i);
      FieldErrors found =
          container.path("ports").isEmpty()
              ? ContainerRules.sidecar(container, volumes, features)
              : ContainerRules.serving(container, port, volumes, features);
      if (!names.add(container.path("name").asText())) {
        found = duplicate(container).and(found);
      }
      errors = errors.and(found.via("containers", i));
    }
    return errors;
  }

  private static String portName(JsonNode containers) {
    String name = "";
    for (JsonNode container : containers) {
      if (!container.path("ports").isEmpty()) {
        name = container.path("ports").path(0).path("name").asText("");
      }
    }
    return name.isEmpty() ? "http" : name;
  }

  private static FieldErrors duplicate(JsonNode container) {
    return FieldErrors.of(
        "duplicate container name \"" + container.path("name").asText() + "\"", "name");
  }

  private static FieldErrors serviceAccount(String name) {
    String problem = name.isEmpty() ? "" : DnsNames.subdomain1123(name);
    return problem.isEmpty()
        ? FieldErrors.NONE
        : FieldErrors.detailed("invalid value: " + name, problem, "serviceAccountName");
  }
}
