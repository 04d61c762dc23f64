package dev.salver.reconciler.serving;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.kserve.Component;
import dev.salver.kube.kserve.Hosts;
import dev.salver.kube.kserve.InferenceService;
import dev.salver.kube.kserve.Keys;
import dev.salver.kube.kserve.Names;
import dev.salver.reconciler.serving.Conditions.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Standard mode: per component a Service, a Deployment and what scales it; then the way in. */
final class StandardMode {
  private StandardMode() {}

  static Rendering render(Job job, List<Workload> workloads, Outcome outcome) {
    var services = new ArrayList<KubeObject>();
    for (Workload workload : workloads) {
      Optional<Failure> failure = component(job, workload, outcome, services);
      if (failure.isPresent()) {
        return outcome.failed(failure.get());
      }
    }
    outcome.diagnose(pods(job, workloads.getFirst()), Condition.TRUE);
    Optional<Failure> failure = StandardIngress.add(job, services, outcome);
    if (failure.isPresent()) {
      return outcome.failed(failure.get());
    }
    model(job, workloads.getFirst(), outcome);
    return outcome.finished();
  }

  private static Optional<Failure> component(
      Job job, Workload workload, Outcome outcome, List<KubeObject> services) {
    Component.Kind kind = workload.component().kind();
    InferenceService service = job.service();
    var status = outcome.component(kind.word());
    Optional<String> unknownClass = Autoscaler.unknownClass(workload);
    if (unknownClass.isPresent()) {
      return Optional.of(impossible(kind, unknownClass.get()));
    }
    Hosts.Host host = Hosts.of(workload.name(), service, job.config());
    if (host instanceof Hosts.Host.Invalid(String name, String message)) {
      return Optional.of(impossible(kind, "failed creating host name: " + message));
    }
    if (Autoscaler.scalerClass(workload).equals("keda") && !job.features().scaledObjects()) {
      return Optional.of(
          Failure.of(
              "KedaMissing",
              "autoscalerClass keda needs KEDA, and the cluster serves no ScaledObjects"));
    }
    workload.labels().put("app", Names.app(workload.name()));
    DeploymentChild.defaults(workload.pod());
    Optional<Failure> failure = PodFinish.apply(workload, job);
    if (failure.isPresent()) {
      return failure;
    }
    KubeObject inner = ServiceChild.of(workload, job);
    KubeObject deployment = DeploymentChild.of(workload, job);
    services.add(inner);
    outcome.children.add(inner);
    outcome.children.add(deployment);
    Autoscaler.of(workload, job).ifPresent(outcome.children::add);

    Condition ready =
        job.observed()
            .child(ResourceTypes.DEPLOYMENT, service.namespace(), workload.name())
            .map(observed -> StandardStatus.of(observed, deployment))
            .orElse(Condition.no("", ""));
    outcome.conditions.set(kind.title() + "Ready", ready);
    if (ready.isTrue() && host instanceof Hosts.Host.Valid(String name)) {
      status.put("url", Hosts.url("http", name, job.config()));
    }
    return Optional.empty();
  }

  private static Failure impossible(Component.Kind kind, String why) {
    return Failure.of(
        "ReconcileFailed", "fails to create NewRawKubeReconciler for " + kind.word() + ": " + why);
  }

  private static void model(Job job, Workload predictor, Outcome outcome) {
    boolean empty =
        job.observed()
            .child(ResourceTypes.DEPLOYMENT, job.service().namespace(), predictor.name())
            .map(KubeObject::spec)
            .map(spec -> spec.path("replicas"))
            .map(replicas -> replicas.asInt(1) == 0)
            .orElse(false);
    outcome.status.set(
        "modelStatus",
        ModelState.of(
            outcome.before().path("modelStatus"),
            pods(job, predictor),
            new ModelState.Facts(
                outcome.conditions.ready().isTrue(), empty, false, predictor.fetchesItself())));
  }

  private static List<KubeObject> pods(Job job, Workload workload) {
    String app = Names.app(workload.name());
    return job.observed().pods().stream()
        .filter(pod -> pod.label("app").orElse("").equals(app))
        .filter(pod -> !pod.isBeingDeleted())
        .toList();
  }

  static boolean internal(Job job) {
    return job.service().labels().getOrDefault(Keys.VISIBILITY, "").equals(Keys.CLUSTER_LOCAL)
        || job.config().ingressDomain().equals("svc.cluster.local");
  }
}
