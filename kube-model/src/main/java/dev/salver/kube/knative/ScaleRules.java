package dev.salver.kube.knative;

import static dev.salver.kube.knative.KnativeNames.AUTOSCALING;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** The autoscaler's annotations on a revision template. */
final class ScaleRules {
  private static final Duration LONGEST_WINDOW = Duration.ofHours(1);
  private static final Set<String> ALGORITHMS =
      Set.of("linear", "weighted-exponential", "weightedExponential", "");

  private ScaleRules() {}

  static FieldErrors check(Map<String, String> annotations) {
    return autoscalerClass(annotations)
        .and(bounds(annotations))
        .and(range(annotations, "/panic-window-percentage", 1, 100))
        .and(range(annotations, "/panic-threshold-percentage", 110, 1000))
        .and(target(annotations))
        .and(range(annotations, "/target-utilization-percentage", 1, 100))
        .and(burst(annotations))
        .and(window(annotations))
        .and(duration(annotations, "/scale-to-zero-pod-retention-period", false))
        .and(duration(annotations, "/scale-down-delay", true))
        .and(metric(annotations))
        .and(algorithm(annotations))
        .and(initialScale(annotations));
  }

  private static Optional<Map.Entry<String, String>> find(
      Map<String, String> annotations, String name) {
    return KnativeNames.scaling(annotations, AUTOSCALING + name);
  }

  private static FieldErrors autoscalerClass(Map<String, String> annotations) {
    return find(annotations, "/class")
        .filter(entry -> entry.getValue().endsWith("autoscaling.knative.dev"))
        .filter(entry -> !Set.of(KnativeNames.KPA, KnativeNames.HPA).contains(entry.getValue()))
        .map(entry -> FieldErrors.invalid(entry.getValue(), entry.getKey()))
        .orElse(FieldErrors.NONE);
  }

  private record Bound(int value, FieldErrors errors) {}

  private static Bound atLeastZero(Map<String, String> annotations, String name) {
    var entry = find(annotations, name).orElse(null);
    if (entry == null) {
      return new Bound(0, FieldErrors.NONE);
    }
    var number = GoValues.integer(entry.getValue()).orElse(null);
    if (number == null) {
      return new Bound(0, FieldErrors.invalid(entry.getValue(), entry.getKey()));
    }
    if (number.signum() < 0 || number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
      return new Bound(
          0, FieldErrors.outOfBounds(entry.getValue(), 0, Integer.MAX_VALUE, entry.getKey()));
    }
    return new Bound(number.intValue(), FieldErrors.NONE);
  }

  private static FieldErrors bounds(Map<String, String> annotations) {
    Bound min = atLeastZero(annotations, "/min-scale");
    Bound max = atLeastZero(annotations, "/max-scale");
    FieldErrors errors = min.errors.and(max.errors);
    if (max.value != 0 && max.value < min.value) {
      errors =
          errors.and(
              FieldErrors.of(
                  "max-scale=" + max.value + " is less than min-scale=" + min.value,
                  KnativeNames.MAX_SCALE,
                  KnativeNames.MIN_SCALE));
    }
    return errors.and(
        find(annotations, "/activation-scale")
            .map(entry -> activation(entry, min.value, max.value))
            .orElse(FieldErrors.NONE));
  }

  private static FieldErrors activation(Map.Entry<String, String> entry, int min, int max) {
    var number = GoValues.integer(entry.getValue()).orElse(null);
    if (number == null || number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
      return FieldErrors.invalid(entry.getValue(), entry.getKey());
    }
    int scale = number.intValue();
    if (min > scale) {
      return FieldErrors.of(
          "min-scale=" + min + " is greater than activation-scale=" + scale, entry.getKey());
    }
    if (max < scale && max != 0) {
      return FieldErrors.of(
          "max-scale=" + max + " is less than activation-scale=" + scale, entry.getKey());
    }
    return scale < 2
        ? FieldErrors.of("activation-scale=" + scale + " must be greater than 1", entry.getKey())
        : FieldErrors.NONE;
  }

  private static FieldErrors range(
      Map<String, String> annotations, String name, int least, int most) {
    var entry = find(annotations, name).orElse(null);
    if (entry == null) {
      return FieldErrors.NONE;
    }
    OptionalDouble number = GoValues.number(entry.getValue());
    if (number.isEmpty()) {
      return FieldErrors.invalid(entry.getValue(), entry.getKey());
    }
    return number.getAsDouble() < least || number.getAsDouble() > most
        ? FieldErrors.outOfBounds(entry.getValue(), least, most, entry.getKey())
        : FieldErrors.NONE;
  }

