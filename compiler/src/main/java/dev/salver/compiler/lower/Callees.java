package dev.salver.compiler.lower;

import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.check.Settings;
import dev.salver.compiler.overlay.Path;
import dev.salver.kube.graph.Step.Address;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What an environment's graphs can call, by name. */
final class Callees {
  private static final String ENDPOINT = "endpoint:";
  private static final String SERVICE = "service:";

  /** Every service under its own name. */
  static final Callees NAMED = new Callees(Map.of());

  private final Map<String, ModelPlan> models = new HashMap<>();
  private final Map<String, Settings> settings;

  private Callees(Map<String, Settings> settings) {
    this.settings = settings;
  }

  static Callees of(EnvironmentPlan plan) {
    var callees = new Callees(plan.settings());
    plan.models().forEach(model -> callees.models.put(model.name(), model));
    return callees;
  }

  /** A model that runs here; empty for graphs and what runs elsewhere. */
  Optional<ModelPlan> model(String name) {
    return Optional.ofNullable(models.get(name));
  }

  /** Models say where they run, and in which protocol they are asked; graphs are asked in V2. */
  Address address(String name) {
    Optional<String> from = text(name, "from");
    String protocol = model(name).map(ModelPlan::wire).or(() -> text(name, "wire")).orElse("v2");
    if (from.isPresent() && from.get().startsWith(ENDPOINT)) {
      return new Address(name, from.get().substring(ENDPOINT.length()), name, protocol);
    }
    if (from.isPresent() && from.get().startsWith(SERVICE)) {
      String service = from.get().substring(SERVICE.length());
      int slash = service.indexOf('/');
      return slash < 0
          ? new Address(service, null, service, protocol)
          : new Address(
              service.substring(slash + 1),
              "%s://%s.%s.svc.cluster.local"
                  .formatted(
                      protocol.startsWith("grpc") ? "grpc" : "http",
                      service.substring(slash + 1),
                      service.substring(0, slash)),
              name,
              protocol);
    }
    return new Address(name, null, name, protocol);
  }

  /** A setting of a model; graphs have neither of those that are asked for. */
  private Optional<String> text(String name, String key) {
    Settings of = settings.get(name);
    return of == null || of.leaf(Path.of(key)).isEmpty() ? Optional.empty() : of.text(key);
  }
}
