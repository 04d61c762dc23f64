package dev.salver.compiler.check;

import dev.salver.compiler.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The accelerator of a model.
 *
 * @param limit the extended resource, such as {@code nvidia.com/gpu}
 * @param node labels of the nodes that have it
 * @param tolerate taints of those nodes
 * @param memory of one of them; empty where it is not declared
 * @param hourly dollars for one of them; empty where no price is declared
 */
public record GpuPlan(
    String accelerator,
    String limit,
    long count,
    SortedMap<String, String> node,
    List<String> tolerate,
    Optional<Value.Size> memory,
    Optional<BigDecimal> hourly) {
  public GpuPlan {
    tolerate = List.copyOf(tolerate);
  }
}
