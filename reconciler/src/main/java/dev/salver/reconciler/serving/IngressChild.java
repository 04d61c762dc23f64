package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.kserve.Hosts;
import dev.salver.kube.kserve.InferenceService;
import dev.salver.kube.kserve.Names;
import dev.salver.kube.kserve.ServingConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The Ingress of a service in Standard mode: its own host to the transformer, else the predictor,
 * and a host for each component.
 */
final class IngressChild {
  private IngressChild() {}

  static Attempt<KubeObject> of(Job job) {
    InferenceService service = job.service();
    ServingConfig config = job.config();
    ObjectNode spec = Json.object();
    if (!config.ingress("ingressClassName").isEmpty()) {
      spec.put("ingressClassName", config.ingress("ingressClassName"));
    }
    ArrayNode rules = spec.putArray("rules");
    String predictor = Names.workload(service.name(), service.predictor());
    String transformer = service.name() + "-transformer";
    String explainer = service.name() + "-explainer";
    var hosts = new LinkedHashMap<String, String>();
    boolean transformed = service.transformer().isPresent();
    if (transformed && service.explainer().isPresent()) {
      hosts.put(explainer, explainer);
    }
    hosts.put(service.name(), transformed ? transformer : predictor);
    if (transformed) {
      hosts.put(transformer, transformer);
    } else if (service.explainer().isPresent()) {
      hosts.put(explainer, explainer);
    }
    hosts.put(predictor, predictor);
    for (var entry : hosts.entrySet()) {
      switch (Hosts.of(entry.getKey(), service, config)) {
        case Hosts.Host.Valid(String host) -> rule(rules, host, entry.getValue());
        case Hosts.Host.Invalid(String host, String message) -> {
          return Attempt.failed(
              Failure.of("ReconcileFailed", "failed creating ingress host: " + message));
        }
      }
    }
    return Attempt.done(
        Children.child(
            ResourceTypes.INGRESS, service, service.name(), Map.of(), service.annotations(), spec));
  }

  private static void rule(ArrayNode rules, String host, String backend) {
    ObjectNode rule = rules.addObject().put("host", host);
    ObjectNode path =
        rule.putObject("http")
            .putArray("paths")
            .addObject()
            .put("path", "/")
            .put("pathType", "Prefix");
    ObjectNode target = path.putObject("backend").putObject("service").put("name", backend);
    target.putObject("port").put("number", 80);
  }
}
