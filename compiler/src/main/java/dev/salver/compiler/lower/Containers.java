package dev.salver.compiler.lower;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.compiler.check.Amounts;
import dev.salver.compiler.check.Ends;
import dev.salver.compiler.check.GpuPlan;
import dev.salver.compiler.check.Settings;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.value.Value;
import dev.salver.kube.Json;
import java.util.Arrays;
import java.util.Optional;

/** The fields of a container that models, servers of one's own and runtimes share. */
final class Containers {
  private Containers() {}

  /** {@code args} and {@code vars}, where they are set. */
  static void process(Draft draft, ObjectNode container, String... at) {
    ArrayNode args = args(draft.settings());
    if (!args.isEmpty()) {
      container.set("args", args);
      draft.origin(Path.of("args"), with(at, "args"));
    }
    var vars = draft.settings().below("vars");
    if (!vars.isEmpty()) {
      ArrayNode env = container.putArray("env");
      vars.forEach((path, value) -> variable(env.addObject(), path.first(), value));
    }
  }

  /** A secret without a key of its own has the variable's name for key. */
  private static void variable(ObjectNode entry, String name, Value value) {
    entry.put("name", name);
    if (value instanceof Value.Secret secret) {
      entry
          .putObject("valueFrom")
          .putObject("secretKeyRef")
          .put("key", secret.key().isEmpty() ? name : secret.key())
          .put("name", secret.object());
    } else {
      entry.put("value", Settings.text(value));
    }
  }

  /** A list as it stands; {@code x = 1} is {@code --x=1}, {@code x = true} is {@code --x}. */
  private static ArrayNode args(Settings settings) {
    ArrayNode args = Json.array();
    settings.texts("args").forEach(args::add);
    settings
        .below("args")
        .forEach(
            (path, value) -> {
              boolean flag = value instanceof Value.Bool bool && bool.value();
              args.add("--" + path.first() + (flag ? "" : "=" + Settings.text(value)));
            });
    return args;
  }

  /** Requests and limits; an open end is left out. */
  static ObjectNode resources(Ends cpu, Ends memory, Optional<GpuPlan> gpu) {
    ObjectNode limits = Json.object();
    ObjectNode requests = Json.object();
    cpu.high().ifPresent(value -> limits.put("cpu", Amounts.cpu(value)));
    cpu.low().ifPresent(value -> requests.put("cpu", Amounts.cpu(value)));
    memory.high().ifPresent(value -> limits.put("memory", Amounts.size((Value.Size) value)));
    memory.low().ifPresent(value -> requests.put("memory", Amounts.size((Value.Size) value)));
    gpu.ifPresent(
        plan -> {
          limits.put(plan.limit(), Long.toString(plan.count()));
          requests.put(plan.limit(), Long.toString(plan.count()));
        });
    ObjectNode resources = Json.object();
    if (!limits.isEmpty()) {
      resources.set("limits", limits);
    }
    if (!requests.isEmpty()) {
      resources.set("requests", requests);
    }
    return resources;
  }

  /** Where the pod of an accelerator may run. */
  static void nodes(ObjectNode pod, GpuPlan gpu) {
    if (!gpu.node().isEmpty()) {
      ObjectNode selector = pod.putObject("nodeSelector");
      gpu.node().forEach(selector::put);
    }
    if (!gpu.tolerate().isEmpty()) {
      ArrayNode tolerations = pod.putArray("tolerations");
      for (String taint : gpu.tolerate()) {
        tolerations
            .addObject()
            .put("effect", "NoSchedule")
            .put("key", taint)
            .put("operator", "Exists");
      }
    }
  }

  /** The port that a server listens on. */
  static void port(ObjectNode container, long port) {
    container.putArray("ports").addObject().put("containerPort", port).put("protocol", "TCP");
  }

  private static String[] with(String[] at, String key) {
    String[] longer = Arrays.copyOf(at, at.length + 1);
    longer[at.length] = key;
    return longer;
  }
}
