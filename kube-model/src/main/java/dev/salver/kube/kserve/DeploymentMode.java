package dev.salver.kube.kserve;

import java.util.Optional;

/** How an InferenceService runs. KServe's older names are read and rewritten. */
public enum DeploymentMode {
  STANDARD("Standard"),
  KNATIVE("Knative"),
  MODEL_MESH("ModelMesh");

  private final String word;

  DeploymentMode(String word) {
    this.word = word;
  }

  /** The name as it is written in annotations and status. */
  public String word() {
    return word;
  }

  /** Reads a mode by its present or its former name ({@code RawDeployment}, {@code Serverless}). */
  public static Optional<DeploymentMode> of(String word) {
    return switch (word) {
      case "Standard", "RawDeployment" -> Optional.of(STANDARD);
      case "Knative", "Serverless" -> Optional.of(KNATIVE);
      case "ModelMesh" -> Optional.of(MODEL_MESH);
      default -> Optional.empty();
    };
  }

  /**
   * The mode of an InferenceService: what its status recorded, else its annotation, else the
   * configured default. A nonsense annotation counts as none.
   */
  public static DeploymentMode of(InferenceService service, ServingConfig config) {
    return of(service.object().status().path("deploymentMode").asText())
        .or(() -> of(service.annotations().getOrDefault(Keys.DEPLOYMENT_MODE, "")))
        .orElse(config.defaultMode());
  }

  @Override
  public String toString() {
    return word;
  }
}
