package dev.salver.sandbox.controllers.knative;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.knative.KnativeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A Route's traffic flattened to revisions, as far as every target can take it. */
sealed interface Traffic {
  /** Every target leads to a ready revision. */
  record Assigned(List<Target> targets) implements Traffic {}

  /**
   * A target that cannot take traffic.
   *
   * @param failed whether it never will, rather than not yet
   */
  record Refused(boolean failed, String reason, String message) implements Traffic {}

  /** One line of {@code status.traffic}. */
  record Target(String revision, String tag, boolean latest, long percent) {
    private boolean isLike(Target other) {
      return revision.equals(other.revision) && tag.equals(other.tag) && latest == other.latest;
    }
  }

  /**
   * @param configurations by name, in the Route's namespace
   * @param revisions by name, in the Route's namespace
   */
  static Traffic of(
      KubeObject route,
      Function<String, Optional<KubeObject>> configurations,
      Function<String, Optional<KubeObject>> revisions) {
    var targets = new ArrayList<Target>();
    var refused = new ArrayList<Refused>();
    for (JsonNode node : route.spec().path("traffic")) {
      String revision = node.path("revisionName").asText("");
      String configuration = node.path("configurationName").asText("");
      Optional<Refused> problem =
          revision.isEmpty()
              ? latest(configuration, node, configurations, revisions, targets)
              : pinned(route, revision, node, revisions, targets);
      problem.ifPresent(refused::add);
    }
    if (refused.isEmpty()) {
      return new Assigned(List.copyOf(targets));
    }
    // As Knative: the last failure speaks, or else the first that is only waiting.
    return refused.stream().filter(Refused::failed).reduce((a, b) -> b).orElse(refused.getFirst());
  }

  private static Optional<Refused> latest(
      String name,
      JsonNode node,
      Function<String, Optional<KubeObject>> configurations,
      Function<String, Optional<KubeObject>> revisions,
      List<Target> targets) {
    KubeObject configuration = configurations.apply(name).orElse(null);
    if (configuration == null) {
      return Optional.of(missing("Configuration", name));
    }
    String ready = configuration.status().path("latestReadyRevisionName").asText("");
    if (ready.isEmpty()) {
      boolean failed = isFalse(configuration);
      return Optional.of(
          new Refused(
              failed,
              "RevisionMissing",
              "Configuration \""
                  + name
                  + (failed
                      ? "\" does not have any ready Revision."
                      : "\" is waiting for a Revision to become ready.")));
    }
    KubeObject revision = revisions.apply(ready).orElse(null);
    if (revision == null) {
      return Optional.of(missing("Revision", ready));
    }
    return add(revision, node, targets);
  }

  private static Optional<Refused> pinned(
      KubeObject route,
      String name,
      JsonNode node,
      Function<String, Optional<KubeObject>> revisions,
      List<Target> targets) {
    KubeObject revision = revisions.apply(name).orElse(null);
    if (revision == null) {
      return Optional.of(missing("Revision", name));
    }
    String service = route.label(KnativeNames.SERVICE).orElse("");
    String owner = revision.label(KnativeNames.SERVICE).orElse("");
    if (!service.isEmpty() && !service.equals(owner)) {
      return Optional.of(
          new Refused(
              true,
              "RevisionNotOwned",
              "Revision \""
                  + name
                  + (owner.isEmpty()
                      ? "\" does not belong to Service \""
                      : "\" belongs to Service \"" + owner + "\", not Service \"")
                  + service
                  + "\"."));
    }
    return add(revision, node, targets);
  }

  private static Optional<Refused> add(KubeObject revision, JsonNode node, List<Target> targets) {
    if (!Status.isReady(revision)) {
      boolean failed = isFalse(revision);
      return Optional.of(
          new Refused(
              failed,
              "RevisionMissing",
              "Revision \""
                  + revision.name()
                  + (failed ? "\" failed to become ready." : "\" is not yet ready.")));
    }
    var target =
        new Target(
            revision.name(),
            node.path("tag").asText(""),
            node.path("latestRevision").asBoolean(),
            node.path("percent").asLong());
    for (int i = 0; i < targets.size(); i++) {
      Target before = targets.get(i);
      if (before.isLike(target)) {
        targets.set(
            i,
            new Target(
                before.revision, before.tag, before.latest, before.percent + target.percent));
        return Optional.empty();
      }
    }
    targets.add(target);
    return Optional.empty();
  }

  private static Refused missing(String kind, String name) {
    return new Refused(
        true, kind + "Missing", kind + " \"" + name + "\" referenced in traffic not found.");
  }

  private static boolean isFalse(KubeObject object) {
    return object.condition(Conditions.READY).path("status").asText().equals("False");
  }
}
