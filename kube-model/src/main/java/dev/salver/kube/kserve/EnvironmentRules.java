package dev.salver.kube.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Environment variables that KServe does not admit. */
final class EnvironmentRules {
  static final List<String> BLOCKED = List.of("PYTHONPATH");

  private EnvironmentRules() {}

  static Optional<String> refusal(InferenceService service) {
    JsonNode predictor = service.predictor().spec();
    var containers = new ArrayList<JsonNode>();
    predictor.path("containers").forEach(containers::add);
    predictor.path("initContainers").forEach(containers::add);
    containers.add(predictor.path("model"));
    Component.FRAMEWORKS.forEach(block -> containers.add(predictor.path(block)));
    predictor.path("workerSpec").path("containers").forEach(containers::add);
    predictor.path("workerSpec").path("initContainers").forEach(containers::add);
    for (var other : List.of(service.transformer(), service.explainer())) {
      other.ifPresent(
          component -> {
            component.spec().path("containers").forEach(containers::add);
            component.spec().path("initContainers").forEach(containers::add);
            containers.add(component.spec().path("art"));
          });
    }
    for (JsonNode container : containers) {
      for (JsonNode env : container.path("env")) {
        if (BLOCKED.contains(env.path("name").asText())) {
          return Optional.of(
              "the InferenceService \""
                  + service.name()
                  + "\" is invalid: setting "
                  + env.path("name").asText()
                  + " in container \""
                  + container.path("name").asText()
                  + "\" is not allowed for security reasons");
        }
      }
    }
    return Optional.empty();
  }

  /** A transformer beside the predictor shares the predictor's model and names none. */
  static Optional<String> collocatedStorage(InferenceService service) {
    return service.predictor().containers().stream()
        .filter(c -> c.path("name").asText().equals(Keys.TRANSFORMER_CONTAINER))
        .limit(1)
        .flatMap(c -> Trees.items(c.path("env")).stream())
        .filter(env -> env.path("name").asText().equals("STORAGE_URI"))
        .findFirst()
        .map(env -> "storage uri should not be specified in transformer container");
  }
}