  private static FieldErrors target(Map<String, String> annotations) {
    var entry = find(annotations, "/target").orElse(null);
    if (entry == null) {
      return FieldErrors.NONE;
    }
    OptionalDouble number = GoValues.number(entry.getValue());
    if (number.isEmpty()) {
      return FieldErrors.invalid(entry.getValue(), entry.getKey());
    }
    return number.getAsDouble() < 0.01
        ? FieldErrors.of("target " + entry.getValue() + " should be at least 0.01", entry.getKey())
        : FieldErrors.NONE;
  }

  private static FieldErrors burst(Map<String, String> annotations) {
    return find(annotations, "/target-burst-capacity")
        .filter(
            entry -> {
              OptionalDouble number = GoValues.number(entry.getValue());
              return number.isEmpty() || (number.getAsDouble() < 0 && number.getAsDouble() != -1);
            })
        .map(entry -> FieldErrors.invalid(entry.getValue(), entry.getKey()))
        .orElse(FieldErrors.NONE);
  }

  private static FieldErrors window(Map<String, String> annotations) {
    var entry = find(annotations, "/window").orElse(null);
    if (entry == null) {
      return FieldErrors.NONE;
    }
    Duration window = GoValues.duration(entry.getValue()).orElse(null);
    if (window == null) {
      return FieldErrors.invalid(entry.getValue(), entry.getKey());
    }
    if (window.compareTo(Duration.ofSeconds(6)) < 0 || window.compareTo(LONGEST_WINDOW) > 0) {
      return FieldErrors.outOfBounds(entry.getValue(), "6s", "1h0m0s", entry.getKey());
    }
    return wholeSeconds(window, entry.getKey());
  }

  private static FieldErrors duration(
      Map<String, String> annotations, String name, boolean wholeSeconds) {
    var entry = find(annotations, name).orElse(null);
    if (entry == null) {
      return FieldErrors.NONE;
    }
    Duration value = GoValues.duration(entry.getValue()).orElse(null);
    if (value == null) {
      return FieldErrors.invalid(entry.getValue(), entry.getKey());
    }
    if (value.isNegative() || value.compareTo(LONGEST_WINDOW) > 0) {
      return FieldErrors.outOfBounds(entry.getValue(), "0s", "1h0m0s", entry.getKey());
    }
    return wholeSeconds ? wholeSeconds(value, entry.getKey()) : FieldErrors.NONE;
  }

  private static FieldErrors wholeSeconds(Duration value, String key) {
    return GoValues.isWholeSeconds(value)
        ? FieldErrors.NONE
        : FieldErrors.of("must be specified with at most second precision", key);
  }

  private static FieldErrors metric(Map<String, String> annotations) {
    var entry = find(annotations, "/metric").orElse(null);
    if (entry == null) {
      return FieldErrors.NONE;
    }
    String metric = entry.getValue();
    boolean known =
        switch (annotations.getOrDefault(KnativeNames.CLASS, KnativeNames.KPA)) {
          case KnativeNames.KPA -> metric.equals("concurrency") || metric.equals("rps");
          case KnativeNames.HPA -> !metric.isEmpty();
          default -> true;
        };
    return known ? FieldErrors.NONE : FieldErrors.invalid(metric, entry.getKey());
  }

  private static FieldErrors algorithm(Map<String, String> annotations) {
    if (!KnativeNames.KPA.equals(annotations.get(KnativeNames.CLASS))) {
      return FieldErrors.NONE;
    }
    return find(annotations, "/metric-aggregation-algorithm")
        .filter(entry -> !ALGORITHMS.contains(entry.getValue()))
        .map(entry -> FieldErrors.invalid(entry.getValue(), entry.getKey()))
        .orElse(FieldErrors.NONE);
  }

  private static FieldErrors initialScale(Map<String, String> annotations) {
    var entry = find(annotations, "/initial-scale").orElse(null);
    if (entry == null) {
      return FieldErrors.NONE;
    }
    var number = GoValues.integer(entry.getValue()).orElse(null);
    if (number == null) {
      return FieldErrors.invalid(entry.getValue(), entry.getKey());
    }
    if (number.signum() < 0) {
      return FieldErrors.invalid(entry.getValue(), entry.getKey() + " must be greater than 0");
    }
    return number.signum() == 0
        ? FieldErrors.invalid(entry.getValue(), entry.getKey() + "=0 not allowed by cluster")
        : FieldErrors.NONE;
  }
}
