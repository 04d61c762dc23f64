package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.kserve.Component;
import dev.salver.kube.kserve.Hosts;
import dev.salver.kube.kserve.InferenceService;
import dev.salver.kube.kserve.Names;
import dev.salver.reconciler.serving.Conditions.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way in for Standard mode. It is made once every component is ready, and stays when one is not
 * any more: taking the route away would end what still serves.
 */
final class StandardIngress {
  private StandardIngress() {}

  static Optional<Failure> add(Job job, List<KubeObject> services, Outcome outcome) {
    InferenceService service = job.service();
    if (StandardMode.internal(job) || job.config().ingressDisabled()) {
      outcome.conditions.set("IngressReady", Condition.TRUE);
      addresses(job, services, outcome);
      return Optional.empty();
    }
    Attempt<List<KubeObject>> routes =
        job.config().gatewayApi()
            ? HttpRoutes.of(job, services)
            : IngressChild.of(job).then(ingress -> Attempt.done(List.of(ingress)));
    return switch (routes) {
      case Attempt.Failed<List<KubeObject>>(Failure failure) -> Optional.of(failure);
      case Attempt.Done<List<KubeObject>>(List<KubeObject> wanted) -> {
        Optional<String> waiting = waitsFor(service, outcome);
        boolean there =
            wanted.stream().allMatch(route -> job.observed().child(route.key()).isPresent());
        if (waiting.isEmpty() || there) {
          outcome.children.addAll(wanted);
        }
        Condition ready =
            job.config().gatewayApi()
                ? routesReady(job, wanted)
                : waiting.isEmpty() || there
                    ? Condition.TRUE
                    : Condition.no(waiting.get() + " ingress not created", "");
        outcome.conditions.set("IngressReady", ready);
        if (ready.isTrue()) {
          addresses(job, services, outcome);
        }
        yield Optional.empty();
      }
    };
  }

  /** The first component, in KServe's order, that keeps the route from being made. */
  private static Optional<String> waitsFor(InferenceService service, Outcome outcome) {
    var order = new ArrayList<>(List.of(Component.Kind.PREDICTOR));
    service.transformer().ifPresent(t -> order.add(Component.Kind.TRANSFORMER));
    service.explainer().ifPresent(e -> order.add(Component.Kind.EXPLAINER));
    return order.stream()
        .map(Component.Kind::title)
        .filter(title -> !outcome.conditions.isTrue(title + "Ready"))
        .findFirst();
  }

  /** Routes are ready when they are there and no gateway objects. */
  private static Condition routesReady(Job job, List<KubeObject> wanted) {
    for (KubeObject route : wanted) {
      String title = title(route, job.service());
      Optional<KubeObject> observed = job.observed().child(route.key());
      if (observed.isEmpty()) {
        return Condition.no(title + " Deployment NotReady", title + " HTTPRoute not created");
      }
      JsonNode parents = observed.get().status().path("parents");
      if (parents.isEmpty()) {
        return Condition.no("ParentStatusNotAvailable", title + " HttpRouteNotReady");
      }
      for (JsonNode parent : parents) {
        for (JsonNode condition : parent.path("conditions")) {
          if (condition.path("status").asText().equals("False")) {
            return Condition.no(
                condition.path("reason").asText(),
                title + " " + condition.path("message").asText());
          }
        }
      }
    }
    return Condition.TRUE;
  }

  private static String title(KubeObject route, InferenceService service) {
    for (Component.Kind kind : Component.Kind.values()) {
      if (route.name().equals(Names.stable(service.name(), kind))) {
        return kind.title();
      }
    }
    return "InferenceService";
  }

  private static void addresses(Job job, List<KubeObject> services, Outcome outcome) {
    InferenceService service = job.service();
    if (Hosts.of(service.name(), service, job.config()) instanceof Hosts.Host.Valid(String host)) {
      outcome.status.put("url", Hosts.url(job.config().urlScheme(), host, job.config()));
    }
    Component entry = service.transformer().orElse(service.predictor());
    String name = Names.workload(service.name(), entry);
    String port =
        services.stream()
            .filter(s -> s.name().equals(name))
            .findFirst()
            .flatMap(ServiceChild::addressPort)
            .map(number -> ":" + number)
            .orElse("");
    outcome
        .status
        .putObject("address")
        .put("url", "http://" + Names.internalHost(name, service.namespace()) + port);
  }
}
