package dev.salver.compiler.check;

import dev.salver.compiler.overlay.Environment;
import java.util.List;

/** An environment with everything in it worked out. */
public record EnvironmentPlan(Environment environment, String namespace, List<ModelPlan> models) {
  public EnvironmentPlan {
    models = List.copyOf(models);
  }
}
