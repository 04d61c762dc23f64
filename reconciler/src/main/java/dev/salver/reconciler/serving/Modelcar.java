package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.Trees;
import dev.salver.kube.kserve.Keys;
import dev.salver.kube.kserve.ServingConfig;
import java.util.List;
import java.util.Optional;

/**
 * A model that is a container image ({@code oci://}): it runs beside the server, which sees its
 * files through the shared process namespace.
 */
final class Modelcar {
  private static final String VOLUME = "kserve-provision-location";

  private Modelcar() {}

  static Optional<Failure> add(
      ObjectNode pod, List<ObjectNode> readers, String uri, ServingConfig config) {
    JsonNode settings = config.section("storageInitializer");
    String mode = settings.path("ociModelMode").asText();
    boolean enabled =
        settings.path("enableModelcar").asBoolean()
            || settings.path("enableOciModelSupport").asBoolean();
    if (!uri.startsWith("oci://") || !(mode.isEmpty() || mode.equals("modelcar")) || !enabled) {
      return Optional.of(
          Failure.of(
              "OciModeNotCarried",
              "only oci:// with a modelcar is rendered, and storageInitializer.enableModelcar must"
                  + " be true; "
                  + uri
                  + " asks for something else"));
    }
    String image = uri.substring("oci://".length());
    for (ObjectNode reader : readers) {
      PodEdits.setEnv(reader, "MODEL_INIT_MODE", "async");
      PodEdits.mount(reader, VOLUME, "/mnt", "", false);
      Trees.number(settings.path("uidModelcar"))
          .ifPresent(
              uid ->
                  reader.withObjectProperty("securityContext").put("runAsUser", uid.longValue()));
    }
    ObjectNode car =
        container(
            "modelcar",
            image,
            "ln -sf /proc/$$$$/root/models " + Keys.MODEL_PATH + " && sleep infinity",
            settings);
    Trees.number(settings.path("uidModelcar"))
        .ifPresent(uid -> car.putObject("securityContext").put("runAsUser", uid.longValue()));
    PodEdits.mount(car, VOLUME, "/mnt", "", false);
    pod.withArrayProperty("containers").add(car);
    pod.withArrayProperty("initContainers")
        .insert(
            0,
            container(
                "modelcar-init",
                image,
                "echo 'Pre-fetching modelcar "
                    + image
                    + ": ' && [ -d /models ] && [ \"$$(ls -A /models)\" ] && echo 'OK ... Prefetched"
                    + " and valid (/models exists)' || (echo 'NOK ... Prefetched but modelcar is"
                    + " invalid (/models does not exist or is empty)' && exit 1)",
                settings));
    pod.put("shareProcessNamespace", true);
    PodEdits.emptyDir(pod, VOLUME);
    return Optional.empty();
  }

  private static ObjectNode container(String name, String image, String script, JsonNode settings) {
    ObjectNode container = Json.object().put("name", name).put("image", image);
    container.set("args", Trees.list(List.of("sh", "-c", script)));
    for (String half : List.of("limits", "requests")) {
      container
          .withObjectProperty("resources")
          .putObject(half)
          .put("cpu", settings.path("cpuModelcar").asText("10m"))
          .put("memory", settings.path("memoryModelcar").asText("15Mi"));
    }
    return container.put("terminationMessagePolicy", "FallbackToLogsOnError");
  }
}
