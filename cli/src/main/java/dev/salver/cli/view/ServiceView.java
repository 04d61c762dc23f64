package dev.salver.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One InferenceService as it stands.
 *
 * @param revision the newest ready one; empty before there is one, and in Standard mode
 * @param pods how many run
 * @param readyPods how many of them answer
 * @param traffic where requests go, {@code 100%} or {@code 90% iris-00002, 10% iris-00001}
 * @param why what it waits for or failed with; empty when all is well
 */
public record ServiceView(
    String namespace,
    String name,
    boolean ready,
    boolean current,
    boolean failed,
    String mode,
    String revision,
    int pods,
    int readyPods,
    String traffic,
    String url,
    String why) {
  private static final String SERVICE_LABEL = "serving.kserve.io/inferenceservice";
  private static final String REVISION_LABEL = "serving.knative.dev/revision";

  /** Reads the service and the pods of its namespace. */
  public static ServiceView of(KubeObject service, List<KubeObject> pods) {
    JsonNode predictor = service.status().path("components").path("predictor");
    List<KubeObject> own =
        pods.stream()
            .filter(pod -> pod.namespace().equals(service.namespace()))
            .filter(pod -> pod.label(SERVICE_LABEL).orElse("").equals(service.name()))
            .filter(pod -> !pod.isBeingDeleted())
            .filter(pod -> serves(pod, predictor.path("traffic")))
            .toList();
    JsonNode states = service.status().path("modelStatus");
    boolean failed =
        states.path("states").path("targetModelState").asText().equals("FailedToLoad")
            || states.path("transitionStatus").asText().equals("BlockedByFailedLoad")
            || states.path("transitionStatus").asText().equals("InvalidSpec");
    boolean current =
        service.status().path("observedGeneration").asLong() == service.generation()
            && states.path("transitionStatus").asText("UpToDate").equals("UpToDate");
    return new ServiceView(
        service.namespace(),
        service.name(),
        service.is("Ready"),
        current,
        failed,
        service.status().path("deploymentMode").asText(),
        predictor.path("latestReadyRevision").asText(),
        own.size(),
        (int) own.stream().filter(pod -> pod.is("Ready")).count(),
        traffic(predictor.path("traffic")),
        service.status().path("url").asText(),
        why(service, states));
  }

  /** {@code 1}, {@code 0 of 1}, {@code 0 (idle)}. */
  public String replicas() {
    if (pods == 0) {
      return ready ? "0 (idle)" : "0";
    }
    return readyPods == pods ? Integer.toString(pods) : readyPods + " of " + pods;
  }

  /** {@code ready}, {@code updating}, {@code failed}, {@code waiting}. */
  public String state() {
    if (failed) {
      return "failed";
    }
    if (ready) {
      return current ? "ready" : "updating";
    }
    return "waiting";
  }

  public ObjectNode json() {
    return Json.object()
        .put("namespace", namespace)
        .put("name", name)
        .put("state", state())
        .put("ready", ready)
        .put("mode", mode)
        .put("revision", revision)
        .put("pods", pods)
        .put("readyPods", readyPods)
        .put("traffic", traffic)
        .put("url", url)
        .put("why", why);
  }

  /** Whether requests may reach a pod: those of a revision that failed do not count. */
  private static boolean serves(KubeObject pod, JsonNode targets) {
    Optional<String> revision = pod.label(REVISION_LABEL);
    if (revision.isEmpty() || targets.isEmpty()) {
      return true;
    }
    for (JsonNode target : targets) {
      if (target.path("revisionName").asText().equals(revision.get())) {
        return true;
      }
    }
    return false;
  }

  private static String traffic(JsonNode targets) {
    var shares = new ArrayList<String>();
    for (JsonNode target : targets) {
      int percent = target.path("percent").asInt();
      if (percent > 0) {
        shares.add(percent + "% " + target.path("revisionName").asText());
      }
    }
    return shares.size() == 1
        ? shares.getFirst().substring(0, shares.getFirst().indexOf(' '))
        : String.join(", ", shares);
  }

  private static String why(KubeObject service, JsonNode states) {
    String failure = states.path("lastFailureInfo").path("message").asText();
    if (!failure.isEmpty()) {
      return failure;
    }
    if (service.is("Ready")) {
      return "";
    }
    for (String type : List.of("PredictorReady", "IngressReady", "Ready")) {
      JsonNode condition = service.condition(type);
      String message = condition.path("message").asText();
      if (!condition.path("status").asText().equals("True") && !message.isEmpty()) {
        return message;
      }
    }
    return "";
  }
}
