package dev.salver.sandbox.controllers.knative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.knative.KnativeNames;
import dev.salver.sandbox.controllers.Trees;
import dev.salver.sandbox.controllers.Writer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells Configurations and Revisions which Routes lead to them, and Revisions by that whether they
 * are in use ({@code active}) or not ({@code reserve}).
 */
final class RoutingMeta {
  static final String FINALIZER = "routes.serving.knative.dev";

  private final Writer writer;
  private final Instant now;

  RoutingMeta(Writer writer, Instant now) {
    this.writer = writer;
    this.now = now;
  }

  /** The names in the annotation that lists an object's routes. */
  static Set<String> routes(KubeObject object) {
    var names = new TreeSet<String>();
    for (String name : object.annotation(KnativeNames.ROUTES).orElse("").split(",")) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  /** Marks what the Route's spec and status name; unmarks the rest once the Route has settled. */
  void sync(KubeObject route) {
    var revisions = new LinkedHashSet<String>();
    var configurations = new LinkedHashSet<String>();
    var targets = new ArrayList<JsonNode>();
    route.status().path("traffic").forEach(targets::add);
    route.spec().path("traffic").forEach(targets::add);
    for (JsonNode target : targets) {
      name(route, target, revisions, configurations);
    }
    if (Status.isReady(route) || Status.isFailed(route)) {
      clear(route, revisions, configurations);
    }
    for (KubeObject object : all(route)) {
      boolean revision = object.kind().equals("Revision");
      if ((revision ? revisions : configurations).contains(object.name())) {
        mark(object, route.name(), true);
      }
    }
  }

  /** Unmarks everything, for a Route that goes. */
  void clear(KubeObject route) {
    clear(route, Set.of(), Set.of());
  }

  private void name(
      KubeObject route, JsonNode target, Set<String> revisions, Set<String> configurations) {
    String revisionName = target.path("revisionName").asText("");
    String configurationName = target.path("configurationName").asText("");
    if (!revisionName.isEmpty()) {
      KubeObject revision =
          writer.get(ResourceTypes.REVISION, route.namespace(), revisionName).orElse(null);
      if (revision == null) {
        return;
      }
      revisions.add(revisionName);
      if (revision.controllerReference().path("kind").asText().equals("Configuration")) {
        configurationName = revision.controllerReference().path("name").asText();
      }
    }
    if (configurationName.isEmpty()) {
      return;
    }
    KubeObject configuration =
        writer.get(ResourceTypes.CONFIGURATION, route.namespace(), configurationName).orElse(null);
    if (configuration == null) {
      return;
    }
    configurations.add(configurationName);
    String created = configuration.status().path("latestCreatedRevisionName").asText("");
    if (target.path("latestRevision").asBoolean() && !created.isEmpty()) {
      // So that the next revision is reachable before it takes over.
      revisions.add(created);
    }
  }

  private void clear(KubeObject route, Set<String> revisions, Set<String> configurations) {
    for (KubeObject object : all(route)) {
      boolean revision = object.kind().equals("Revision");
      if (routes(object).contains(route.name())
          && !(revision ? revisions : configurations).contains(object.name())
          && !isOfOneService(route, object)) {
        mark(object, route.name(), false);
      }
    }
  }

  /** A Service says itself that its Configuration goes with its Route. */
  private static boolean isOfOneService(KubeObject route, KubeObject object) {
    return object.kind().equals("Configuration")
        && route.label(KnativeNames.SERVICE).isPresent()
        && route.label(KnativeNames.SERVICE).equals(object.label(KnativeNames.SERVICE));
  }

  private List<KubeObject> all(KubeObject route) {
    var objects = new ArrayList<>(writer.list(ResourceTypes.REVISION, route.namespace(), Map.of()));
    objects.addAll(writer.list(ResourceTypes.CONFIGURATION, route.namespace(), Map.of()));
    return objects;
  }

  private void mark(KubeObject object, String route, boolean add) {
    Set<String> routes = routes(object);
    boolean changed = add ? routes.add(route) : routes.remove(route);
    String state = routes.isEmpty() ? "reserve" : "active";
    boolean revision = object.kind().equals("Revision");
    boolean sameState =
        !revision || object.label(KnativeNames.ROUTING_STATE).orElse("").equals(state);
    if (!changed && sameState) {
      return;
    }
    KubeObject next = object.copy();
    ObjectNode metadata = Trees.child(next.tree(), "metadata");
    ObjectNode annotations = Trees.child(metadata, "annotations");
    Trees.putText(annotations, KnativeNames.ROUTES, String.join(",", routes));
    if (!sameState) {
      Trees.child(metadata, "labels").put(KnativeNames.ROUTING_STATE, state);
      annotations.put(
          KnativeNames.ROUTING_STATE_MODIFIED, now.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    writer.update(object, next);
  }
}
