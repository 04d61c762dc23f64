package dev.salver.sandbox.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import java.util.ArrayList;

/** What kubectl says of an autoscaler's metrics: current and wanted. */
final class HpaCells {
  private static final String[] TARGETS = {"averageUtilization", "averageValue", "value"};

  private HpaCells() {}

  static String targets(KubeObject hpa) {
    var shown = new ArrayList<String>();
    int at = 0;
    for (JsonNode metric : hpa.spec().path("metrics")) {
      String type = metric.path("type").asText();
      String field =
          type.isEmpty() ? "" : Character.toLowerCase(type.charAt(0)) + type.substring(1);
      JsonNode current = hpa.status().path("currentMetrics").path(at++).path(field).path("current");
      shown.add(
          metric.path(field).path("name").asText(type)
              + ": "
              + value(current)
              + "/"
              + value(metric.path(field).path("target")));
    }
    return shown.isEmpty() ? "<none>" : String.join(", ", shown);
  }

  private static String value(JsonNode of) {
    for (String target : TARGETS) {
      if (of.has(target)) {
        return of.path(target).asText() + (target.equals("averageUtilization") ? "%" : "");
      }
    }
    return "<unknown>";
  }
}
