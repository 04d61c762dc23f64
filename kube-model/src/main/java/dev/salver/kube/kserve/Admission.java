package dev.salver.kube.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What KServe's validating webhook refuses, in its order and its words, for a service that {@link
 * Defaulting} went over. The first objection counts.
 */
public final class Admission {
  private static final String NAME = "[a-z]([-a-z0-9]*[a-z0-9])?";
  private static final Pattern NAME_PATTERN = Pattern.compile(NAME);

  private static final String PREDICTOR_FORMS =
      "Name, SKLearn, XGBoost, Tensorflow, PyTorch, Triton, ONNX, HuggingFace, PMML, LightGBM,"
          + " Paddle, Model, StorageUris, StorageContainerName, WorkerSpec, PodSpec";

  private static final List<Function<InferenceService, Optional<String>>> RULES =
      List.of(
          Admission::name,
          Admission::autoscalerClass,
          EnvironmentRules::refusal,
          MultiNodeRules::refusal,
          EnvironmentRules::collocatedStorage,
          Admission::noNameInBlock,
          StorageRules::refusal,
          Admission::components,
          CanaryRules::refusal);

  private Admission() {}

  /** The words of the refusal; empty where the service is admitted. */
  public static Optional<String> refusal(KubeObject object) {
    var service = new InferenceService(object);
    return RULES.stream().flatMap(rule -> rule.apply(service).stream()).findFirst();
  }

  /** The same for a change; an object that is being deleted may always change. */
  public static Optional<String> refusal(KubeObject before, KubeObject after) {
    if (after.isBeingDeleted()) {
      return Optional.empty();
    }
    Optional<DeploymentMode> recorded =
        DeploymentMode.of(before.status().path("deploymentMode").asText());
    Optional<String> wanted = after.annotation(Keys.DEPLOYMENT_MODE);
    if (recorded.isPresent() && wanted.isPresent() && !wanted.get().equals(recorded.get().word())) {
      return Optional.of(
          "update rejected: deploymentMode cannot be changed from '"
              + recorded.get().word()
              + "' to '"
              + wanted.get()
              + "'");
    }
    var old = new InferenceService(before).predictor();
    var now = new InferenceService(after).predictor();
    if (!old.subname().equals(now.subname())
        && old.storageUri().orElse("").equals(now.storageUri().orElse(""))) {
      return Optional.of("predictor.name change requires a model change (e.g. storageUri)");
    }
    return refusal(after);
  }

  private static Optional<String> name(InferenceService service) {
    return NAME_PATTERN.matcher(service.name()).matches()
        ? Optional.empty()
        : Optional.of(
            "the InferenceService \""
                + service.name()
                + "\" is invalid: a InferenceService name must consist of lower case alphanumeric"
                + " characters or '-', and must start with alphabetical character. (e.g."
                + " \"my-name\" or \"abc-123\", regex used for validation is '"
                + NAME
                + "')");
  }

  private static Optional<String> autoscalerClass(InferenceService service) {
    String given = service.annotations().get(Keys.AUTOSCALER_CLASS);
    return given == null || Stream.of("hpa", "external", "keda", "none").anyMatch(given::equals)
        ? Optional.empty()
        : Optional.of("[" + given + "] is not a supported autoscaler class type");
  }

  private static Optional<String> noNameInBlock(InferenceService service) {
    return Stream.concat(Component.FRAMEWORKS.stream(), Stream.of("model"))
            .map(block -> service.predictor().spec().path(block).path("name").asText())
            .anyMatch(name -> !name.isEmpty())
        ? Optional.of("the 'name' field is not allowed in standard predictor")
        : Optional.empty();
  }

  private static Optional<String> components(InferenceService service) {
    return Stream.of(Optional.of(service.predictor()), service.transformer(), service.explainer())
        .flatMap(Optional::stream)
        .flatMap(component -> component(component, service).stream())
        .findFirst();
  }

  private static Optional<String> component(Component component, InferenceService service) {
    return exactlyOne(component)
        .or(() -> implementation(component))
        .or(() -> ScalingRules.extension(component))
        .or(() -> ScalingRules.autoscaling(component, service));
  }

  static Optional<String> exactlyOne(Component component) {
    if (component.implementations().size() == 1) {
      return Optional.empty();
    }
    String forms =
        switch (component.kind()) {
          case PREDICTOR -> PREDICTOR_FORMS;
          case TRANSFORMER -> "PodSpec, ComponentExtensionSpec";
          case EXPLAINER -> "ART, PodSpec, ComponentExtensionSpec";
        };
    return Optional.of(
        "exactly one of [" + forms + "] must be specified in " + component.kind().title() + "Spec");
  }

  static Optional<String> implementation(Component component) {
    if (component.kind() != Component.Kind.PREDICTOR || !component.custom()) {
      return Optional.empty();
    }
    for (JsonNode env : component.containers().getFirst().path("env")) {
      String value = env.path("value").asText();
      if (env.path("name").asText().equals("PROTOCOL")) {
        return value.equals("v1") || value.equals("v2")
            ? Optional.empty()
            : Optional.of("invalid protocol v1, v2. Must be one of [" + value + "]");
      }
    }
    return Optional.empty();
  }
}
