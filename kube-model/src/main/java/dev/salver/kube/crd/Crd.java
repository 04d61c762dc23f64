package dev.salver.kube.crd;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.ResourceType;
import java.util.List;
import java.util.Locale;

/** A namespaced kind with a status as a CustomResourceDefinition. */
public final class Crd {
  private Crd() {}

  /** A column that {@code kubectl get} prints. */
  public record Column(String name, String type, String jsonPath) {
    public static Column text(String name, String jsonPath) {
      return new Column(name, "string", jsonPath);
    }
  }

  /** The definition; its objects hold {@code spec} and {@code status}. */
  public static ObjectNode of(
      ResourceType type, String description, List<Column> columns, Shape spec, Shape status) {
    ObjectNode crd = Json.object();
    crd.put("apiVersion", "apiextensions.k8s.io/v1").put("kind", "CustomResourceDefinition");
    String group = type.gvk().group();
    crd.putObject("metadata").put("name", type.plural() + "." + group);
    ObjectNode definition = crd.putObject("spec").put("group", group);
    ObjectNode names = definition.putObject("names");
    names.putArray("categories").add("salver");
    names
        .put("kind", type.gvk().kind())
        .put("listKind", type.gvk().kind() + "List")
        .put("plural", type.plural());
    ArrayNode shortNames = names.putArray("shortNames");
    type.shortNames().forEach(shortNames::add);
    names.put("singular", type.gvk().kind().toLowerCase(Locale.ROOT));
    definition.put("scope", "Namespaced");
    ObjectNode version = definition.putArray("versions").addObject();
    version.put("name", type.gvk().version()).put("served", true).put("storage", true);
    version.putObject("subresources").putObject("status");
    ArrayNode printed = version.putArray("additionalPrinterColumns");
    columns.forEach(
        column ->
            printed
                .addObject()
                .put("jsonPath", column.jsonPath())
                .put("name", column.name())
                .put("type", column.type()));
    printed
        .addObject()
        .put("jsonPath", ".metadata.creationTimestamp")
        .put("name", "Age")
        .put("type", "date");
    version
        .putObject("schema")
        .set(
            "openAPIV3Schema",
            Shape.object(description)
                .field("apiVersion", Shape.text(""))
                .field("kind", Shape.text(""))
                .field("metadata", Shape.object(""))
                .field("spec", spec)
                .field("status", status)
                .required("spec")
                .tree());
    return crd;
  }

  /** {@code status.conditions}, as other kinds have them. */
  public static Shape conditions() {
    Shape conditions =
        Shape.list(
            "What is so, and since when.",
            0,
            16,
            Shape.object("")
                .field("type", Shape.text(""))
                .field("status", Shape.words("", List.of("True", "False", "Unknown")))
                .field("reason", Shape.text("A word for programs."))
                .field("message", Shape.text("A sentence for people."))
                .field("lastTransitionTime", Shape.text("").with("format", "date-time"))
                .field("observedGeneration", Shape.whole("Generation it is of.", 0, Long.MAX_VALUE))
                .required("type", "status"));
    conditions.with("x-kubernetes-list-type", "map");
    conditions.tree().putArray("x-kubernetes-list-map-keys").add("type");
    return conditions;
  }
}
