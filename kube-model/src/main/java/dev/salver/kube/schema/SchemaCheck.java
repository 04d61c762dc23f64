package dev.salver.kube.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Walks an object along its schema and collects violations, a bounded number of them. */
final class SchemaCheck {
  /** More than this and the object is not of the kind at all. */
  private static final int MOST = 200;

  /** A pattern is only tried on strings this long: patterns backtrack, objects come from anyone. */
  private static final int LONGEST_MATCHED = 4096;

  private static final List<String> IDENTITY = List.of("apiVersion", "kind", "metadata");

  private final List<Violation> found = new ArrayList<>();

  /** Checks a whole resource: its identity is known whether the schema names it or not. */
  static List<Violation> resource(SchemaNode schema, JsonNode object) {
    var check = new SchemaCheck();
    check.walk(schema, object, "", true);
    return List.copyOf(check.found);
  }

  private static boolean accepts(SchemaNode schema, JsonNode value) {
    var check = new SchemaCheck();
    check.walk(schema, value, "", false);
    return check.found.stream().noneMatch(v -> v.kind() == Violation.Kind.INVALID);
  }

  private void walk(SchemaNode schema, JsonNode value, String path, boolean resource) {
    if (found.size() >= MOST) {
      return;
    }
    if (value.isNull()) {
      if (!schema.nullable() && !schema.type().isEmpty()) {
        invalid(path, "is null, want " + article(schema.type()));
      }
      return;
    }
    if (!typed(schema, value, path)) {
      return;
    }
    if (!schema.values().isEmpty() && schema.values().stream().noneMatch(v -> same(v, value))) {
      invalid(path, "is " + shown(value) + ", want one of " + schema.values());
    }
    switch (value.getNodeType()) {
      case OBJECT -> fields(schema, value, path, resource || schema.embeddedResource());
      case ARRAY -> elements(schema, value, path);
      case STRING -> string(schema, value.textValue(), path);
      case NUMBER -> number(schema, value.decimalValue(), path);
      default -> {}
    }
    alternatives(schema, value, path);
  }

