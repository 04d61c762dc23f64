package dev.salver.sandbox.controllers.knative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import java.time.Instant;

/** A Service's status as its Configuration and its Route make it. */
final class ServiceStatus {
  static final String CONFIGURATIONS_READY = "ConfigurationsReady";
  static final String ROUTES_READY = "RoutesReady";

  private final Status status;
  private final Conditions conditions;

  ServiceStatus(KubeObject service) {
    this.status = Status.of(service, CONFIGURATIONS_READY, ROUTES_READY);
    this.conditions = status.conditions();
  }

  ObjectNode finish(Instant now) {
    return status.finish(now);
  }

  void notOwned(String kind, String name) {
    conditions.markFalse(
        kind.equals("Route") ? ROUTES_READY : CONFIGURATIONS_READY,
        "NotOwned",
        "There is an existing " + kind + " \"" + name + "\" that we do not own.");
  }

  void revisionNameTaken(String name) {
    conditions.markFalse(
        ROUTES_READY,
        "RevisionNameTaken",
        "The revision name \""
            + name
            + "\" is taken by a conflicting Revision, so traffic will not be migrated");
  }

  /** Returns whether the Configuration's state is of its latest spec. */
  boolean configuration(KubeObject configuration) {
    if (!Status.isObserved(configuration)) {
      conditions.markUnknown(
          CONFIGURATIONS_READY,
          "OutOfDate",
          "The Configuration is still working to reflect the latest desired specification.");
      return false;
    }
    copy(configuration, "latestCreatedRevisionName");
    copy(configuration, "latestReadyRevisionName");
    Status.condition(configuration, Conditions.READY)
        .ifPresent(condition -> conditions.mirror(condition, CONFIGURATIONS_READY));
    return true;
  }

  void route(KubeObject route, KubeObject configuration) {
    if (!Status.isObserved(route)) {
      conditions.markUnknown(
          ROUTES_READY,
          "OutOfDate",
          "The Route is still working to reflect the latest desired specification.");
      return;
    }
    copy(route, "url");
    copy(route, "address");
    copy(route, "traffic");
    Status.condition(route, Conditions.READY)
        .ifPresent(condition -> conditions.mirror(condition, ROUTES_READY));
    if (conditions.isTrue(ROUTES_READY) && !trafficIsAsWanted(route, configuration)) {
      conditions.markUnknown(
          ROUTES_READY,
          "TrafficNotMigrated",
          "Traffic is not yet migrated to the latest revision.");
    }
  }

  private static boolean trafficIsAsWanted(KubeObject route, KubeObject configuration) {
    JsonNode wanted = route.spec().path("traffic");
    JsonNode is = route.status().path("traffic");
    if (wanted.size() != is.size()) {
      return false;
    }
    String ready = configuration.status().path("latestReadyRevisionName").asText("");
    for (int i = 0; i < wanted.size(); i++) {
      JsonNode target = wanted.get(i);
      String revision =
          target.path("configurationName").asText("").equals(configuration.name())
              ? ready
              : target.path("revisionName").asText("");
      JsonNode got = is.get(i);
      if (!revision.equals(got.path("revisionName").asText(""))
          || !target.path("tag").asText("").equals(got.path("tag").asText(""))
          || target.path("percent").asLong() != got.path("percent").asLong()) {
        return false;
      }
    }
    return true;
  }

  private void copy(KubeObject from, String field) {
    JsonNode value = from.status().path(field);
    if (value.isMissingNode()) {
      status.tree().remove(field);
    } else {
      status.tree().set(field, value);
    }
  }
}
