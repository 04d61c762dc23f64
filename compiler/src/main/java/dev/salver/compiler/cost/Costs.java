package dev.salver.compiler.cost;

import dev.salver.compiler.check.GpuPlan;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.check.ParallelPlan;
import java.math.BigDecimal;
import java.util.Optional;

/** Price × accelerators × nodes × replicas of one model. */
final class Costs {
  private Costs() {}

  static Cost of(ModelPlan model) {
    if (model.gpu().isEmpty()) {
      return Cost.NOTHING;
    }
    GpuPlan gpu = model.gpu().get();
    long nodes = model.parallel().map(ParallelPlan::nodes).orElse(1L);
    Optional<BigDecimal> replica =
        gpu.hourly().map(price -> price.multiply(BigDecimal.valueOf(gpu.count() * nodes)));
    return new Cost(times(replica, model.scaling().min()), times(replica, model.scaling().max()));
  }

  private static Optional<BigDecimal> times(
      Optional<BigDecimal> replica, Optional<Integer> replicas) {
    return replica.flatMap(
        dollars -> replicas.map(count -> dollars.multiply(BigDecimal.valueOf(count))));
  }
}
