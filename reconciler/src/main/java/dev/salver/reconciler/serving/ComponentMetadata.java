package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Json;
import dev.salver.kube.Trees;
import dev.salver.kube.kserve.Component;
import dev.salver.kube.kserve.InferenceService;
import dev.salver.kube.kserve.Keys;
import dev.salver.kube.kserve.ServingConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Labels and annotations of a component's objects: the runtime's, the service's, its own. */
final class ComponentMetadata {
  private ComponentMetadata() {}

  static Map<String, String> labels(
      InferenceService service, Component component, Map<String, String> ofRuntime) {
    var all = new LinkedHashMap<>(ofRuntime);
    all.putAll(service.labels());
    all.putAll(component.labels());
    all.put(Keys.INFERENCE_SERVICE, service.name());
    all.put(Keys.COMPONENT, component.kind().word());
    return all;
  }

  static Map<String, String> annotations(
      InferenceService service,
      Component component,
      Map<String, String> ofRuntime,
      boolean fetchesItself,
      ServingConfig config) {
    var all = new LinkedHashMap<>(passed(ofRuntime, config));
    all.putAll(passed(service.annotations(), config));
    logger(component.spec().path("logger"), all);
    if (component.kind() != Component.Kind.EXPLAINER) {
      batcher(component.spec().path("batcher"), all);
    }
    if (component.kind() == Component.Kind.PREDICTOR) {
      storageSpec(component.block().path("storage"), all);
      Trees.text(component.spec().path("storageContainerName"))
          .filter(name -> !name.isEmpty() && component.storageUri().isPresent())
          .ifPresent(name -> all.put(Keys.STORAGE_CONTAINER_NAME, name));
    }
    component.storageUri().ifPresent(uri -> all.put(Keys.SOURCE_URI, uri));
    if (fetchesItself) {
      all.remove(Keys.SOURCE_URI);
      all.remove(Keys.SALVER_STORAGE);
    }
    all.putAll(passed(component.annotations(), config));
    return all;
  }

  /** Annotations without those that children never get. */
  static Map<String, String> passed(Map<String, String> annotations, ServingConfig config) {
    var result = new LinkedHashMap<>(annotations);
    result.keySet().removeAll(config.keptBackAnnotations());
    return result;
  }

  private static void logger(JsonNode logger, Map<String, String> all) {
    if (!logger.isObject()) {
      return;
    }
    all.put(Keys.LOGGER, "true");
    Trees.text(logger.path("url")).ifPresent(url -> all.put(Keys.LOGGER_SINK_URL, url));
    all.put(Keys.LOGGER_MODE, logger.path("mode").asText());
    if (logger.has("metadataHeaders")) {
      all.put(Keys.LOGGER_HEADERS, String.join(",", Trees.texts(logger.path("metadataHeaders"))));
    }
    if (logger.has("metadataAnnotations")) {
      all.put(
          Keys.LOGGER_ANNOTATIONS,
          String.join(",", Trees.texts(logger.path("metadataAnnotations"))));
    }
  }

  private static void batcher(JsonNode batcher, Map<String, String> all) {
    if (!batcher.isObject()) {
      return;
    }
    all.put(Keys.BATCHER, "true");
    Trees.number(batcher.path("maxBatchSize"))
        .ifPresent(size -> all.put(Keys.BATCHER_SIZE, size.toString()));
    Trees.number(batcher.path("maxLatency"))
        .ifPresent(latency -> all.put(Keys.BATCHER_LATENCY, latency.toString()));
  }

  private static void storageSpec(JsonNode storage, Map<String, String> all) {
    if (!storage.isObject()) {
      return;
    }
    all.put(Keys.STORAGE_SPEC, "true");
    if (storage.path("parameters").isObject()) {
      var sorted = Json.object();
      new TreeMap<>(Trees.strings(storage.path("parameters"))).forEach(sorted::put);
      all.put(Keys.STORAGE_SPEC_PARAM, Json.write(sorted));
    }
    Trees.text(storage.path("key")).ifPresent(key -> all.put(Keys.STORAGE_SPEC_KEY, key));
    Trees.text(storage.path("path"))
        .ifPresent(
            path ->
                all.put(
                    Keys.SOURCE_URI,
                    "<scheme-placeholder>://" + (path.startsWith("/") ? path.substring(1) : path)));
  }
}
