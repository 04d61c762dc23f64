package dev.salver.compiler.check;

import java.util.Locale;

/** How KServe deploys a service: on Knative, or as a plain Deployment. */
public enum Mode {
  KNATIVE("Knative"),
  STANDARD("Standard");

  private final String annotation;

  Mode(String annotation) {
    this.annotation = annotation;
  }

  /** The value of {@code serving.kserve.io/deploymentMode}. */
  public String annotation() {
    return annotation;
  }

  /** The word in the language. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
