package dev.salver.sandbox.controllers;

import dev.salver.kube.ObjectKey;
import dev.salver.kube.run.Scheduler;
import dev.salver.kube.run.WorkQueue;
import dev.salver.sandbox.api.Api;
import dev.salver.sandbox.controllers.gc.EventCollector;
import dev.salver.sandbox.controllers.gc.OwnerCollector;
import dev.salver.sandbox.controllers.knative.AutoscalerController;
import dev.salver.sandbox.controllers.knative.ConfigurationController;
import dev.salver.sandbox.controllers.knative.KnativeOptions;
import dev.salver.sandbox.controllers.knative.RevisionController;
import dev.salver.sandbox.controllers.knative.RouteController;
import dev.salver.sandbox.controllers.knative.ServiceController;
import dev.salver.sandbox.controllers.workloads.DeploymentController;
import dev.salver.sandbox.controllers.workloads.PodAutoscalerClamp;
import dev.salver.sandbox.controllers.workloads.ReplicaSetController;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All controllers that make a Kubernetes with Knative out of the API. */
public final class Controllers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Controllers.class);

  private final List<ControllerLoop> loops;

  private Controllers(List<ControllerLoop> loops) {
    this.loops = loops;
  }

  /** Starts them; failures go to the log. */
  public static Controllers start(Api api, Scheduler scheduler, KnativeOptions options) {
    return start(
        api,
        scheduler,
        options,
        (key, failure, inARow, retryIn) ->
            LOG.warn("{}: {} (failure {}, again in {})", key, failure, inARow, retryIn));
  }

  /**
   * Starts them.
   *
   * @param failures hears of each pass that failed and will be tried again
   */
  public static Controllers start(
      Api api,
      Scheduler scheduler,
      KnativeOptions options,
      WorkQueue.FailureListener<ObjectKey> failures) {
    var knative = new Writer(api, "knative-serving");
    var kubernetes = new Writer(api, "kube-controller-manager");
    var events = new Events(kubernetes, scheduler);
    List<Controller> controllers =
        List.of(
            new ServiceController(knative, scheduler),
            new ConfigurationController(knative, scheduler, options.keptRevisions()),
            new RevisionController(knative, scheduler),
            new AutoscalerController(knative, scheduler),
            new RouteController(knative, scheduler, options),
            new DeploymentController(kubernetes, events, scheduler),
            new ReplicaSetController(kubernetes, events, scheduler),
            new PodAutoscalerClamp(kubernetes, scheduler),
            new OwnerCollector(kubernetes),
            new EventCollector(kubernetes, scheduler));
    return new Controllers(
        controllers.stream()
            .map(controller -> new ControllerLoop(controller, api, scheduler, failures))
            .toList());
  }

  /** Whether no controller has anything to do now. */
  public boolean isIdle() {
    return loops.stream().allMatch(ControllerLoop::isIdle);
  }

  @Override
  public void close() {
    loops.forEach(ControllerLoop::close);
  }
}
