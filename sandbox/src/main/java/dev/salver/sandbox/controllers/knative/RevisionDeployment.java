package dev.salver.sandbox.controllers.knative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.knative.GoValues;
import dev.salver.kube.knative.KnativeNames;
import dev.salver.sandbox.controllers.Trees;
import dev.salver.sandbox.controllers.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/** The Deployment of a Revision, with what an API server would fill in. */
final class RevisionDeployment {
  static final Duration PROGRESS_DEADLINE = Duration.ofMinutes(10);
  private static final BigDecimal MOST = BigDecimal.valueOf(Integer.MAX_VALUE);
  private static final Set<String> OWN_FIELDS =
      Set.of(
          "containerConcurrency",
          "timeoutSeconds",
          "responseStartTimeoutSeconds",
          "idleTimeoutSeconds");

  private RevisionDeployment() {}

  static KubeObject make(KubeObject revision) {
    KubeObject deployment =
        Writer.child(revision, ResourceTypes.DEPLOYMENT, KnativeNames.deployment(revision.name()));
    ObjectNode metadata = Trees.child(deployment.tree(), "metadata");
    Map<String, String> labels = RevisionLabels.labels(revision);
    Map<String, String> annotations = RevisionLabels.deploymentAnnotations(revision);

    ObjectNode spec = Trees.child(deployment.tree(), "spec");
    spec.put("progressDeadlineSeconds", progressDeadline(revision).toSeconds());
    spec.put("replicas", initialScale(revision));
    spec.put("revisionHistoryLimit", 0);
    Trees.child(Trees.child(spec, "selector"), "matchLabels")
        .put(KnativeNames.REVISION_UID, revision.uid());
    ObjectNode strategy = spec.putObject("strategy").put("type", "RollingUpdate");
    strategy.putObject("rollingUpdate").put("maxSurge", "25%").put("maxUnavailable", 0);

    ObjectNode template = spec.putObject("template");
    ObjectNode podMetadata = template.putObject("metadata");
    var podAnnotations = new LinkedHashMap<>(annotations);
    podAnnotations.put(
        "kubectl.kubernetes.io/default-container",
        RevisionContainers.serving(revision.spec()).path("name").asText());
    Trees.putAll(podMetadata, "annotations", podAnnotations);
    Trees.putAll(podMetadata, "labels", labels);
    template.set("spec", podSpec(revision));

    var withHash = new LinkedHashMap<>(labels);
    withHash.put(KnativeNames.DEPLOYMENT_HASH, hash(spec, annotations, labels));
    Trees.putAll(metadata, "labels", withHash);
    Trees.putAll(metadata, "annotations", annotations);
    return deployment;
  }

  private static ObjectNode podSpec(KubeObject revision) {
    ObjectNode spec = Json.object();
    for (var field : revision.spec().properties()) {
      if (!OWN_FIELDS.contains(field.getKey())) {
        spec.set(field.getKey(), field.getValue().deepCopy());
      }
    }
    spec.set("containers", RevisionContainers.make(revision));
    spec.put("terminationGracePeriodSeconds", revision.spec().path("timeoutSeconds").asLong(300));
    if (!spec.hasNonNull("affinity")) {
      ObjectNode term = Json.object().put("topologyKey", "kubernetes.io/hostname");
      Trees.child(Trees.child(term, "labelSelector"), "matchLabels")
          .put(KnativeNames.REVISION, revision.name());
      Trees.child(Trees.child(spec, "affinity"), "podAntiAffinity")
          .putArray("preferredDuringSchedulingIgnoredDuringExecution")
          .addObject()
          .put("weight", 100)
          .set("podAffinityTerm", term);
    }
    PodDefaults.fill(spec);
    return spec;
  }

  /** How many pods a revision starts with: its annotation, or one. */
  static int initialScale(KubeObject object) {
    return scale(object, KnativeNames.INITIAL_SCALE, 1);
  }

  static int scale(KubeObject object, String annotation, int otherwise) {
    return KnativeNames.scaling(object.annotations(), annotation)
        .flatMap(entry -> GoValues.integer(entry.getValue()))
        .filter(number -> number.signum() >= 0 && number.compareTo(MOST) <= 0)
        .map(BigDecimal::intValue)
        .orElse(otherwise);
  }

  static Duration progressDeadline(KubeObject object) {
    return object
        .annotation(KnativeNames.PROGRESS_DEADLINE)
        .flatMap(GoValues::duration)
        .filter(duration -> !duration.isNegative())
        .orElse(PROGRESS_DEADLINE);
  }

  private static String hash(
      JsonNode spec, Map<String, String> annotations, Map<String, String> labels) {
    var crc = new CRC32();
    for (String part : new String[] {Json.write(spec), annotations.toString(), labels.toString()}) {
      crc.update(part.getBytes(StandardCharsets.UTF_8));
    }
    return Long.toString(crc.getValue(), 36);
  }
}