  private boolean typed(SchemaNode schema, JsonNode value, String path) {
    if (schema.intOrString()) {
      if (value.isTextual() || whole(value)) {
        return true;
      }
      invalid(path, "is " + kind(value) + ", want an integer or a string");
      return false;
    }
    boolean fits =
        switch (schema.type()) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isTextual();
          case "boolean" -> value.isBoolean();
          case "integer" -> whole(value);
          case "number" -> value.isNumber();
          default -> true;
        };
    if (!fits) {
      invalid(path, "is " + kind(value) + ", want " + article(schema.type()));
    }
    return fits;
  }

  private void fields(SchemaNode schema, JsonNode object, String path, boolean resource) {
    for (String name : schema.required()) {
      if (!object.has(name)) {
        invalid(join(path, name), "is required");
      }
    }
    size(
        "fields",
        object.size(),
        schema.bounds().minProperties(),
        schema.bounds().maxProperties(),
        path);
    for (var entry : object.properties()) {
      String name = entry.getKey();
      SchemaNode child = schema.properties().get(name);
      if (resource && name.equals("metadata")) {
        if (!entry.getValue().isObject()) {
          invalid(join(path, name), "is " + kind(entry.getValue()) + ", want an object");
        }
      } else if (child != null) {
        walk(child, entry.getValue(), join(path, name), false);
      } else if (schema.additional() != null) {
        walk(schema.additional(), entry.getValue(), join(path, name), false);
      } else if (!schema.preserveUnknown()
          && !schema.type().isEmpty()
          && !(resource && IDENTITY.contains(name))
          && found.size() < MOST) {
        found.add(new Violation(Violation.Kind.UNKNOWN_FIELD, join(path, name), "unknown field"));
      }
    }
  }

  private void elements(SchemaNode schema, JsonNode list, String path) {
    size("items", list.size(), schema.bounds().minItems(), schema.bounds().maxItems(), path);
    var keys = new HashSet<List<JsonNode>>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode item = list.get(i);
      if (schema.items() != null) {
        walk(schema.items(), item, path + "[" + i + "]", false);
      }
      var key = identity(schema, item);
      if (key != null && !keys.add(key)) {
        invalid(path + "[" + i + "]", "has the same key as an item before it: " + key);
      }
    }
  }

  private static @Nullable List<JsonNode> identity(SchemaNode list, JsonNode item) {
    return switch (list.listType()) {
      case "set" -> List.of(item);
      case "map" -> list.listKeys().stream().map(item::path).toList();
      default -> null;
    };
  }

  private void string(SchemaNode schema, String value, String path) {
    var bounds = schema.bounds();
    size(
        "characters",
        value.codePointCount(0, value.length()),
        bounds.minLength(),
        bounds.maxLength(),
        path);
    Pattern pattern = schema.pattern();
    if (pattern == null) {
      return;
    }
    if (value.length() > LONGEST_MATCHED) {
      invalid(path, "is longer than " + LONGEST_MATCHED + " characters, too long for its pattern");
    } else if (!pattern.matcher(value).find()) {
      invalid(path, "is \"" + value + "\", which does not match " + pattern.pattern());
    }
  }

  private void number(SchemaNode schema, BigDecimal value, String path) {
    var bounds = schema.bounds();
    if (bounds.minimum() != null) {
      int order = value.compareTo(bounds.minimum());
      if (order < 0 || (order == 0 && bounds.exclusiveMinimum())) {
        invalid(path, "is " + value + ", below the minimum " + bounds.minimum());
      }
    }
    if (bounds.maximum() != null) {
      int order = value.compareTo(bounds.maximum());
      if (order > 0 || (order == 0 && bounds.exclusiveMaximum())) {
        invalid(path, "is " + value + ", above the maximum " + bounds.maximum());
      }
    }
    if (bounds.multipleOf() != null
        && bounds.multipleOf().signum() != 0
        && value.remainder(bounds.multipleOf()).signum() != 0) {
      invalid(path, "is " + value + ", not a multiple of " + bounds.multipleOf());
    }
    int bits =
        switch (schema.format()) {
          case "int32" -> 31;
          case "int64" -> 63;
          default -> 0;
        };
    if (bits > 0 && value.toBigInteger().bitLength() > bits) {
      invalid(path, "is " + value + ", too large for " + schema.format());
    }
  }

  private void alternatives(SchemaNode schema, JsonNode value, String path) {
    for (SchemaNode part : schema.allOf()) {
      var check = accepts(part, value);
      if (!check) {
        invalid(path, "breaks a rule that the schema asks for besides its type");
      }
    }
    if (!schema.anyOf().isEmpty()
        && !schema.intOrString()
        && schema.anyOf().stream().noneMatch(part -> accepts(part, value))) {
      invalid(path, "fits none of the forms that the schema allows");
    }
    long fitting = schema.oneOf().stream().filter(part -> accepts(part, value)).count();
    if (!schema.oneOf().isEmpty() && fitting != 1) {
      invalid(path, "fits " + fitting + " of the forms of which exactly one is wanted");
    }
    if (schema.not() != null && accepts(schema.not(), value)) {
      invalid(path, "has a form that the schema rules out");
    }
  }

  private void size(
      String what, int size, @Nullable Integer least, @Nullable Integer most, String path) {
    if (least != null && size < least) {
      invalid(path, "has " + size + " " + what + ", at least " + least + " are wanted");
    }
    if (most != null && size > most) {
      invalid(path, "has " + size + " " + what + ", at most " + most + " are allowed");
    }
  }

  private void invalid(String path, String message) {
    if (found.size() < MOST) {
      found.add(new Violation(Violation.Kind.INVALID, path, message));
    }
  }

  private static boolean same(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return a.decimalValue().compareTo(b.decimalValue()) == 0;
    }
    return a.equals(b);
  }

  private static boolean whole(JsonNode value) {
    return value.isIntegralNumber()
        || (value.isNumber() && (value.decimalValue().stripTrailingZeros().scale() <= 0));
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case STRING -> "the string " + shown(value);
      case NUMBER -> "the number " + value;
      case BOOLEAN -> "the boolean " + value;
      default -> "null";
    };
  }

  private static String article(String type) {
    return switch (type) {
      case "object" -> "an object";
      case "array" -> "a list";
      case "integer" -> "an integer";
      default -> "a " + type;
    };
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }
}
