package dev.salver.sandbox.controllers.knative;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.knative.KnativeNames;
import dev.salver.kube.run.Scheduler;
import dev.salver.sandbox.controllers.Controller;
import dev.salver.sandbox.controllers.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Service → Configuration and Route, and their state back. */
public final class ServiceController implements Controller {
  private final Writer writer;
  private final Scheduler scheduler;

  public ServiceController(Writer writer, Scheduler scheduler) {
    this.writer = writer;
    this.scheduler = scheduler;
  }

  @Override
  public String name() {
    return "knative service";
  }

  @Override
  public List<Source> sources() {
    return List.of(
        Source.of(ResourceTypes.KNATIVE_SERVICE),
        Source.ownedBy(ResourceTypes.CONFIGURATION, ResourceTypes.KNATIVE_SERVICE),
        Source.ownedBy(ResourceTypes.ROUTE, ResourceTypes.KNATIVE_SERVICE),
        Source.labelled(
            ResourceTypes.REVISION, KnativeNames.SERVICE, ResourceTypes.KNATIVE_SERVICE));
  }

  @Override
  public Optional<Duration> reconcile(ObjectKey key, Consumer<ObjectKey> wake) {
    KubeObject service = writer.get(key).orElse(null);
    if (service == null || service.isBeingDeleted()) {
      return Optional.empty();
    }
    var status = new ServiceStatus(service);
    children(service, status);
    writer.status(service, status.finish(scheduler.now()));
    return Optional.empty();
  }

  private void children(KubeObject service, ServiceStatus status) {
    Optional<KubeObject> found =
        writer.get(ResourceTypes.CONFIGURATION, service.namespace(), service.name());
    if (found.isPresent() && !Writer.controls(service, found.get())) {
      status.notOwned("Configuration", service.name());
      return;
    }
    KubeObject wanted = ServiceChildren.configuration(service, found);
    KubeObject configuration =
        found.isPresent() ? writer.update(found.get(), wanted) : writer.create(wanted);
    boolean observed = status.configuration(configuration);
    String ownName = ConfigurationRevisions.ownName(configuration);
    if (!observed && !ownName.isEmpty()) {
      // Traffic must not move before it is known that the user's own revision name is free.
      return;
    }
    Optional<KubeObject> named =
        ownName.isEmpty()
            ? Optional.empty()
            : writer.get(ResourceTypes.REVISION, service.namespace(), ownName);
    if (named.isPresent() && !ConfigurationRevisions.matches(named.get(), configuration)) {
      status.revisionNameTaken(ownName);
      return;
    }
    Optional<KubeObject> oldRoute =
        writer.get(ResourceTypes.ROUTE, service.namespace(), service.name());
    if (oldRoute.isPresent() && !Writer.controls(service, oldRoute.get())) {
      status.notOwned("Route", service.name());
      return;
    }
    KubeObject wantedRoute = ServiceChildren.route(service);
    KubeObject route =
        oldRoute.isPresent()
            ? writer.update(oldRoute.get(), wantedRoute)
            : writer.create(wantedRoute);
    status.route(route, configuration);
  }
}
