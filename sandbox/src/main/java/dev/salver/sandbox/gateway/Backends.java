package dev.salver.sandbox.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.sandbox.node.PodPorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** Finds the pods behind revisions and services, and remembers each that was asked for. */
final class Backends {
  private static final String REVISION_LABEL = "serving.knative.dev/revision";
  private static final Set<String> HTTP2 = Set.of("h2c", "http2", "kubernetes.io/h2c", "grpc");

  private final Rendered objects;
  private final Map<Backend.Ref, Backend> found = new HashMap<>();

  Backends(Rendered objects) {
    this.objects = objects;
  }

  Map<Backend.Ref, Backend> all() {
    return Map.copyOf(found);
  }

  Backend.Ref revision(String namespace, String name) {
    var ref = new Backend.Ref.Revision(namespace, name);
    found.computeIfAbsent(ref, r -> revision(ref));
    return ref;
  }

  /** A service's port; Knative's services without a selector stand for the revision itself. */
  Backend.Ref service(String namespace, String name, int port) {
    Optional<KubeObject> service = objects.get(ResourceTypes.SERVICE, namespace, name);
    boolean selects = service.map(s -> !s.spec().path("selector").isEmpty()).orElse(false);
    if (!selects && objects.get(ResourceTypes.REVISION, namespace, name).isPresent()) {
      return revision(namespace, name);
    }
    var ref = new Backend.Ref.Service(namespace, name, port);
    found.computeIfAbsent(ref, r -> service(ref, service));
    return ref;
  }

  int portNumber(String namespace, String service, String portName) {
    return objects
        .get(ResourceTypes.SERVICE, namespace, service)
        .map(found -> port(found, port -> port.path("name").asText().equals(portName)))
        .map(port -> port.path("port").asInt())
        .orElse(0);
  }

  private Backend revision(Backend.Ref.Revision ref) {
    Optional<KubeObject> revision =
        objects.get(ResourceTypes.REVISION, ref.namespace(), ref.name());
    JsonNode spec =
        revision
            .map(KubeObject::spec)
            .orElse(com.fasterxml.jackson.databind.node.MissingNode.getInstance());
    JsonNode container = serving(spec);
    int timeout = spec.path("timeoutSeconds").asInt();
    return new Backend(
        ref,
        spec.path("containerConcurrency").asInt(),
        timeout > 0 ? Optional.of(Duration.ofSeconds(timeout)) : Optional.empty(),
        revision.flatMap(Backends::failure),
        HTTP2.contains(container.path("ports").path(0).path("name").asText()),
        pods(
            ref.namespace(),
            pod -> pod.label(REVISION_LABEL).filter(ref.name()::equals).isPresent(),
            pod -> PodPorts.main(serving(pod.spec()))));
  }

  /** The container that requests go to: the one with a port, Knative's sidecar left out. */
  private static JsonNode serving(JsonNode spec) {
    for (JsonNode container : spec.path("containers")) {
      if (!container.path("ports").isEmpty()
          && !container.path("name").asText().equals("queue-proxy")) {
        return container;
      }
    }
    return spec.path("containers").path(0);
  }

  /**
   * Why requests need not wait. A revision that ran before has lost its process and gets another
   * one: that is worth waiting for.
   */
  private static Optional<String> failure(KubeObject revision) {
    JsonNode ready = revision.condition("Ready");
    return ready.path("status").asText().equals("False") && !revision.is("ResourcesAvailable")
        ? Optional.of(
            "revision "
                + revision.name()
                + " failed: "
                + ready.path("message").asText(ready.path("reason").asText()))
        : Optional.empty();
  }

  private Backend service(Backend.Ref.Service ref, Optional<KubeObject> service) {
    if (service.isEmpty() || service.get().spec().path("selector").isEmpty()) {
      return new Backend(
          ref,
          0,
          Optional.empty(),
          Optional.of(
              "service "
                  + ref.name()
                  + " in namespace "
                  + ref.namespace()
                  + (service.isEmpty() ? " does not exist" : " selects no pods")),
          false,
          List.of());
    }
    Map<String, String> selector = Tables.edits(service.get().spec().path("selector"));
    JsonNode port =
        port(service.get(), each -> ref.port() == 0 || each.path("port").asInt() == ref.port());
    JsonNode target =
        port.path("targetPort").isMissingNode() ? port.path("port") : port.path("targetPort");
    boolean http2 =
        HTTP2.contains(port.path("appProtocol").asText())
            || HTTP2.contains(port.path("name").asText());
    return new Backend(
        ref,
        0,
        Optional.empty(),
        Optional.empty(),
        http2,
        pods(
            ref.namespace(),
            pod -> pod.labels().entrySet().containsAll(selector.entrySet()),
            pod -> targetPort(pod, target)));
  }

  private static JsonNode port(KubeObject service, Predicate<JsonNode> wanted) {
    for (JsonNode port : service.spec().path("ports")) {
      if (wanted.test(port)) {
        return port;
      }
    }
    return service.spec().path("ports").path(0);
  }

  private static int targetPort(KubeObject pod, JsonNode target) {
    if (target.isNumber()) {
      return target.asInt();
    }
    for (JsonNode container : pod.spec().path("containers")) {
      for (JsonNode port : container.path("ports")) {
        if (port.path("name").asText().equals(target.asText())) {
          return port.path("containerPort").asInt();
        }
      }
    }
    return PodPorts.main(pod.spec().path("containers").path(0));
  }

  private List<Backend.Address> pods(
      String namespace, Predicate<KubeObject> selected, ToIntFunction<KubeObject> containerPort) {
    var result = new ArrayList<Backend.Address>();
    for (KubeObject pod : objects.all(ResourceTypes.POD)) {
      if (pod.namespace().equals(namespace)
          && selected.test(pod)
          && pod.is("Ready")
          && !pod.isBeingDeleted()) {
        PodPorts.of(pod)
            .local(containerPort.applyAsInt(pod))
            .ifPresent(port -> result.add(new Backend.Address(pod.uid(), pod.name(), port)));
      }
    }
    return List.copyOf(result);
  }
}
