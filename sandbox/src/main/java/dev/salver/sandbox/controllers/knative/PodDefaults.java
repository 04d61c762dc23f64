package dev.salver.sandbox.controllers.knative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.sandbox.controllers.Trees;

/** What an API server fills into a pod spec, beside the containers' own. */
final class PodDefaults {
  private static final int FILE_MODE = 0644;

  private PodDefaults() {}

  static void fill(ObjectNode spec) {
    text(spec, "dnsPolicy", "ClusterFirst");
    text(spec, "restartPolicy", "Always");
    text(spec, "schedulerName", "default-scheduler");
    Trees.child(spec, "securityContext");
    if (spec.hasNonNull("serviceAccountName")) {
      spec.set("serviceAccount", spec.path("serviceAccountName"));
    }
    for (JsonNode volume : spec.path("volumes")) {
      for (String kind : new String[] {"secret", "configMap", "projected", "downwardAPI"}) {
        if (volume.path(kind) instanceof ObjectNode source && !source.hasNonNull("defaultMode")) {
          source.put("defaultMode", FILE_MODE);
        }
      }
      for (JsonNode source : volume.path("projected").path("sources")) {
        if (source.path("serviceAccountToken") instanceof ObjectNode token
            && !token.hasNonNull("expirationSeconds")) {
          token.put("expirationSeconds", 3600);
        }
      }
    }
    for (JsonNode container : spec.path("containers")) {
      for (JsonNode variable : container.path("env")) {
        if (variable.path("valueFrom").path("fieldRef") instanceof ObjectNode reference) {
          text(reference, "apiVersion", "v1");
        }
      }
    }
  }

  private static void text(ObjectNode object, String field, String value) {
    if (object.path(field).asText("").isEmpty()) {
      object.put(field, value);
    }
  }
}
