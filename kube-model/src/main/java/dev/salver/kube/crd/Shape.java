package dev.salver.kube.crd;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Durations;
import dev.salver.kube.Json;
import java.util.Arrays;
import java.util.List;

/** A structural schema while it is put together; each call returns the shape itself. */
public final class Shape {
  private final ObjectNode tree = Json.object();

  private Shape(String type, String description) {
    if (!description.isEmpty()) {
      tree.put("description", description);
    }
    tree.put("type", type);
  }

  public static Shape object(String description) {
    return new Shape("object", description);
  }

  public static Shape text(String description) {
    return new Shape("string", description);
  }

  /** {@code 250ms}, {@code 1h30m}. */
  public static Shape duration(String description) {
    return text(description).with("pattern", Durations.PATTERN).with("minLength", 2);
  }

  public static Shape words(String description, List<String> words) {
    Shape shape = text(description);
    ArrayNode list = shape.tree.putArray("enum");
    words.forEach(list::add);
    return shape;
  }

  public static Shape whole(String description, long low, long high) {
    Shape shape = new Shape("integer", description);
    shape.tree.put("format", "int64").put("minimum", low).put("maximum", high);
    return shape;
  }

  public static Shape percent(String description) {
    Shape shape = new Shape("number", description);
    shape.tree.put("minimum", 0).put("maximum", 100);
    return shape;
  }

  public static Shape flag(String description) {
    return new Shape("boolean", description);
  }

  public static Shape list(String description, int least, int most, Shape items) {
    Shape shape = new Shape("array", description);
    if (least > 0) {
      shape.tree.put("minItems", least);
    }
    shape.tree.put("maxItems", most);
    shape.tree.set("items", items.tree);
    return shape;
  }

  /** Texts by keys of the user's choice. */
  public static Shape texts(String description) {
    Shape shape = object(description);
    shape.tree.putObject("additionalProperties").put("type", "string");
    return shape;
  }

  /** Anything below it is kept and checked by whoever reads it. */
  public static Shape open(String description) {
    Shape shape = object(description);
    shape.tree.put("x-kubernetes-preserve-unknown-fields", true);
    return shape;
  }

  public Shape field(String name, Shape shape) {
    properties().set(name, shape.tree);
    return this;
  }

  /** Any value under a key. */
  public Shape any(String name, String description) {
    properties()
        .putObject(name)
        .put("description", description)
        .put("x-kubernetes-preserve-unknown-fields", true);
    return this;
  }

  public Shape required(String... names) {
    ArrayNode list = tree.putArray("required");
    Arrays.stream(names).forEach(list::add);
    return this;
  }

  /** Exactly one of these fields stands. */
  public Shape oneOf(List<String> names) {
    ArrayNode list = tree.putArray("oneOf");
    names.forEach(name -> list.addObject().putArray("required").add(name));
    return this;
  }

  public Shape with(String keyword, String value) {
    tree.put(keyword, value);
    return this;
  }

  public Shape with(String keyword, long value) {
    tree.put(keyword, value);
    return this;
  }

  ObjectNode tree() {
    return tree;
  }

  private ObjectNode properties() {
    return tree.get("properties") instanceof ObjectNode there
        ? there
        : tree.putObject("properties");
  }
}
