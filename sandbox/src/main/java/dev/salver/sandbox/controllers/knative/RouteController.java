package dev.salver.sandbox.controllers.knative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.knative.KnativeNames;
import dev.salver.kube.run.Scheduler;
import dev.salver.sandbox.controllers.Controller;
import dev.salver.sandbox.controllers.Trees;
import dev.salver.sandbox.controllers.Writer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Route → who gets how much, under which names, and which revisions are in use by that. */
public final class RouteController implements Controller {
  private final Writer writer;
  private final Scheduler scheduler;
  private final KnativeOptions options;

  public RouteController(Writer writer, Scheduler scheduler, KnativeOptions options) {
    this.writer = writer;
    this.scheduler = scheduler;
    this.options = options;
  }

  @Override
  public String name() {
    return "knative route";
  }

  @Override
  public List<Source> sources() {
    return List.of(
        Source.of(ResourceTypes.ROUTE),
        Source.of(ResourceTypes.CONFIGURATION),
        Source.of(ResourceTypes.REVISION),
        Source.ownedBy(ResourceTypes.SERVICE, ResourceTypes.ROUTE));
  }

  @Override
  public Optional<Duration> reconcile(ObjectKey key, Consumer<ObjectKey> wake) {
    if (!key.gvk().equals(ResourceTypes.ROUTE.gvk())) {
      wakeRoutesTo(key, wake);
      return Optional.empty();
    }
    KubeObject route = writer.get(key).orElse(null);
    if (route == null) {
      return Optional.empty();
    }
    var meta = new RoutingMeta(writer, scheduler.now());
    if (route.isBeingDeleted()) {
      meta.clear(route);
      finalizer(route, false);
      return Optional.empty();
    }
    route = finalizer(route, true);
    var status = new RouteStatus(route, new RouteUrls(route, options));
    traffic(route, status);
    meta.sync(writer.status(route, status.finish(scheduler.now())));
    return Optional.empty();
  }

  /** The Routes that name a Configuration or a Revision, or are named by it. */
  private void wakeRoutesTo(ObjectKey key, Consumer<ObjectKey> wake) {
    boolean revision = key.gvk().equals(ResourceTypes.REVISION.gvk());
    var named = new HashSet<String>();
    writer.get(key).ifPresent(object -> named.addAll(RoutingMeta.routes(object)));
    for (KubeObject route : writer.list(ResourceTypes.ROUTE, key.namespace(), Map.of())) {
      if (named.contains(route.name())
          || names(route.spec().path("traffic"), revision, key.name())
          || names(route.status().path("traffic"), revision, key.name())) {
        wake.accept(route.key());
      }
    }
  }

  private static boolean names(JsonNode traffic, boolean revision, String name) {
    for (JsonNode target : traffic) {
      if (target.path(revision ? "revisionName" : "configurationName").asText().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private void traffic(KubeObject route, RouteStatus status) {
    String namespace = route.namespace();
    Traffic traffic =
        Traffic.of(
            route,
            name -> writer.get(ResourceTypes.CONFIGURATION, namespace, name),
            name -> writer.get(ResourceTypes.REVISION, namespace, name));
    boolean local = new RouteUrls(route, options).isClusterLocal();
    status.traffic(
        traffic,
        tag ->
            local
                || writer
                    .get(ResourceTypes.SERVICE, namespace, KnativeNames.tagged(route.name(), tag))
                    .map(RouteUrls::isLocal)
                    .orElse(false));
    if (traffic instanceof Traffic.Assigned(List<Traffic.Target> targets)
        && services(route, targets, status)) {
      status.routed();
    }
  }

  /** Returns whether every name is the Route's to take. */
  private boolean services(KubeObject route, List<Traffic.Target> targets, RouteStatus status) {
    var tags = new TreeSet<String>();
    tags.add("");
    targets.forEach(target -> tags.add(target.tag()));
    var names = new HashSet<String>();
    for (String tag : tags) {
      KubeObject wanted = RouteServices.make(route, tag, options.gatewayHost());
      names.add(wanted.name());
      KubeObject found = writer.get(wanted.key()).orElse(null);
      if (found == null) {
        writer.create(wanted);
      } else if (!Writer.controls(route, found)) {
        status.serviceNotOwned(found.name());
        return false;
      }
    }
    writer.owned(ResourceTypes.SERVICE, route).stream()
        .filter(service -> !names.contains(service.name()))
        .forEach(writer::delete);
    return true;
  }

  private KubeObject finalizer(KubeObject route, boolean present) {
    ArrayNode finalizers = Json.array();
    boolean has = false;
    for (JsonNode name : route.metadata().path("finalizers")) {
      if (name.asText().equals(RoutingMeta.FINALIZER)) {
        has = true;
      } else {
        finalizers.add(name);
      }
    }
    if (has == present) {
      return route;
    }
    if (present) {
      finalizers.add(RoutingMeta.FINALIZER);
    }
    KubeObject next = route.copy();
    ObjectNode metadata = Trees.child(next.tree(), "metadata");
    metadata.set("finalizers", finalizers);
    return writer.update(route, next);
  }
}
