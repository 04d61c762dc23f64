package dev.salver.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What holds for any object's metadata (Kubernetes, "Object Names and IDs"). */
final class Validation {
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?");
  private static final Pattern QUALIFIED =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
  private static final int MAX_NAME = 253;
  private static final int MAX_LABEL = 63;
  private static final int MAX_ANNOTATIONS = 256 * 1024;

  private Validation() {}

  static void check(ResourceType type, KubeObject object) {
    name(type, object);
    JsonNode metadata = object.metadata();
    strings(type, object, "labels");
    strings(type, object, "annotations");
    long size = 0;
    for (var label : metadata.path("labels").properties()) {
      label(type, object, label);
    }
    for (var annotation : metadata.path("annotations").properties()) {
      size += annotation.getKey().length() + annotation.getValue().asText().length();
    }
    if (size > MAX_ANNOTATIONS) {
      throw Failures.invalid(
          type,
          object.name(),
          "metadata.annotations",
          "Too long: may not be more than " + MAX_ANNOTATIONS + " bytes");
    }
    for (String list : List.of("finalizers", "ownerReferences", "managedFields")) {
      if (metadata.has(list) && !metadata.path(list).isArray()) {
        throw Failures.badRequest("metadata." + list + " is not a list");
      }
    }
    for (JsonNode owner : metadata.path("ownerReferences")) {
      for (String field : List.of("apiVersion", "kind", "name", "uid")) {
        if (owner.path(field).asText().isEmpty()) {
          throw Failures.invalid(
              type,
              object.name(),
              "metadata.ownerReferences." + field,
              "Invalid value: \"\": must not be empty");
        }
      }
    }
  }

  private static void name(ResourceType type, KubeObject object) {
    String name = object.name();
    if (name.isEmpty()) {
      throw Failures.invalid(
          type, "", "metadata.name", "Required value: name or generateName is required");
    }
    if (name.length() > MAX_NAME || !SUBDOMAIN.matcher(name).matches()) {
      throw Failures.invalid(
          type,
          shortened(name),
          "metadata.name",
          "Invalid value: \""
              + shortened(name)
              + "\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
              + " characters, '-' or '.', and must start and end with an alphanumeric character,"
              + " at most 253 in all");
    }
  }

  private static void strings(ResourceType type, KubeObject object, String field) {
    JsonNode map = object.metadata().path(field);
    if (!map.isMissingNode() && !map.isObject()) {
      throw Failures.badRequest("metadata." + field + " of " + type.gvk().kind() + " is no map");
    }
    for (var entry : map.properties()) {
      if (!entry.getValue().isTextual()) {
        throw Failures.badRequest(
            type.gvk().kind()
                + " in version \""
                + type.gvk().version()
                + "\" cannot be handled as a "
                + type.gvk().kind()
                + ": metadata."
                + field
                + "."
                + entry.getKey()
                + " is not a string");
      }
    }
  }

  private static void label(
      ResourceType type, KubeObject object, Map.Entry<String, JsonNode> label) {
    String key = label.getKey();
    int slash = key.indexOf('/');
    String prefix = slash < 0 ? "a" : key.substring(0, slash);
    String own = key.substring(slash + 1);
    String value = label.getValue().asText();
    boolean good =
        SUBDOMAIN.matcher(prefix).matches()
            && prefix.length() <= MAX_NAME
            && QUALIFIED.matcher(own).matches()
            && own.length() <= MAX_LABEL;
    if (!good) {
      throw Failures.invalid(
          type,
          object.name(),
          "metadata.labels",
          "Invalid value: \"" + shortened(key) + "\": not a qualified name");
    }
    if (value.length() > MAX_LABEL || !LABEL_VALUE.matcher(value).matches()) {
      throw Failures.invalid(
          type,
          object.name(),
          "metadata.labels",
          "Invalid value: \""
              + shortened(value)
              + "\": a valid label must be an empty string or consist of alphanumeric characters,"
              + " '-', '_' or '.', and must start and end with an alphanumeric character, at most"
              + " 63 in all");
    }
  }

  /** A finalizer can't come once the object is on its way out. */
  static void finalizers(ResourceType type, ObjectNode live, ObjectNode next) {
    if (!Trees.metadata(live).has("deletionTimestamp")) {
      return;
    }
    for (JsonNode finalizer : Trees.metadata(next).path("finalizers")) {
      boolean known = false;
      for (JsonNode old : Trees.metadata(live).path("finalizers")) {
        known |= old.equals(finalizer);
      }
      if (!known) {
        throw Failures.invalid(
            type,
            Trees.metadata(live).path("name").asText(),
            "metadata.finalizers",
            "Forbidden: no new finalizers can be added if the object is being deleted, found new"
                + " finalizers "
                + finalizer);
      }
    }
  }

  private static String shortened(String text) {
    return text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME) + "...";
  }
}
