package dev.salver.kube.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * One node of a structural OpenAPI v3 schema, read once from a CRD.
 *
 * @param type empty where the schema names none (int-or-string, pure value checks)
 * @param listKeys of a list with {@code x-kubernetes-list-type: map}
 * @param defaultValue what an API server fills in when the field is absent
 */
record SchemaNode(
    String type,
    String format,
    Map<String, SchemaNode> properties,
    @Nullable SchemaNode additional,
    @Nullable SchemaNode items,
    List<String> required,
    List<JsonNode> values,
    @Nullable Pattern pattern,
    Bounds bounds,
    boolean nullable,
    boolean intOrString,
    boolean preserveUnknown,
    boolean embeddedResource,
    String listType,
    List<String> listKeys,
    List<SchemaNode> allOf,
    List<SchemaNode> anyOf,
    List<SchemaNode> oneOf,
    @Nullable SchemaNode not,
    @Nullable JsonNode defaultValue) {

  /** Inclusive limits unless said otherwise; absent ones do not limit. */
  record Bounds(
      @Nullable BigDecimal minimum,
      boolean exclusiveMinimum,
      @Nullable BigDecimal maximum,
      boolean exclusiveMaximum,
      @Nullable BigDecimal multipleOf,
      @Nullable Integer minLength,
      @Nullable Integer maxLength,
      @Nullable Integer minItems,
      @Nullable Integer maxItems,
      @Nullable Integer minProperties,
      @Nullable Integer maxProperties) {}

  static SchemaNode read(JsonNode schema) {
    return new SchemaNode(
        schema.path("type").asText(),
        schema.path("format").asText(),
        children(schema.path("properties")),
        schema.path("additionalProperties").isObject()
            ? read(schema.path("additionalProperties"))
            : null,
        optional(schema.path("items")),
        strings(schema.path("required")),
        nodes(schema.path("enum")),
        pattern(schema.path("pattern").asText()),
        bounds(schema),
        schema.path("nullable").asBoolean(),
        schema.path("x-kubernetes-int-or-string").asBoolean(),
        schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
            || schema.path("additionalProperties").asBoolean(),
        schema.path("x-kubernetes-embedded-resource").asBoolean(),
        schema.path("x-kubernetes-list-type").asText(),
        strings(schema.path("x-kubernetes-list-map-keys")),
        all(schema.path("allOf")),
        all(schema.path("anyOf")),
        all(schema.path("oneOf")),
        optional(schema.path("not")),
        schema.has("default") ? schema.path("default") : null);
  }

  private static Map<String, SchemaNode> children(JsonNode properties) {
    var result = new LinkedHashMap<String, SchemaNode>();
    properties.properties().forEach(entry -> result.put(entry.getKey(), read(entry.getValue())));
    return result;
  }

  private static @Nullable SchemaNode optional(JsonNode schema) {
    return schema.isObject() ? read(schema) : null;
  }

  private static List<SchemaNode> all(JsonNode schemas) {
    var result = new ArrayList<SchemaNode>();
    schemas.forEach(schema -> result.add(read(schema)));
    return List.copyOf(result);
  }

  private static List<String> strings(JsonNode values) {
    var result = new ArrayList<String>();
    values.forEach(value -> result.add(value.asText()));
    return List.copyOf(result);
  }

  private static List<JsonNode> nodes(JsonNode values) {
    var result = new ArrayList<JsonNode>();
    values.forEach(result::add);
    return List.copyOf(result);
  }

  private static @Nullable Pattern pattern(String text) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("the schema's pattern " + text + " cannot be read", e);
    }
  }

  private static Bounds bounds(JsonNode schema) {
    return new Bounds(
        number(schema.path("minimum")),
        schema.path("exclusiveMinimum").asBoolean(),
        number(schema.path("maximum")),
        schema.path("exclusiveMaximum").asBoolean(),
        number(schema.path("multipleOf")),
        count(schema.path("minLength")),
        count(schema.path("maxLength")),
        count(schema.path("minItems")),
        count(schema.path("maxItems")),
        count(schema.path("minProperties")),
        count(schema.path("maxProperties")));
  }

  private static @Nullable BigDecimal number(JsonNode value) {
    return value.isNumber() ? value.decimalValue() : null;
  }

  private static @Nullable Integer count(JsonNode value) {
    return value.isNumber() ? value.intValue() : null;
  }
}
