package dev.salver.compiler.check;

import java.util.List;
import java.util.SortedMap;

/**
 * The accelerator of a model.
 *
 * @param limit the extended resource, such as {@code nvidia.com/gpu}
 * @param node labels of the nodes that have it
 * @param tolerate taints of those nodes
 */
public record GpuPlan(
    String accelerator,
    String limit,
    long count,
    SortedMap<String, String> node,
    List<String> tolerate) {
  public GpuPlan {
    tolerate = List.copyOf(tolerate);
  }
}
