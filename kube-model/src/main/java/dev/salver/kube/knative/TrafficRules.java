package dev.salver.kube.knative;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/** {@code spec.traffic} of a Service or a Route. */
final class TrafficRules {
  private static final Pattern QUALIFIED_NAME =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final String QUALIFIED_NAME_RULE =
      "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end"
          + " with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex"
          + " used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

  private TrafficRules() {}

  /**
   * @param ofService whether targets without a revision mean the Service's own configuration
   */
  static FieldErrors check(JsonNode traffic, boolean ofService) {
    FieldErrors errors = FieldErrors.NONE;
    var tags = new LinkedHashMap<String, Integer>();
    long sum = 0;
    for (int i = 0; i < traffic.size(); i++) {
      JsonNode target = traffic.get(i);
      errors = errors.and(target(target, ofService).via("[" + i + "]"));
      sum += target.path("percent").asLong();
      String tag = target.path("tag").asText("");
      if (tag.isEmpty()) {
        continue;
      }
      String malformed = DnsNames.label1035(tag);
      if (!malformed.isEmpty()) {
        errors =
            errors.and(
                FieldErrors.invalid("not a DNS 1035 label: [" + malformed + "]", "").via("tag", i));
      }
      Integer first = tags.putIfAbsent(tag, i);
      if (first != null) {
        errors =
            errors.and(
                FieldErrors.of(
                    "Multiple definitions for \"" + tag + "\"",
                    "[" + i + "].tag",
                    "[" + first + "].tag"));
      }
    }
    if (sum != 100) {
      errors = errors.and(FieldErrors.of("Traffic targets sum to " + sum + ", want 100", ""));
    }
    return errors.via("traffic");
  }

  private static FieldErrors target(JsonNode target, boolean ofService) {
    String revision = target.path("revisionName").asText("");
    String configuration = target.path("configurationName").asText("");
    return latest(target, revision)
        .and(names(revision, configuration, ofService))
        .and(percent(target))
        .and(
            target.path("url").asText("").isEmpty()
                ? FieldErrors.NONE
                : FieldErrors.disallowed("url"));
  }

  private static FieldErrors latest(JsonNode target, String revision) {
    if (!target.path("latestRevision").isBoolean()) {
      return FieldErrors.NONE;
    }
    boolean latest = target.path("latestRevision").booleanValue();
    return latest != revision.isEmpty()
        ? FieldErrors.of(
            "may not set revisionName \"" + revision + "\" when latestRevision is " + latest,
            "latestRevision")
        : FieldErrors.NONE;
  }

  private static FieldErrors names(String revision, String configuration, boolean ofService) {
    if (ofService && !configuration.isEmpty()) {
      return FieldErrors.disallowed("configurationName");
    }
    if (!revision.isEmpty() && !configuration.isEmpty()) {
      return FieldErrors.of("expected exactly one, got both", "revisionName", "configurationName");
    }
    if (!revision.isEmpty()) {
      return qualified(revision, "revisionName");
    }
    if (!configuration.isEmpty()) {
      return qualified(configuration, "configurationName");
    }
    return ofService
        ? FieldErrors.NONE
        : FieldErrors.of("expected exactly one, got neither", "revisionName", "configurationName");
  }

  private static FieldErrors qualified(String name, String field) {
    return QUALIFIED_NAME.matcher(name).matches()
        ? FieldErrors.NONE
        : FieldErrors.detailed("invalid key name \"" + name + "\"", QUALIFIED_NAME_RULE, field);
  }

  private static FieldErrors percent(JsonNode target) {
    long percent = target.path("percent").asLong();
    return percent < 0 || percent > 100
        ? FieldErrors.outOfBounds(percent, 0, 100, "percent")
        : FieldErrors.NONE;
  }
}
