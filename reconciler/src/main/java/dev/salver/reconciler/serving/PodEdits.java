package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.Trees;
import java.util.List;
import java.util.Optional;

/** Small changes to a pod spec, in place. */
final class PodEdits {
  private PodEdits() {}

  static Optional<ObjectNode> container(ObjectNode pod, String name) {
    return Trees.named(pod.path("containers"), name);
  }

  /** Sets a variable; one of the name that is there is overwritten. */
  static void setEnv(ObjectNode container, String name, String value) {
    var env = container.withArrayProperty("env");
    Trees.named(env, name)
        .ifPresentOrElse(
            there -> there.put("value", value), () -> env.add(Trees.pair(name, value)));
  }

  /** Adds a variable where none of the name is there. */
  static void addEnv(ObjectNode container, JsonNode variable) {
    var env = container.withArrayProperty("env");
    if (Trees.named(env, variable.path("name").asText()).isEmpty()) {
      env.add(variable);
    }
  }

  /** Mounts a volume where the container does not mount it yet; an empty sub-path is left out. */
  static void mount(
      ObjectNode container, String volume, String path, String subPath, boolean readOnly) {
    var mounts = container.withArrayProperty("volumeMounts");
    if (Trees.named(mounts, volume).isPresent()) {
      return;
    }
    ObjectNode mount = mounts.addObject().put("name", volume).put("mountPath", path);
    if (readOnly) {
      mount.put("readOnly", true);
    }
    if (!subPath.isEmpty()) {
      mount.put("subPath", subPath);
    }
  }

  /** Adds a volume where none of the name is there. */
  static void volume(ObjectNode pod, String name, String source, ObjectNode of) {
    var volumes = pod.withArrayProperty("volumes");
    if (Trees.named(volumes, name).isEmpty()) {
      volumes.addObject().put("name", name).set(source, of);
    }
  }

  static void emptyDir(ObjectNode pod, String name) {
    volume(pod, name, "emptyDir", Json.object());
  }

  /** Whether an argument is there, alone or with a value behind {@code =}. */
  static boolean hasArgument(JsonNode args, String name) {
    return Trees.texts(args).stream().anyMatch(arg -> arg.split("=", 2)[0].equals(name));
  }

  static void addArguments(ObjectNode container, List<String> arguments) {
    var args = container.withArrayProperty("args");
    arguments.forEach(args::add);
  }
}
