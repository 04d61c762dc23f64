package dev.salver.kube.knative;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The template of a Service or a Configuration, and a Revision's spec. */
final class TemplateRules {
  private static final long LONGEST_TIMEOUT = 600;
  private static final long MOST_CONCURRENCY = 1000;

  private TemplateRules() {}

  static FieldErrors template(JsonNode template, KubeObject parent, KnativeFeatures features) {
    JsonNode metadata = template.path("metadata");
    Map<String, String> annotations = strings(metadata.path("annotations"));
    return revisionSpec(template.path("spec"), features)
        .via("spec")
        .and(ScaleRules.check(annotations).via("metadata.annotations"))
        .and(AnnotationRules.check(annotations).via("metadata.annotations"))
        .and(namePrefix(metadata.path("generateName").asText("")))
        .and(name(metadata.path("name").asText(""), parent))
        .and(progressDeadline(annotations).via("metadata.annotations"));
  }

  static FieldErrors revisionSpec(JsonNode spec, KnativeFeatures features) {
    FieldErrors errors = PodSpecRules.check(spec, features);
    long timeout = spec.path("timeoutSeconds").asLong();
    if (timeout < 0 || timeout > LONGEST_TIMEOUT) {
      errors = errors.and(FieldErrors.outOfBounds(timeout, 0, LONGEST_TIMEOUT, "timeoutSeconds"));
    }
    long concurrency = spec.path("containerConcurrency").asLong();
    if (concurrency < 0 || concurrency > MOST_CONCURRENCY) {
      errors =
          errors.and(
              FieldErrors.outOfBounds(concurrency, 0, MOST_CONCURRENCY, "containerConcurrency"));
    }
    return errors;
  }

  private static FieldErrors namePrefix(String prefix) {
    // As Kubernetes: the dash before the generated part is no mistake.
    String whole = prefix.endsWith("-") ? prefix.substring(0, prefix.length() - 1) + "a" : prefix;
    String malformed = prefix.isEmpty() ? "" : DnsNames.label1035(whole);
    return malformed.isEmpty()
        ? FieldErrors.NONE
        : FieldErrors.invalid(
            "not a DNS 1035 label prefix: [" + malformed + "]", "metadata.generateName");
  }

  private static FieldErrors name(String name, KubeObject parent) {
    if (name.isEmpty()) {
      return FieldErrors.NONE;
    }
    String malformed = DnsNames.label1035(name);
    if (!malformed.isEmpty()) {
      return FieldErrors.invalid("not a DNS 1035 label: [" + malformed + "]", "metadata.name");
    }
    if (parent.name().isEmpty()) {
      return FieldErrors.disallowed("metadata.name");
    }
    String prefix = parent.name() + "-";
    return name.startsWith(prefix)
        ? FieldErrors.NONE
        : FieldErrors.invalid(
            "\"" + name + "\" must have prefix \"" + prefix + "\"", "metadata.name");
  }

  private static FieldErrors progressDeadline(Map<String, String> annotations) {
    String key = KnativeNames.PROGRESS_DEADLINE;
    return wholeSeconds(key, annotations.getOrDefault(key, ""), "progress-deadline");
  }

  static FieldErrors rolloutDuration(Map<String, String> annotations) {
    return KnativeNames.scaling(annotations, KnativeNames.ROLLOUT_DURATION)
        .map(entry -> wholeSeconds(entry.getKey(), entry.getValue(), "rollout-duration"))
        .orElse(FieldErrors.NONE);
  }

  private static FieldErrors wholeSeconds(String key, String value, String words) {
    if (value.isEmpty()) {
      return FieldErrors.NONE;
    }
    Duration duration = GoValues.duration(value).orElse(null);
    if (duration == null) {
      return FieldErrors.invalid(value, key);
    }
    if (!GoValues.isWholeSeconds(duration)) {
      return FieldErrors.of(words + "=" + value + " is not at second precision", key);
    }
    return duration.isNegative()
        ? FieldErrors.of(words + "=" + value + " must be positive", key)
        : FieldErrors.NONE;
  }

  /** Metadata of a Service, Configuration or Route; scaling belongs on the template. */
  static FieldErrors metadata(KubeObject object) {
    FieldErrors errors = FieldErrors.NONE;
    String generateName = object.metadata().path("generateName").asText("");
    if (object.name().isEmpty() && generateName.isEmpty()) {
      errors = FieldErrors.of("name or generateName is required", "name");
    }
    String malformed = object.name().isEmpty() ? "" : DnsNames.label1035(object.name());
    if (!malformed.isEmpty()) {
      errors = FieldErrors.of("not a DNS 1035 label: [" + malformed + "]", "name");
    }
    for (String key : object.annotations().keySet()) {
      if (key.startsWith(KnativeNames.AUTOSCALING)
          && !Set.of("Revision", "PodAutoscaler").contains(object.kind())) {
        errors =
            errors.and(
                FieldErrors.detailed(
                    "invalid key name \"" + key + "\"",
                    "autoscaling annotations must be put under"
                        + " \"spec.template.metadata.annotations\" to work",
                    "annotations"));
      }
    }
    return errors;
  }

  private static Map<String, String> strings(JsonNode node) {
    var result = new LinkedHashMap<String, String>();
    node.properties().forEach(entry -> result.put(entry.getKey(), entry.getValue().asText()));
    return result;
  }
}
