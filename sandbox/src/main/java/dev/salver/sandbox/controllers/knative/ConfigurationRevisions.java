package dev.salver.sandbox.controllers.knative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.knative.KnativeNames;
import dev.salver.sandbox.controllers.Trees;
import dev.salver.sandbox.controllers.Writer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** A Configuration and its revisions: the one to make, the one that is the latest ready. */
final class ConfigurationRevisions {
  private ConfigurationRevisions() {}

  /** The name that the user gave the template; empty where Knative numbers. */
  static String ownName(KubeObject configuration) {
    return template(configuration).path("metadata").path("name").asText("");
  }

  private static JsonNode template(KubeObject configuration) {
    return configuration.spec().path("template");
  }

  /** Whether a revision under the user's own name is the one that the template means. */
  static boolean matches(KubeObject revision, KubeObject configuration) {
    return Writer.controls(configuration, revision)
        && (generation(revision) == configuration.generation()
            || Trees.same(template(configuration).path("spec"), revision.spec()));
  }

  static long generation(KubeObject revision) {
    String label = revision.label(KnativeNames.CONFIGURATION_GENERATION).orElse("");
    try {
      return Long.parseLong(label);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** The revision of a Configuration's present template. */
  static KubeObject make(KubeObject configuration, Instant now) {
    JsonNode template = template(configuration);
    String own = ownName(configuration);
    String name =
        own.isEmpty()
            ? KnativeNames.revision(configuration.name(), configuration.generation())
            : own;
    KubeObject revision = Writer.child(configuration, ResourceTypes.REVISION, name);
    ObjectNode metadata = Trees.child(revision.tree(), "metadata");
    var given = new KubeObject(Json.object().set("metadata", template.path("metadata")));

    var labels = new LinkedHashMap<>(given.labels());
    var annotations = new LinkedHashMap<>(given.annotations());
    String routes = configuration.annotation(KnativeNames.ROUTES).orElse("");
    labels.put(KnativeNames.ROUTING_STATE, routes.isEmpty() ? "pending" : "active");
    annotations.put(
        KnativeNames.ROUTING_STATE_MODIFIED, now.truncatedTo(ChronoUnit.SECONDS).toString());
    labels.put(KnativeNames.CONFIGURATION, configuration.name());
    labels.put(KnativeNames.CONFIGURATION_UID, configuration.uid());
    labels.put(KnativeNames.CONFIGURATION_GENERATION, String.valueOf(configuration.generation()));
    for (String key : List.of(KnativeNames.SERVICE, KnativeNames.SERVICE_UID)) {
      configuration.label(key).ifPresent(value -> labels.put(key, value));
    }
    configuration
        .annotation(KnativeNames.LAST_MODIFIER)
        .ifPresent(user -> annotations.put(KnativeNames.CREATOR, user));
    if (!routes.isEmpty()) {
      annotations.put(KnativeNames.ROUTES, routes);
    }
    Trees.putAll(metadata, "labels", labels);
    Trees.putAll(metadata, "annotations", annotations);
    revision.tree().set("spec", template.path("spec"));
    return revision;
  }

  /**
   * The newest ready one between what was the latest ready and the latest created.
   *
   * @param revisions all of the Configuration's
   */
  static Optional<KubeObject> latestReady(
      KubeObject configuration, KubeObject latestCreated, List<KubeObject> revisions) {
    String before = configuration.status().path("latestReadyRevisionName").asText("");
    long from =
        revisions.stream()
            .filter(revision -> revision.name().equals(before))
            .mapToLong(ConfigurationRevisions::generation)
            .findFirst()
            .orElse(-1);
    String own = ownName(configuration);
    return revisions.stream()
        .filter(
            revision ->
                generation(revision) >= from || revision.name().equals(latestCreated.name()))
        .sorted(
            Comparator.comparing((KubeObject revision) -> !revision.name().equals(own))
                .thenComparing(ConfigurationRevisions::generation, Comparator.reverseOrder()))
        .filter(Status::isReady)
        .findFirst();
  }
}
