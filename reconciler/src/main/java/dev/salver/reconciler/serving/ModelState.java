package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Trees;
import dev.salver.kube.kserve.Keys;
import java.util.List;
import java.util.Optional;

/** {@code status.modelStatus}: where the model stands, told from the newest pod. */
final class ModelState {
  /** Why a model did not load. */
  record Broken(String message, int exitCode) {}

  /**
   * What is known beside the pods.
   *
   * @param ready whether the service serves its newest generation
   * @param idle whether it may stand at no pod without anything being wrong
   * @param failed whether its workload says that it cannot run
   * @param fetchesItself whether the main container loads the model before it is ready
   */
  record Facts(boolean ready, boolean idle, boolean failed, boolean fetchesItself) {}

  private ModelState() {}

  /** The model's status when there is something to run. */
  static ObjectNode of(JsonNode before, List<KubeObject> pods, Facts facts) {
    ObjectNode status = Json.object();
    long ready = pods.stream().filter(ModelState::isReady).count();
    ObjectNode copies = status.putObject("copies").put("failedCopies", 0);
    if (ready > 0) {
      copies.put("totalCopies", ready);
    }
    String active = before.path("states").path("activeModelState").asText();
    if (before.has("lastFailureInfo")) {
      status.set("lastFailureInfo", before.path("lastFailureInfo"));
    }
    if (pods.isEmpty()) {
      if (facts.failed()) {
        return states(status, active, "FailedToLoad", "BlockedByFailedLoad");
      }
      return facts.ready() && facts.idle()
          ? states(status, "Standby", "Loaded", "UpToDate")
          : states(status, active, "Pending", "InProgress");
    }
    Optional<Broken> broken = broken(pods.getFirst());
    if (facts.ready()) {
      status.remove("lastFailureInfo");
      return states(status, "Loaded", "Loaded", "UpToDate");
    }
    if (broken.isPresent()) {
      ObjectNode info =
          status
              .putObject("lastFailureInfo")
              .put("reason", "ModelLoadFailed")
              .put("message", broken.get().message());
      if (broken.get().exitCode() != 0) {
        info.put("exitCode", broken.get().exitCode());
      }
      return states(status, active, "FailedToLoad", "BlockedByFailedLoad");
    }
    return states(
        status, active, loading(pods.getFirst(), facts) ? "Loading" : "Pending", "InProgress");
  }

  /** The model's status when its spec cannot be served. */
  static ObjectNode invalid(JsonNode before, Failure failure) {
    if (failure.model().isEmpty()) {
      return Json.object().put("transitionStatus", "");
    }
    ObjectNode status = Json.object();
    status
        .putObject("lastFailureInfo")
        .put("reason", failure.model().get().reason())
        .put("message", failure.model().get().message());
    String active = before.path("states").path("activeModelState").asText();
    return states(status, active, "FailedToLoad", "InvalidSpec");
  }

  private static ObjectNode states(
      ObjectNode status, String active, String target, String transition) {
    status.putObject("states").put("activeModelState", active).put("targetModelState", target);
    return status.put("transitionStatus", transition);
  }

  private static boolean loading(KubeObject pod, Facts facts) {
    JsonNode init =
        Trees.named(pod.status().path("initContainerStatuses"), Keys.STORAGE_INITIALIZER)
            .map(status -> status.path("state"))
            .orElse(Json.object());
    JsonNode main =
        Trees.named(pod.status().path("containerStatuses"), Keys.MAIN_CONTAINER)
            .map(status -> status.path("state"))
            .orElse(Json.object());
    return init.has("running") || (facts.fetchesItself() && main.has("running"));
  }

  /** The fetching or the serving container ended with an error, now or the last time. */
  private static Optional<Broken> broken(KubeObject pod) {
    for (String list : List.of("initContainerStatuses", "containerStatuses")) {
      String name = list.startsWith("init") ? Keys.STORAGE_INITIALIZER : Keys.MAIN_CONTAINER;
      Optional<ObjectNode> status = Trees.named(pod.status().path(list), name);
      if (status.isEmpty()) {
        continue;
      }
      JsonNode state = status.get().path("state");
      JsonNode ended =
          state.has("terminated")
              ? state.path("terminated")
              : status.get().path("lastState").path("terminated");
      boolean looping = state.path("waiting").path("reason").asText().equals("CrashLoopBackOff");
      boolean again = state.has("running") && ended.isObject();
      if ((state.has("terminated") || looping || again) && ended.path("exitCode").asInt() != 0) {
        String reason = ended.path("reason").asText();
        String message = ended.path("message").asText();
        boolean named = reason.isEmpty() || reason.equals("Error");
        return Optional.of(
            new Broken(
                named ? message : message.isEmpty() ? reason : reason + ": " + message,
                ended.path("exitCode").asInt()));
      }
    }
    return Optional.empty();
  }

  private static boolean isReady(KubeObject pod) {
    return pod.status().path("phase").asText().equals("Running") && pod.is("Ready");
  }
}
