package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Trees;
import dev.salver.kube.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an experiment in the form in which it was recorded: children apart from what KServe's pod
 * webhook added to their pods. The two are joined, for Salver renders both at once.
 */
final class RecordedCase {
  private RecordedCase() {}

  static KserveCase read(Path file) throws IOException {
    String name = file.getFileName().toString().replace(".yaml", "");
    JsonNode recorded = Yaml.documents(Files.readString(file)).getFirst();
    ObjectNode result = KserveCase.empty();
    result.set("when", recorded.path("given"));
    if (name.endsWith("-gateway-api")) {
      result.put("gatewayApi", true);
    }
    ObjectNode then = result.withObjectProperty("then");
    if (recorded.has("rejected")) {
      refused(then, recorded.path("rejected").asText());
      return new KserveCase(name, result);
    }
    JsonNode stored =
        Trees.items(recorded.path("stored")).stream()
            .filter(object -> object.path("kind").asText().startsWith("Inference"))
            .findFirst()
            .orElseThrow();
    ObjectNode kept = then.putObject("stored");
    for (String field : new String[] {"labels", "annotations"}) {
      if (stored.path("metadata").has(field)) {
        kept.set(field, stored.path("metadata").path(field));
      }
    }
    kept.set("spec", stored.path("spec"));
    then.set("events", recorded.path("events"));
    recorded
        .path("status_before_ready")
        .properties()
        .forEach(entry -> then.set("statusBefore", entry.getValue()));
    then.set("statusAfter", stored.path("status"));
    var children = then.putArray("children");
    for (JsonNode child : recorded.path("children")) {
      ObjectNode copy = Trees.copy(child);
      copy.withObjectProperty("metadata").remove("ownerReferences");
      JsonNode pod = recorded.path("pods").path(child.path("metadata").path("name").asText());
      if (pod.has("rejected")) {
        then.put("podsNotRecorded", true);
      }
      if (pod.has("spec") && copy.at("/spec/template/spec").isObject()) {
        join((ObjectNode) copy.at("/spec/template"), pod, copy.path("kind").asText());
      }
      children.add(copy);
    }
    return new KserveCase(name, result);
  }

  /** Either a webhook's words, or the field that the definition's schema does not admit. */
  private static void refused(ObjectNode then, String words) {
    Matcher schema =
        Pattern.compile("(?s)The InferenceService \"\\S+\" is invalid: (\\S+): .*").matcher(words);
    if (schema.matches()) {
      then.put("refusedBySchema", schema.group(1));
    } else {
      then.put(
          "refused",
          words.replaceFirst("(?s)^admission webhook \"\\S+\" denied the request: ", ""));
    }
  }

  private static void join(ObjectNode template, JsonNode pod, String kind) {
    boolean knative = kind.equals("Service");
    ObjectNode spec = template.withObjectProperty("spec");
    JsonNode added = pod.path("spec");
    for (String field :
        new String[] {"initContainers", "volumes", "shareProcessNamespace", "nodeSelector"}) {
      if (added.has(field)) {
        spec.set(field, added.path(field).deepCopy());
      }
    }
    for (JsonNode container : added.path("containers")) {
      var there = Trees.named(spec.path("containers"), container.path("name").asText());
      if (there.isEmpty()) {
        ObjectNode sidecar = Trees.copy(container);
        if (knative) {
          sidecar.remove("imagePullPolicy");
        }
        spec.withArrayProperty("containers").add(sidecar);
        continue;
      }
      for (String field : new String[] {"volumeMounts", "env", "securityContext"}) {
        if (container.has(field)) {
          there.get().set(field, container.path(field).deepCopy());
        }
      }
    }
    if (knative) {
      for (JsonNode init : spec.path("initContainers")) {
        ((ObjectNode) init).remove("imagePullPolicy");
      }
    }
    for (Map.Entry<String, JsonNode> annotation : pod.path("annotations").properties()) {
      if (annotation.getKey().startsWith("prometheus.io/")) {
        template
            .withObjectProperty("metadata")
            .withObjectProperty("annotations")
            .set(annotation.getKey(), annotation.getValue());
      }
    }
  }
}
