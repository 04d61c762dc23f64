package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Trees;
import dev.salver.kube.kserve.DeploymentMode;
import dev.salver.kube.kserve.Keys;
import dev.salver.kube.kserve.Names;
import java.util.Map;

/** A component's Deployment in Standard mode. */
final class DeploymentChild {
  private DeploymentChild() {}

  /** {@code workload} is one that {@link PodFinish} went over. */
  static KubeObject of(Workload workload, Job job) {
    ObjectNode spec = Json.object();
    Map<String, String> selector = Map.of("app", Names.app(workload.name()));
    if (workload.annotations().getOrDefault(Keys.AUTOSCALER_CLASS, "").equals("none")) {
      workload
          .component()
          .minReplicas()
          .ifPresent(replicas -> spec.put("replicas", replicas.longValue()));
    }
    spec.putObject("selector").set("matchLabels", Trees.map(selector));
    strategy(spec, workload, job);
    ObjectNode template = spec.putObject("template");
    ObjectNode metadata = template.putObject("metadata");
    metadata.set("labels", Trees.map(workload.labels()));
    metadata.set("annotations", Trees.map(PodFinish.annotations(workload, job)));
    template.set("spec", workload.pod());

    KubeObject deployment =
        Children.child(
            ResourceTypes.DEPLOYMENT,
            job.service(),
            workload.name(),
            workload.labels(),
            workload.annotations(),
            spec);
    return Children.marked(deployment, template);
  }

  /** What KServe fills in on the containers before sidecars and initializers are added. */
  static void defaults(ObjectNode pod) {
    for (JsonNode node : pod.path("containers")) {
      ObjectNode container = (ObjectNode) node;
      String name = container.path("name").asText();
      if (container.path("imagePullPolicy").asText().isEmpty()) {
        container.put("imagePullPolicy", "IfNotPresent");
      }
      boolean serves = name.equals(Keys.MAIN_CONTAINER) || name.equals(Keys.TRANSFORMER_CONTAINER);
      if (serves && !container.hasNonNull("readinessProbe")) {
        ObjectNode probe = container.putObject("readinessProbe");
        probe
            .putObject("tcpSocket")
            .put("port", container.at("/ports/0/containerPort").asInt(Keys.HTTP_PORT));
        probe
            .put("timeoutSeconds", 1)
            .put("periodSeconds", 10)
            .put("successThreshold", 1)
            .put("failureThreshold", 3);
      }
    }
  }

  /** The component's own strategy, else the configured one, else Kubernetes' own. */
  private static void strategy(ObjectNode spec, Workload workload, Job job) {
    JsonNode own = workload.component().spec().path("deploymentStrategy");
    JsonNode rollout =
        job.config().section("deploy").path("deploymentRolloutStrategy").path("defaultRollout");
    if (own.isObject()) {
      spec.set("strategy", own.deepCopy());
      return;
    }
    spec.put("revisionHistoryLimit", 10);
    spec.put("progressDeadlineSeconds", 600);
    ObjectNode strategy = spec.putObject("strategy").put("type", "RollingUpdate");
    ObjectNode rolling =
        strategy.putObject("rollingUpdate").put("maxSurge", "25%").put("maxUnavailable", "25%");
    if (rollout.isObject() && job.config().defaultMode() == DeploymentMode.STANDARD) {
      Trees.text(rollout.path("maxSurge")).ifPresent(value -> rolling.put("maxSurge", value));
      Trees.text(rollout.path("maxUnavailable"))
          .ifPresent(value -> rolling.put("maxUnavailable", value));
    }
  }
}
