package dev.salver.kube.knative;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Containers of a revision template: the serving one, sidecars and init containers. */
final class ContainerRules {
  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "args",
          "command",
          "env",
          "workingDir",
          "envFrom",
          "image",
          "imagePullPolicy",
          "livenessProbe",
          "ports",
          "readinessProbe",
          "resources",
          "securityContext",
          "startupProbe",
          "terminationMessagePath",
          "terminationMessagePolicy",
          "volumeMounts");
  private static final Set<String> SECURITY_CONTEXT =
      Set.of(
          "capabilities",
          "readOnlyRootFilesystem",
          "runAsUser",
          "runAsGroup",
          "runAsNonRoot",
          "allowPrivilegeEscalation",
          "seccompProfile");
  private static final Set<String> KNATIVE_ENV =
      Set.of("K_SERVICE", "K_CONFIGURATION", "K_REVISION");

  /** Ports of Knative's own sidecar: proxy, HTTP/2, admin, two for metrics, profiling. */
  private static final Set<Long> RESERVED_PORTS = Set.of(8012L, 8013L, 8022L, 9090L, 9091L, 8008L);

  private static final Pattern IMAGE =
      Pattern.compile(
          "([A-Za-z0-9.-]+(:\\d+)?/)?[a-z0-9_./-]{1,255}(:[\\w][\\w.-]{0,127})?"
              + "(@sha256:[0-9a-f]{64})?");

  private ContainerRules() {}

  static FieldErrors serving(
      JsonNode container,
      String portName,
      Map<String, JsonNode> volumes,
      KnativeFeatures features) {
    return ProbeRules.probe(container.path("livenessProbe"), portName)
        .via("livenessProbe")
        .and(ProbeRules.readiness(container.path("readinessProbe"), portName).via("readinessProbe"))
        .and(ProbeRules.probe(container.path("startupProbe"), portName).via("startupProbe"))
        .and(common(container, true, false, volumes, features));
  }

  static FieldErrors sidecar(
      JsonNode container, Map<String, JsonNode> volumes, KnativeFeatures features) {
    FieldErrors errors = FieldErrors.NONE;
    for (String probe : new String[] {"livenessProbe", "readinessProbe", "startupProbe"}) {
      errors = errors.and(FieldErrors.onlyAllows(container.path(probe), Set.of()).via(probe));
    }
    return errors.and(common(container, false, false, volumes, features));
  }

  static FieldErrors initContainer(
      JsonNode container, Map<String, JsonNode> volumes, KnativeFeatures features) {
    FieldErrors errors = FieldErrors.NONE;
    for (String field :
        new String[] {"livenessProbe", "readinessProbe", "startupProbe", "lifecycle"}) {
      if (container.hasNonNull(field)) {
        errors = errors.and(FieldErrors.of("field not allowed in an init container", field));
      }
    }
    return errors.and(common(container, false, true, volumes, features));
  }

  private static FieldErrors common(
      JsonNode container,
      boolean serving,
      boolean init,
      Map<String, JsonNode> volumes,
      KnativeFeatures features) {
    if (container.isEmpty()) {
      return FieldErrors.missing("");
    }
    FieldErrors errors = FieldErrors.onlyAllows(container, FIELDS);
    if (container.path("name").asText().equals("queue-proxy")) {
      errors = errors.and(FieldErrors.of("\"queue-proxy\" is a reserved container name", "name"));
    }
    return errors
        .and(env(container.path("env"), serving, features))
        .and(envFrom(container.path("envFrom")).via("envFrom"))
        .and(image(container.path("image").asText("")))
        .and(ports(container.path("ports"), init).via("ports"))
        .and(
            FieldErrors.onlyAllows(container.path("resources"), Set.of("limits", "requests"))
                .via("resources"))
        .and(securityContext(container.path("securityContext"), features).via("securityContext"))
        .and(terminationPolicy(container.path("terminationMessagePolicy").asText("")))
        .and(mounts(container.path("volumeMounts"), volumes, features).via("volumeMounts"));
  }

  private static FieldErrors env(JsonNode env, boolean serving, KnativeFeatures features) {
    FieldErrors errors = FieldErrors.NONE;
    Set<String> sources =
        features.allows("kubernetes.podspec-fieldref")
            ? Set.of("configMapKeyRef", "secretKeyRef", "fieldRef", "resourceFieldRef")
            : Set.of("configMapKeyRef", "secretKeyRef");
    for (int i = 0; i < env.size(); i++) {
      JsonNode variable = env.get(i);
      String name = variable.path("name").asText("");
      FieldErrors found = FieldErrors.onlyAllows(variable, Set.of("name", "value", "valueFrom"));
      if (name.isEmpty()) {
        found = found.and(FieldErrors.missing("name"));
      } else if (KNATIVE_ENV.contains(name) || (serving && name.equals("PORT"))) {
        found =
            found.and(
                FieldErrors.of("\"" + name + "\" is a reserved environment variable", "name"));
      }
      found =
          found.and(FieldErrors.onlyAllows(variable.path("valueFrom"), sources).via("valueFrom"));
      errors = errors.and(found.via("env", i));
    }
    return errors;
  }

  private static FieldErrors envFrom(JsonNode sources) {
    FieldErrors errors = FieldErrors.NONE;
    for (int i = 0; i < sources.size(); i++) {
      JsonNode source = sources.get(i);
      errors =
          errors.and(
              FieldErrors.onlyAllows(source, Set.of("prefix", "configMapRef", "secretRef"))
                  .via("[" + i + "]"));
      boolean configMap = source.hasNonNull("configMapRef");
      boolean secret = source.hasNonNull("secretRef");
      if (configMap == secret) {
        errors =
            errors.and(
                FieldErrors.of(
                    "expected exactly one, got " + (secret ? "both" : "neither"),
                    "configMapRef",
                    "secretRef"));
      }
    }
    return errors;
  }

  private static FieldErrors image(String image) {
    if (image.isEmpty()) {
      return FieldErrors.missing("image");
    }
    return image.length() <= 1000 && IMAGE.matcher(image).matches()
        ? FieldErrors.NONE
        : FieldErrors.detailed(
            "Failed to parse image reference",
            "image: \"" + image + "\", error: could not parse reference: " + image,
            "image");
  }

  private static FieldErrors ports(JsonNode ports, boolean init) {
    FieldErrors errors = FieldErrors.NONE;
    int checked = init ? ports.size() : Math.min(1, ports.size());
    for (int i = 0; i < checked; i++) {
      JsonNode port = ports.get(i);
      long number = port.path("containerPort").asLong();
      errors =
          errors.and(FieldErrors.onlyAllows(port, Set.of("containerPort", "name", "protocol")));
      if (RESERVED_PORTS.contains(number)) {
        errors =
            errors.and(
                FieldErrors.detailed(
                    "invalid value: " + number + " is a reserved port",
                    number + " is a reserved port, please use a different value",
                    "containerPort"));
      }
      if (number < 0 || number > 65535) {
        errors = errors.and(FieldErrors.outOfBounds(number, 0, 65535, "containerPort"));
      }
      if (init) {
        continue;
      }
      String protocol = port.path("protocol").asText("");
      if (!Set.of("", "TCP").contains(protocol)) {
        errors = errors.and(FieldErrors.invalid(protocol, "protocol"));
      }
      String name = port.path("name").asText("");
      if (!Set.of("", "h2c", "http1").contains(name)) {
        errors =
            errors.and(
                FieldErrors.detailed(
                    "Port name " + name + " is not allowed",
                    "Name must be empty, or one of: 'h2c', 'http1'",
                    ""));
      }
    }
    return errors;
  }

  private static FieldErrors securityContext(JsonNode context, KnativeFeatures features) {
    var allowed = new HashSet<>(SECURITY_CONTEXT);
    if (context.path("privileged").isBoolean() && !context.path("privileged").booleanValue()) {
      allowed.add("privileged");
    }
    var capabilities = new HashSet<>(Set.of("drop"));
    if (features.allows("kubernetes.containerspec-addcapabilities")) {
      capabilities.add("add");
    }
    return FieldErrors.onlyAllows(context, allowed)
        .and(FieldErrors.onlyAllows(context.path("capabilities"), capabilities).via("capabilities"))
        .and(userIds(context));
  }

  /** User and group ids of a container's or a pod's security context. */
  static FieldErrors userIds(JsonNode context) {
    FieldErrors errors = FieldErrors.NONE;
    for (String field : new String[] {"runAsUser", "runAsGroup", "fsGroup"}) {
      long id = context.path(field).asLong();
      if (id < 0 || id > Integer.MAX_VALUE) {
        errors = errors.and(FieldErrors.outOfBounds(id, 0, Integer.MAX_VALUE, field));
      }
    }
    return errors;
  }

  private static FieldErrors terminationPolicy(String policy) {
    return Set.of("", "File", "FallbackToLogsOnError").contains(policy)
        ? FieldErrors.NONE
        : FieldErrors.invalid(policy, "terminationMessagePolicy");
  }

  private static FieldErrors mounts(
      JsonNode mounts, Map<String, JsonNode> volumes, KnativeFeatures features) {
    FieldErrors errors = FieldErrors.NONE;
    var allowed = new HashSet<>(Set.of("name", "readOnly", "mountPath", "subPath"));
    if (features.allows("kubernetes.podspec-volumes-mount-propagation")) {
      allowed.add("mountPropagation");
    }
    var paths = new HashSet<String>();
    for (int i = 0; i < mounts.size(); i++) {
      JsonNode mount = mounts.get(i);
      FieldErrors found =
          FieldErrors.onlyAllows(mount, allowed)
              .and(mount(mount, volumes.get(mount.path("name").asText("")), paths));
      errors = errors.and(found.via("[" + i + "]"));
    }
    return errors;
  }

  private static FieldErrors mount(JsonNode mount, @Nullable JsonNode volume, Set<String> paths) {
    FieldErrors errors = FieldErrors.NONE;
    if (volume == null) {
      errors = FieldErrors.of("volumeMount has no matching volume", "name");
    }
    String path = mount.path("mountPath").asText("");
    String clean = clean(path);
    if (path.isEmpty()) {
      errors = errors.and(FieldErrors.missing("mountPath"));
    } else if (Set.of("/", "/dev", "/dev/log").contains(clean)) {
      errors =
          errors.and(FieldErrors.of("mountPath \"" + clean + "\" is a reserved path", "mountPath"));
    } else if (!path.startsWith("/")) {
      errors = errors.and(FieldErrors.invalid(path, "mountPath"));
    } else if (paths.contains(clean)) {
      errors = errors.and(FieldErrors.invalid("\"" + path + "\" must be unique", "mountPath"));
    }
    paths.add(clean);
    boolean writable =
        volume != null
            && (volume.hasNonNull("emptyDir")
                || volume.hasNonNull("persistentVolumeClaim")
                || volume.hasNonNull("ephemeral"));
    boolean readOnly = mount.path("readOnly").asBoolean();
    if (!writable && !readOnly) {
      errors =
          errors.and(
              FieldErrors.of(
                  "volume mount should be readOnly for this type of volume", "readOnly"));
    }
    if (volume != null
        && volume.path("persistentVolumeClaim").path("readOnly").asBoolean()
        && !readOnly) {
      errors = errors.and(FieldErrors.of("volume is readOnly but volume mount is not", "readOnly"));
    }
    return errors;
  }

  /** Without empty, {@code .} and {@code ..} parts. */
  private static String clean(String path) {
    var parts = new ArrayDeque<String>();
    for (String part : path.split("/")) {
      switch (part) {
        case "", "." -> {}
        case ".." -> parts.pollLast();
        default -> parts.addLast(part);
      }
    }
    return (path.startsWith("/") ? "/" : "") + String.join("/", parts);
  }
}
