package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Trees;
import dev.salver.kube.defaults.KubernetesDefaults;
import dev.salver.kube.kserve.Admission;
import dev.salver.kube.kserve.Defaulting;
import dev.salver.kube.kserve.RuntimeAdmission;
import dev.salver.kube.kserve.Runtimes;
import dev.salver.kube.kserve.ServingConfig;
import dev.salver.kube.kserve.ServingRuntime;
import dev.salver.reconciler.serving.TreeDiff.Difference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gives our functions what KServe was given and says where the results differ. */
final class KserveRunner {
  private static final int MOST_PASSES = 8;

  /** As where the cases were recorded: all there, nothing refused, Knative as shipped. */
  private static final Features FEATURES = new Features(true, true, true, false, Map.of(), true);

  private final ServingConfig config;
  private final List<KubeObject> runtimes;

  /** {@code runtimes} are the cluster's, before a case adds its own. */
  KserveRunner(ServingConfig config, List<KubeObject> runtimes) {
    this.config = config;
    this.runtimes = runtimes;
  }

  /** What a run came to, when everything was ready. */
  record Result(List<KubeObject> children, JsonNode before, JsonNode after, List<String> events) {}

  List<Difference> compare(KserveCase one) {
    ServingConfig settings = settings(one);
    if (!one.refused().isEmpty()) {
      String refusal =
          refusedRuntime(one)
              .or(() -> Admission.refusal(Defaulting.apply(one.service(), settings)))
              .orElse("");
      return TreeDiff.between(
          "refused",
          Json.object().put("x", one.refused()).path("x"),
          Json.object().put("x", refusal).path("x"));
    }
    KubeObject defaulted = Defaulting.apply(one.service(), settings);
    var found = new ArrayList<Difference>();
    refusedRuntime(one)
        .or(() -> Admission.refusal(defaulted))
        .ifPresent(
            words ->
                found.addAll(
                    TreeDiff.between(
                        "refused",
                        MissingNode.getInstance(),
                        Json.object().put("x", words).path("x"))));
    found.addAll(TreeDiff.between("stored", one.stored(), storedForm(defaulted)));
    Result result = run(one);
    found.addAll(TreeDiff.between("statusBefore", one.statusBefore(), result.before()));
    found.addAll(TreeDiff.between("statusAfter", one.statusAfter(), result.after()));
    found.addAll(TreeDiff.between("events", Trees.list(one.events()), Trees.list(result.events())));
    Map<String, KubeObject> recorded = byKey(one.children());
    Map<String, KubeObject> rendered = byKey(result.children());
    var keys = new LinkedHashSet<>(recorded.keySet());
    keys.addAll(rendered.keySet());
    for (String key : keys) {
      found.addAll(TreeDiff.between(key, tree(recorded.get(key)), tree(rendered.get(key))));
    }
    if (one.podsNotRecorded()) {
      found.removeIf(d -> d.path().matches(".*\\.(initContainers|volumes|volumeMounts)\\b.*"));
    }
    return found;
  }

  Result run(KserveCase one) {
    KubeObject service = one.service().copy();
    service.tree().withObjectProperty("metadata").put("generation", 1).put("uid", "u");
    var all = new ArrayList<>(runtimes);
    one.when().forEach(given -> all.add(newest(given)));
    List<KubeObject> related = one.when().stream().filter(o -> o.gvk().group().isEmpty()).toList();
    var events = new ArrayList<String>();
    JsonNode before = MissingNode.getInstance();
    List<KubeObject> children = List.of();
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      Rendering rendering =
          Serving.render(
              service,
              Runtimes.of(all),
              settings(one),
              FEATURES,
              new Observed(ReadyCluster.of(children), List.of(), related));
      rendering.events().stream()
          .map(event -> event.type() + " " + event.reason() + ": " + event.message())
          .filter(event -> !events.contains(event))
          .forEach(events::add);
      if (pass == 0) {
        before = withoutTimes(rendering.status());
        ((ObjectNode) before).remove("observedGeneration");
      }
      children = rendering.children();
      service = service.copy();
      service
          .tree()
          .set(
              "status", Conditions.stamp(rendering.status(), Instant.ofEpochSecond(1_700_000_000)));
    }
    return new Result(children, before, withoutTimes(service.tree().path("status")), events);
  }

  /** What is wrong with a runtime that a case adds to those of its scope. */
  private Optional<String> refusedRuntime(KserveCase one) {
    var stored = new ArrayList<>(runtimes);
    for (KubeObject given : one.when()) {
      if (given.kind().endsWith("ServingRuntime")) {
        List<ServingRuntime> scope =
            stored.stream()
                .filter(other -> other.kind().equals(given.kind()))
                .filter(other -> other.namespace().equals(given.namespace()))
                .map(ServingRuntime::new)
                .toList();
        Optional<String> refusal = RuntimeAdmission.refusal(new ServingRuntime(given), scope);
        if (refusal.isPresent()) {
          return refusal;
        }
        stored.add(given);
      }
    }
    return Optional.empty();
  }

  /** What a case adds was made after what was there; recordings leave the times out. */
  private static KubeObject newest(KubeObject given) {
    KubeObject copy = given.copy();
    copy.tree().withObjectProperty("metadata").put("creationTimestamp", "2026-08-21T00:00:00Z");
    return copy;
  }

  ServingConfig settings(KserveCase one) {
    if (!one.gatewayApi()) {
      return config;
    }
    var sections = new TreeMap<>(config.sections());
    sections.put("ingress", Trees.copy(config.section("ingress")).put("enableGatewayApi", true));
    return new ServingConfig(sections);
  }

  private static JsonNode storedForm(KubeObject object) {
    ObjectNode form = Json.object();
    form.set("labels", object.metadata().path("labels"));
    form.set("annotations", object.metadata().path("annotations"));
    form.set("spec", object.spec());
    return form;
  }

  private static Map<String, KubeObject> byKey(List<KubeObject> objects) {
    var result = new TreeMap<String, KubeObject>();
    objects.forEach(
        object ->
            result.put(object.kind() + "/" + object.name() + "@" + object.gvk().group(), object));
    return result;
  }

  private static JsonNode tree(@Nullable KubeObject object) {
    if (object == null) {
      return MissingNode.getInstance();
    }
    ObjectNode tree = KubernetesDefaults.apply(object).copy().tree();
    tree.withObjectProperty("metadata").remove("ownerReferences");
    drop(tree, "terminationMessagePath");
    drop(tree, "terminationMessagePolicy");
    return tree;
  }

  /** Recorded pods lack these two, so they are not compared anywhere. */
  private static void drop(JsonNode tree, String field) {
    if (tree instanceof ObjectNode object) {
      object.remove(field);
    }
    tree.forEach(child -> drop(child, field));
  }

  private static JsonNode withoutTimes(JsonNode status) {
    JsonNode copy = status.deepCopy();
    for (JsonNode condition : copy.path("conditions")) {
      ((ObjectNode) condition).remove("lastTransitionTime");
    }
    return copy;
  }
}
