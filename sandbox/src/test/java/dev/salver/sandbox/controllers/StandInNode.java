package dev.salver.sandbox.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.run.Scheduler;
import dev.salver.sandbox.api.Api;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reports pods ready at once, unless an image has {@code fail} in its name or a fate is set. */
final class StandInNode implements AutoCloseable {
  static final String FINALIZER = "sandbox.salver.dev/node";
  private final Api api;
  private final Scheduler scheduler;
  private final ControllerLoop loop;
  private final Map<String, Fate> fates = new HashMap<>();
  private boolean paused;

  /** What becomes of a pod: whether it gets ready, and its container's state and last state. */
  record Fate(boolean ready, JsonNode state, JsonNode lastState) {}

  static Fate ready() {
    return new Fate(true, Json.object(), Json.object());
  }

  static Fate notReady() {
    return new Fate(false, Json.object(), Json.object());
  }

  /** Ended before, and waits to be started again. */
  static Fate crashing(int exitCode, String message) {
    ObjectNode last = Json.object();
    last.putObject("terminated").put("exitCode", exitCode).put("message", message);
    return new Fate(false, waiting("CrashLoopBackOff", "back-off"), last);
  }

  /** Never started. */
  static Fate stuck(String reason, String message) {
    return new Fate(false, waiting(reason, message), Json.object());
  }

  private static ObjectNode waiting(String reason, String message) {
    ObjectNode state = Json.object();
    state.putObject("waiting").put("reason", reason).put("message", message);
    return state;
  }

  StandInNode(Api api, Scheduler scheduler) {
    this.api = api;
    this.scheduler = scheduler;
    this.loop =
        new ControllerLoop(
            new Controller() {
              @Override
              public String name() {
                return "stand-in node";
              }

              @Override
              public List<Source> sources() {
                return List.of(Source.of(ResourceTypes.POD));
              }

              @Override
              public Optional<Duration> reconcile(ObjectKey key, Consumer<ObjectKey> wake) {
                api.get(key).ifPresent(pod -> run(pod));
                return Optional.empty();
              }
            },
            api,
            scheduler,
            (key, failure, inARow, retryIn) -> {
              throw new AssertionError(key.toString(), failure);
            });
  }

  /** From now on, containers of this image fare so. */
  void fate(String image, Fate fate) {
    fates.put(image, fate);
    api.list(ResourceTypes.POD, "", object -> true).items().forEach(this::run);
  }

  /** Reports and ends nothing any more. */
  void pause() {
    paused = true;
  }

  private void run(KubeObject found) {
    if (paused) {
      return;
    }
    KubeObject pod = found.copy();
    ObjectNode metadata = Trees.child(pod.tree(), "metadata");
    if (pod.isBeingDeleted()) {
      metadata.remove("finalizers");
      api.update(pod, "node");
      return;
    }
    if (pod.spec().path("nodeName").isMissingNode()) {
      Trees.child(pod.tree(), "spec").put("nodeName", "local");
      metadata.putArray("finalizers").add(FINALIZER);
      pod = api.update(pod, "node").copy();
    }
    JsonNode container = pod.spec().path("containers").path(0);
    String image = container.path("image").asText();
    Fate fate =
        fates.getOrDefault(image, new Fate(!image.contains("fail"), Json.object(), Json.object()));
    JsonNode before = pod.condition("Ready");
    String ready = fate.ready() ? "True" : "False";
    ObjectNode status = Json.object().put("phase", "Running");
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", ready)
        .put(
            "lastTransitionTime",
            before.path("status").asText().equals(ready)
                ? before.path("lastTransitionTime").asText()
                : scheduler.now().toString());
    ObjectNode state =
        status
            .putArray("containerStatuses")
            .addObject()
            .put("name", container.path("name").asText())
            .put("image", image);
    state.set("state", fate.state());
    state.set("lastState", fate.lastState());
    if (!Trees.same(pod.status(), status)) {
      pod.tree().set("status", status);
      api.updateStatus(pod, "node");
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
