package dev.salver.kube.knative;

import dev.salver.kube.Quantity;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** Annotations of a revision template that neither scale nor time it: networking and sidecar. */
final class AnnotationRules {
  private static final String NETWORKING = "networking.knative.dev";
  private static final String SIDECAR = "queue.sidecar.serving.knative.dev/";
  private static final double LEAST_PERCENTAGE = 0.1;
  private static final double MOST_PERCENTAGE = 100;

  /** What Knative's networking reads; any other annotation of its group is a slip of the pen. */
  private static final Set<String> NETWORKING_NAMES =
      Set.of(
          "ingress.class",
          "ingress-class",
          "certificate.class",
          "certificate-class",
          "disableAutoTLS",
          "disable-auto-tls",
          "disable-external-domain-tls",
          "httpOption",
          "http-protocol");

  private static final Set<String> SIDECAR_QUANTITIES =
      Set.of(
          "cpu-resource-request",
          "cpu-resource-limit",
          "memory-resource-request",
          "memory-resource-limit",
          "ephemeral-storage-resource-request",
          "ephemeral-storage-resource-limit");

  private AnnotationRules() {}

  /** The errors as seen from {@code metadata.annotations}. */
  static FieldErrors check(Map<String, String> annotations) {
    FieldErrors errors = percentage(annotations);
    for (String key : new TreeSet<>(annotations.keySet())) {
      String name = key.substring(key.indexOf('/') + 1);
      String value = annotations.getOrDefault(key, "");
      if (key.startsWith(NETWORKING)
          && !(key.equals(NETWORKING + "/" + name) && NETWORKING_NAMES.contains(name))) {
        errors = errors.and(FieldErrors.of("invalid key name \"" + key + "\"", ""));
      }
      if (key.equals(SIDECAR + name)
          && SIDECAR_QUANTITIES.contains(name)
          && Quantity.parse(value).isEmpty()) {
        errors = errors.and(FieldErrors.invalid(value, "").via("[" + key + "]"));
      }
    }
    return errors;
  }

  private static FieldErrors percentage(Map<String, String> annotations) {
    var entry = KnativeNames.scaling(annotations, SIDECAR + "resource-percentage").orElse(null);
    if (entry == null) {
      return FieldErrors.NONE;
    }
    OptionalDouble number = GoValues.number(entry.getValue());
    FieldErrors errors = FieldErrors.NONE;
    if (number.isEmpty()) {
      errors = FieldErrors.invalid(entry.getValue(), "");
    } else if (number.getAsDouble() < LEAST_PERCENTAGE || number.getAsDouble() > MOST_PERCENTAGE) {
      errors = FieldErrors.outOfBounds(plain(number.getAsDouble()), LEAST_PERCENTAGE, 100, "");
    }
    return errors.via("[" + entry.getKey() + "]");
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }
}
