package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.Trees;
import dev.salver.kube.kserve.DeploymentMode;
import dev.salver.kube.kserve.Keys;
import dev.salver.kube.kserve.ServingConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** KServe's sidecar for request logging and batching, as arguments and probes go there. */
final class Agent {
  private Agent() {}

  /** Adds it to a pod whose annotations ask for it. */
  static void add(Workload workload, Job job) {
    Map<String, String> annotations = workload.annotations();
    boolean batches = annotations.containsKey(Keys.BATCHER);
    boolean logs = annotations.containsKey(Keys.LOGGER);
    ObjectNode pod = workload.pod();
    if ((!batches && !logs) || PodEdits.container(pod, "agent").isPresent()) {
      return;
    }
    var args = new ArrayList<String>();
    if (batches) {
      args.add("--enable-batcher");
      option(args, "--max-batchsize", annotations.get(Keys.BATCHER_SIZE));
      option(args, "--max-latency", annotations.get(Keys.BATCHER_LATENCY));
    }
    if (logs) {
      logger(args, workload, job);
    }
    ObjectNode served =
        PodEdits.container(pod, Keys.TRANSFORMER_CONTAINER)
            .or(() -> PodEdits.container(pod, Keys.MAIN_CONTAINER))
            .orElseGet(() -> (ObjectNode) pod.at("/containers/0"));
    option(
        args,
        "--component-port",
        served.at("/ports/0/containerPort").asText(String.valueOf(Keys.HTTP_PORT)));
    pod.withArrayProperty("containers").add(container(args, served, pod, job));
    if (job.mode() == DeploymentMode.KNATIVE) {
      served.remove("ports");
    }
  }

  private static ObjectNode container(
      List<String> args, ObjectNode served, ObjectNode pod, Job job) {
    ServingConfig config = job.config();
    ObjectNode agent =
        Json.object()
            .put("name", "agent")
            .put("image", config.section("agent").path("image").asText());
    agent.set("args", Trees.list(args));
    agent.set("resources", config.resources("agent"));
    agent
        .putArray("ports")
        .addObject()
        .put("name", "agent-port")
        .put("containerPort", Keys.AGENT_PORT)
        .put("protocol", "TCP");
    if (pod.at("/containers/0/securityContext").isObject()) {
      agent.set("securityContext", pod.at("/containers/0/securityContext").deepCopy());
    }
    String path = "/";
    JsonNode probe = served.path("readinessProbe");
    if (job.mode() == DeploymentMode.STANDARD && (probe.has("httpGet") || probe.has("tcpSocket"))) {
      PodEdits.setEnv(agent, "SERVING_READINESS_PROBE", Json.write(probe));
      path = probe.path("httpGet").path("path").asText("/");
    }
    ObjectNode readiness =
        agent
            .putObject("readinessProbe")
            .put("timeoutSeconds", 1)
            .put("periodSeconds", 10)
            .put("successThreshold", 1)
            .put("failureThreshold", 3);
    ObjectNode get =
        readiness
            .putObject("httpGet")
            .put("path", path)
            .put("port", Keys.AGENT_PORT)
            .put("scheme", "HTTP");
    get.putArray("httpHeaders").add(Trees.pair("K-Network-Probe", "queue"));
    return agent;
  }

  private static void logger(List<String> args, Workload workload, Job job) {
    Map<String, String> annotations = workload.annotations();
    JsonNode config = job.config().section("logger");
    JsonNode own = workload.component().spec().path("logger");
    args.addAll(
        List.of(
            "--log-url",
            annotations.getOrDefault(Keys.LOGGER_SINK_URL, config.path("defaultUrl").asText()),
            "--source-uri",
            workload.name(),
            "--log-mode",
            annotations.getOrDefault(Keys.LOGGER_MODE, "all"),
            "--inference-service",
            job.service().name(),
            "--namespace",
            job.service().namespace(),
            "--endpoint",
            workload.labels().getOrDefault("endpoint", ""),
            "--component",
            workload.component().kind().word()));
    option(args, "--log-store-path", own.path("storage").path("path").asText());
    option(
        args, "--log-store-format", own.path("storage").path("parameters").path("format").asText());
    option(
        args,
        "--log-marshaller-url",
        own.path("marshallerUrl").asText(config.path("marshallerUrl").asText()));
    option(
        args, "--log-batch-size", own.path("batchSize").asText(config.path("batchSize").asText()));
    option(
        args,
        "--log-batch-interval",
        own.path("batchInterval").asText(config.path("batchInterval").asText()));
    option(args, "--metadata-headers", annotations.get(Keys.LOGGER_HEADERS));
    String named = annotations.get(Keys.LOGGER_ANNOTATIONS);
    if (named != null) {
      args.add("--metadata-annotations");
      args.add(
          Arrays.stream(named.split(","))
              .filter(annotations::containsKey)
              .map(key -> key + "=" + annotations.get(key))
              .collect(Collectors.joining(",")));
    }
    option(args, "--logger-ca-cert-file", config.path("caCertFile").asText());
    args.add("--logger-tls-skip-verify");
    args.add(String.valueOf(config.path("tlsSkipVerify").asBoolean()));
  }

  private static void option(List<String> args, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      args.add(name);
      args.add(value);
    }
  }
}
