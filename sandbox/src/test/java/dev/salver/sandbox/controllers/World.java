package dev.salver.sandbox.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Yaml;
import dev.salver.kube.knative.KnativeFeatures;
import dev.salver.kube.run.VirtualScheduler;
import dev.salver.sandbox.api.Admission;
import dev.salver.sandbox.api.Api;
import dev.salver.sandbox.api.SandboxApi;
import dev.salver.sandbox.api.Selector;
import dev.salver.sandbox.controllers.knative.KnativeHook;
import dev.salver.sandbox.controllers.knative.KnativeOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The API with all controllers and a stand-in for the node, on virtual time. */
final class World implements AutoCloseable {
  static final String NAMESPACE = "kn";
  static final String USER = "admin";

  final VirtualScheduler scheduler = new VirtualScheduler(Instant.parse("2026-08-21T10:00:00Z"));
  final SandboxApi api =
      SandboxApi.inMemory(
          scheduler,
          SandboxApi.Options.standard()
              .with(Admission.of(new KnativeHook(KnativeFeatures.STOCK, USER)))
              .withRandom(new Random(7)));
  final StandInNode node = new StandInNode(api, scheduler);
  final List<String> failures = new ArrayList<>();
  final Controllers controllers;

  World(KnativeOptions options) {
    api.create(KubeObject.named(ResourceTypes.NAMESPACE.gvk(), "", NAMESPACE), USER);
    controllers =
        Controllers.start(
            api,
            scheduler,
            options,
            (key, failure, inARow, retryIn) -> failures.add(key + ": " + failure));
    scheduler.settle();
  }

  static World localhost() {
    return new World(KnativeOptions.localhost(8080));
  }

  /** Creates, or replaces what is not metadata. */
  KubeObject put(KubeObject object) {
    Optional<KubeObject> stored = api.get(object.key());
    if (stored.isEmpty()) {
      return api.create(object, USER);
    }
    ObjectNode next = stored.get().copy().tree();
    next.set("spec", object.spec());
    return api.update(new KubeObject(next), USER);
  }

  KubeObject put(String yaml) {
    return put(new KubeObject((ObjectNode) Yaml.documents(yaml).getFirst()));
  }

  KubeObject get(ResourceType type, String name) {
    return find(type, name)
        .orElseThrow(() -> new AssertionError(type.gvk().kind() + " " + name + " is missing"));
  }

  Optional<KubeObject> find(ResourceType type, String name) {
    return api.get(new ObjectKey(type.gvk(), NAMESPACE, name));
  }

  List<KubeObject> list(ResourceType type) {
    return api.list(type, NAMESPACE, Selector.ANY).items();
  }

  List<KubeObject> pods(Map<String, String> labels) {
    return api.list(ResourceTypes.POD, NAMESPACE, Selector.labels(labels)).items();
  }

  void delete(ResourceType type, String name) {
    api.delete(new ObjectKey(type.gvk(), NAMESPACE, name), Api.Preconditions.NONE);
  }

  /** Lets everything come to rest now. */
  void settle() {
    scheduler.settle();
  }

  void pass(Duration time) {
    scheduler.advance(time);
  }

  /** What an autoscaler would write. */
  void scale(String revision, int desired) {
    KubeObject autoscaler = get(ResourceTypes.POD_AUTOSCALER, revision).copy();
    ((ObjectNode) autoscaler.status()).put("desiredScale", desired);
    api.updateStatus(autoscaler, "autoscaler");
    settle();
  }

  @Override
  public void close() {
    controllers.close();
    node.close();
    api.close();
  }
}
