package dev.salver.kube.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What KServe asks of {@code spec.canary}. */
final class CanaryRules {
  private static final List<String> FIXED =
      List.of("maxReplicas", "scaleTarget", "scaleMetric", "autoScaling");

  private CanaryRules() {}

  static Optional<String> refusal(InferenceService service) {
    JsonNode canaries = service.object().spec().path("canary");
    if (canaries.isEmpty()) {
      return Optional.empty();
    }
    Component stable = service.predictor();
    if (!service.annotations().getOrDefault(Keys.DEPLOYMENT_MODE, "").equals("Standard")) {
      return Optional.of("canary is only supported in Standard deployment mode");
    }
    if (stable.storageUri().isEmpty() && !service.model().isObject()) {
      return Optional.of(
          "canary requires a stable predictor with a model (multi-model serving is not supported"
              + " with canary)");
    }
    var names = new HashSet<String>();
    long total = 0;
    for (int i = 0; i < canaries.size(); i++) {
      var canary = new Component(Component.Kind.PREDICTOR, canaries.get(i).path("predictor"));
      long percent = canaries.get(i).path("trafficPercent").asLong();
      if (canary.subname().isEmpty()) {
        return Optional.of("canary[" + i + "] predictor.name is required");
      }
      if (!names.add(canary.subname())) {
        return Optional.of("canary predictor.name \"" + canary.subname() + "\" is duplicated");
      }
      Optional<String> wrong = one(canary, stable, percent);
      if (wrong.isPresent()) {
        return wrong;
      }
      total += percent;
    }
    return total > 100
        ? Optional.of("sum of canary trafficPercent values (" + total + ") must be <= 100")
        : Optional.empty();
  }

  private static Optional<String> one(Component canary, Component stable, long percent) {
    String name = "\"" + canary.subname() + "\"";
    if (canary.subname().equals(stable.subname())) {
      return Optional.of("canary predictor.name " + name + " conflicts with stable predictor name");
    }
    if (percent < 0 || percent > 100) {
      return Optional.of(
          "canary " + name + " trafficPercent must be between 0 and 100, got " + percent);
    }
    Optional<String> wrong =
        Admission.exactlyOne(canary)
            .or(() -> Admission.implementation(canary))
            .or(() -> ScalingRules.extension(canary));
    if (wrong.isPresent()) {
      return wrong.map(words -> "canary " + name + " predictor: " + words);
    }
    if (canary.spec().path("workerSpec").isObject()) {
      return Optional.of(
          "canary "
              + name
              + " must not set workerSpec (multi-node is not yet supported for canary)");
    }
    for (String field : FIXED) {
      boolean set =
          field.equals("maxReplicas") ? canary.maxReplicas() > 0 : canary.spec().hasNonNull(field);
      if (set) {
        return Optional.of(
            "canary " + name + " must not set " + field + " (canary uses fixed replicas)");
      }
    }
    long most = stable.minReplicas().orElse(1L);
    return canary
        .minReplicas()
        .filter(min -> min > most)
        .map(
            min ->
                "canary "
                    + name
                    + " minReplicas ("
                    + min
                    + ") must not exceed stable predictor minReplicas ("
                    + most
                    + ")");
  }
}
