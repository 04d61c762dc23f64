package dev.salver.reconciler.serving;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Trees;
import dev.salver.kube.kserve.Component;
import dev.salver.kube.kserve.Hosts;
import dev.salver.kube.kserve.InferenceService;
import dev.salver.kube.kserve.Names;
import dev.salver.reconciler.serving.Conditions.Condition;
import dev.salver.reconciler.serving.Rendering.Notice;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Knative mode: a Knative Service a component, and Istio's part over them where it is there. */
final class KnativeMode {
  private KnativeMode() {}

  static Rendering render(Job job, List<Workload> workloads, Outcome outcome) {
    for (Workload workload : workloads) {
      Optional<Failure> failure = component(job, workload, outcome);
      if (failure.isPresent()) {
        return outcome.failed(failure.get());
      }
    }
    Workload predictor = workloads.getFirst();
    outcome.diagnose(pods(job, predictor), Condition.unknown("", ""));
    across(workloads, outcome, "RoutesReady", KnativeStatus::routeCondition);
    across(workloads, outcome, "LatestDeploymentReady", KnativeStatus::configurationCondition);
    ingress(job, outcome);
    model(job, predictor, outcome);
    return outcome.finished();
  }

  private static Optional<Failure> component(Job job, Workload workload, Outcome outcome) {
    Optional<Failure> failure = PodFinish.apply(workload, job);
    if (failure.isEmpty()) {
      failure = KnativeLimits.of(workload, job.features());
    }
    if (failure.isPresent()) {
      return failure;
    }
    KubeObject rendered = KnativeServiceChild.of(workload, job);
    outcome.children.add(rendered);
    Component.Kind kind = workload.component().kind();
    outcome.component(kind.word());
    observed(job, workload.name())
        .ifPresent(
            observed -> {
              KnativeStatus.conditions(kind, observed, rendered, outcome.conditions);
              outcome
                  .status
                  .withObjectProperty("components")
                  .set(
                      kind.word(),
                      KnativeStatus.component(
                          outcome.before().path("components").path(kind.word()),
                          observed,
                          job.config()));
            });
    return Optional.empty();
  }

  /** One condition over all components; the last that is not ready gives the reason. */
  private static void across(
      List<Workload> workloads,
      Outcome outcome,
      String type,
      Function<Component.Kind, String> ofComponent) {
    Condition all = Condition.TRUE;
    for (Workload workload : workloads) {
      String part = ofComponent.apply(workload.component().kind());
      Condition condition = outcome.conditions.get(part).orElse(Condition.unknown("", ""));
      if (!condition.isTrue()) {
        all = new Condition(condition.status(), part + " not ready", "");
      }
    }
    outcome.conditions.set(type, all);
  }

  private static void ingress(Job job, Outcome outcome) {
    InferenceService service = job.service();
    Component entry = service.transformer().orElse(service.predictor());
    String url = outcome.status.path("components").path(entry.kind().word()).path("url").asText();
    Optional<Condition> waiting = waitsFor(service, outcome);
    boolean istio = job.config().istioVirtualHost();
    if (istio && !job.features().virtualServices()) {
      outcome.events.add(
          new Notice(
              "Warning",
              "VirtualServiceCRDNotFound",
              "Istio VirtualService CRD not present; VirtualService reconciliation skipped. If you"
                  + " do not use Istio, set ingress.disableIstioVirtualHost=true."));
    }
    if (istio) {
      outcome.children.add(VirtualServiceChild.externalName(job));
    }
    boolean there =
        job.observed()
            .child(ResourceTypes.VIRTUAL_SERVICE, service.namespace(), service.name())
            .isPresent();
    String host = url.isEmpty() ? "" : host(url);
    String own = host.replaceFirst("-" + entry.kind().word(), "");
    if (istio
        && job.features().virtualServices()
        && !host.isEmpty()
        && (waiting.isEmpty() || there)) {
      outcome.children.add(VirtualServiceChild.of(job, own));
    }
    if (waiting.isPresent() && !(there || (!istio && !url.isEmpty()))) {
      outcome.conditions.set("IngressReady", waiting.get());
      return;
    }
    if (url.isEmpty()) {
      outcome.conditions.set(
          "IngressReady", Condition.unknown(entry.kind().title() + " has no URL yet", ""));
      return;
    }
    address(job, outcome, istio, own, entry, url);
  }

  private static void address(
      Job job, Outcome outcome, boolean istio, String own, Component entry, String url) {
    InferenceService service = job.service();
    String path = Hosts.path(service, job.config());
    String scheme = job.config().urlScheme();
    String whole =
        path.isEmpty()
            ? Hosts.url(scheme, istio ? own : host(url), job.config())
            : Hosts.url(scheme, job.config().ingressDomain(), job.config()) + path;
    outcome.status.put("url", whole);
    String inside = istio ? service.name() : Names.workload(service.name(), entry);
    outcome
        .status
        .putObject("address")
        .put("url", "http://" + Names.internalHost(inside, service.namespace()));
    outcome.conditions.set("IngressReady", Condition.TRUE);
  }

  private static Optional<Condition> waitsFor(InferenceService service, Outcome outcome) {
    var order =
        List.of(Optional.of(service.predictor()), service.transformer(), service.explainer());
    for (Optional<Component> component : order) {
      if (component.isPresent()) {
        String title = component.get().kind().title();
        Condition ready = outcome.conditions.get(title + "Ready").orElse(Condition.unknown("", ""));
        if (!ready.isTrue()) {
          return Optional.of(new Condition(ready.status(), title + " ingress not created", ""));
        }
      }
    }
    return Optional.empty();
  }

  private static void model(Job job, Workload predictor, Outcome outcome) {
    Optional<KubeObject> observed = observed(job, predictor.name());
    boolean failed =
        observed.stream()
            .flatMap(o -> Trees.items(o.status().path("conditions")).stream())
            .anyMatch(c -> c.path("status").asText().equals("False"));
    boolean mayBeEmpty = predictor.component().minReplicas().orElse(1L) == 0;
    outcome.status.set(
        "modelStatus",
        ModelState.of(
            outcome.before().path("modelStatus"),
            pods(job, predictor),
            new ModelState.Facts(
                outcome.conditions.ready().isTrue(),
                mayBeEmpty,
                failed,
                predictor.fetchesItself())));
  }

  /** The pods of the newest revision. */
  private static List<KubeObject> pods(Job job, Workload workload) {
    String revision =
        observed(job, workload.name())
            .map(o -> o.status().path("latestCreatedRevisionName").asText())
            .orElse("");
    return job.observed().pods().stream()
        .filter(
            pod ->
                !revision.isEmpty()
                    && pod.label("serving.knative.dev/revision").orElse("").equals(revision))
        .filter(pod -> !pod.isBeingDeleted())
        .toList();
  }

  private static Optional<KubeObject> observed(Job job, String name) {
    return job.observed().child(ResourceTypes.KNATIVE_SERVICE, job.service().namespace(), name);
  }

  private static String host(String url) {
    try {
      String host = URI.create(url).getHost();
      return host == null ? "" : host;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
