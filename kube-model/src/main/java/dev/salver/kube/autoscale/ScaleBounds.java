package dev.salver.kube.autoscale;

import java.util.Map;

/**
 * Between how many pods a revision may have.
 *
 * @param max 0 for no bound
 */
public record ScaleBounds(int min, int max) {
  /**
   * From annotations and defaults. What no route reaches has no minimum; until a revision had its
   * initial scale once, that is its minimum.
   */
  public static ScaleBounds of(
      Map<String, String> annotations,
      boolean unreachable,
      boolean initialized,
      AutoscalerConfig config) {
    var read = new Annotations(annotations);
    int max = read.number("max-scale").map(Double::intValue).orElse(config.maxScale());
    int min =
        unreachable ? 0 : read.number("min-scale").map(Double::intValue).orElse(config.minScale());
    int initial = initialScale(annotations, config);
    if (initial > 1 && !initialized && !unreachable) {
      min = Math.max(min, initial);
    }
    return new ScaleBounds(min, max);
  }

  /** How many pods a new revision starts with. */
  public static int initialScale(Map<String, String> annotations, AutoscalerConfig config) {
    return new Annotations(annotations)
        .number("initial-scale")
        .map(Double::intValue)
        .orElse(config.initialScale());
  }

  /** The scale within the bounds; the minimum first, as in Knative. */
  public int apply(int scale) {
    if (scale < min) {
      return min;
    }
    return max > 0 && scale > max ? max : scale;
  }
}
