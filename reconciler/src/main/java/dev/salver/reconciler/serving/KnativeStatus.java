package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Trees;
import dev.salver.kube.kserve.Component;
import dev.salver.kube.kserve.ServingConfig;
import dev.salver.reconciler.serving.Conditions.Condition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a Knative Service's status says about a component, and which revisions are rolled out. */
final class KnativeStatus {
  private KnativeStatus() {}

  /** Sets the component's conditions; those that Knative has not set are not set either. */
  static void conditions(
      Component.Kind kind, KubeObject observed, KubeObject rendered, Conditions conditions) {
    Optional<Condition> ready = Condition.of(observed.condition("Ready"));
    boolean current = Children.current(observed, rendered);
    boolean newest =
        observed
            .status()
            .path("latestCreatedRevisionName")
            .equals(observed.status().path("latestReadyRevisionName"));
    if (ready.isPresent() && (!current || (ready.get().isTrue() && !newest))) {
      ready =
          Optional.of(
              Condition.unknown(
                  "NewGeneration",
                  "Knative Service "
                      + observed.name()
                      + " does not run the newest specification yet"));
    }
    ready.ifPresent(condition -> conditions.set(kind.title() + "Ready", condition));
    Condition.of(observed.condition("RoutesReady"))
        .ifPresent(condition -> conditions.set(routeCondition(kind), condition));
    Condition.of(observed.condition("ConfigurationsReady"))
        .map(c -> current ? c : Condition.unknown("NewGeneration", ""))
        .ifPresent(condition -> conditions.set(configurationCondition(kind), condition));
  }

  /** KServe's own spelling. */
  static String routeCondition(Component.Kind kind) {
    return kind == Component.Kind.EXPLAINER ? "ExplainerRoutesReady" : kind.title() + "RouteReady";
  }

  static String configurationCondition(Component.Kind kind) {
    return kind.title() + "ConfigurationReady";
  }

  /**
   * {@code status.components.NAME}: the revisions, traffic and URLs, and KServe's record of what
   * was rolled out in full, which a canary and a rollback go by.
   */
  static ObjectNode component(JsonNode before, KubeObject observed, ServingConfig config) {
    ObjectNode component = Trees.copy(before);
    JsonNode status = observed.status();
    String created = status.path("latestCreatedRevisionName").asText();
    String ready = status.path("latestReadyRevisionName").asText();
    rolledOut(component, status, created, ready);
    put(component, "latestCreatedRevision", created);
    put(component, "latestReadyRevision", ready);
    if (status.path("traffic").isArray()) {
      component.set("traffic", traffic(status.path("traffic"), config));
    } else {
      component.remove("traffic");
    }
    if (observed.is("Ready")) {
      if (status.path("address").isObject()) {
        component.set("address", status.path("address").deepCopy());
      }
      Trees.text(status.path("url")).ifPresent(url -> component.put("url", port(url, config)));
    }
    return component;
  }

  private static void rolledOut(
      ObjectNode component, JsonNode status, String created, String ready) {
    Map<String, Long> shares = new LinkedHashMap<>();
    for (JsonNode target : status.path("traffic")) {
      shares.merge(
          target.path("revisionName").asText(), target.path("percent").asLong(), Long::sum);
    }
    for (JsonNode target : status.path("traffic")) {
      String revision = target.path("revisionName").asText();
      if (!target.path("latestRevision").asBoolean() || !revision.equals(ready)) {
        continue;
      }
      String latest = component.path("latestRolledoutRevision").asText();
      String previous = component.path("previousRolledoutRevision").asText();
      long percent = target.path("percent").asLong();
      if (!latest.equals(ready)) {
        if (percent == 100) {
          put(component, "previousRolledoutRevision", latest);
          put(component, "latestRolledoutRevision", ready);
        }
      } else if (ready.equals(created)
          && percent < 100
          && shares.getOrDefault(revision, 0L) == 100
          && !previous.isEmpty()) {
        component.put("latestRolledoutRevision", previous);
      }
    }
  }

  private static JsonNode traffic(JsonNode traffic, ServingConfig config) {
    JsonNode copy = traffic.deepCopy();
    for (JsonNode target : copy) {
      Trees.text(target.path("url"))
          .ifPresent(url -> ((ObjectNode) target).put("url", port(url, config)));
    }
    return copy;
  }

  /** The configured port behind a URL's host, where Knative named none. */
  static String port(String url, ServingConfig config) {
    return config
        .urlPort()
        .map(port -> url.replaceFirst("^(\\w+://[^/:]+)(?=/|$)", "$1:" + port))
        .orElse(url);
  }

  private static void put(ObjectNode component, String field, String value) {
    if (value.isEmpty()) {
      component.remove(field);
    } else {
      component.put(field, value);
    }
  }
}
