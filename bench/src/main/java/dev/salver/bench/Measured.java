package dev.salver.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One figure of a run beside what it is compared with.
 *
 * @param unit {@code µs CPU}, {@code ms} …
 * @param samples each round's figure
 * @param against what {@code limit} is: a peer or a physical limit, measured in the same run
 */
record Measured(
    String name, String unit, List<Double> samples, String against, List<Double> limit) {
  static Measured of(String name, String unit, double[] samples, String against, double[] limit) {
    return new Measured(
        name,
        unit,
        Arrays.stream(samples).boxed().toList(),
        against,
        Arrays.stream(limit).boxed().toList());
  }

  double median() {
    return median(samples);
  }

  double ratio() {
    return median(samples) / median(limit);
  }

  ObjectNode json() {
    ObjectNode node = Json.object().put("name", name).put("unit", unit).put("against", against);
    node.set("samples", Json.mapper().valueToTree(samples));
    node.set("limit", Json.mapper().valueToTree(limit));
    return node.put("ratio", ratio());
  }

  String[] row() {
    return new String[] {
      name,
      String.format(Locale.ROOT, "%.1f %s", median(), unit),
      String.format(Locale.ROOT, "%.1f–%.1f", min(), max()),
      against,
      String.format(Locale.ROOT, "%.1f %s", median(limit), unit),
      String.format(Locale.ROOT, "%.2f ×", ratio())
    };
  }

  private double min() {
    return samples.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
  }

  private double max() {
    return samples.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
