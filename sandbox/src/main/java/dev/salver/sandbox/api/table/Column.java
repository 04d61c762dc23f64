package dev.salver.sandbox.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.salver.kube.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * One column.
 *
 * @param priority 0 to be shown always, 1 with {@code -o wide}
 * @param cell what an object shows in it at a time
 */
record Column(
    String name,
    String type,
    String format,
    int priority,
    BiFunction<KubeObject, Instant, JsonNode> cell) {
  static final Column NAME =
      new Column("Name", "string", "name", 0, (object, now) -> new TextNode(object.name()));
  static final Column AGE =
      new Column(
          "Age",
          "string",
          "",
          0,
          (object, now) ->
              new TextNode(since(object.metadata().path("creationTimestamp").asText(), now)));

  static Column text(String name, Function<KubeObject, String> cell) {
    return new Column(name, "string", "", 0, (object, now) -> new TextNode(cell.apply(object)));
  }

  static Column number(String name, ToIntFunction<KubeObject> cell) {
    return new Column(
        name, "integer", "", 0, (object, now) -> new IntNode(cell.applyAsInt(object)));
  }

  /** What lies at a JSON pointer; nothing where nothing does. */
  static Column at(String name, String pointer) {
    return new Column(
        name,
        "string",
        "",
        0,
        (object, now) -> {
          JsonNode value = object.tree().at(pointer);
          return value.isValueNode() ? value : NullNode.getInstance();
        });
  }

  /** How long ago the time at a JSON pointer was. */
  static Column sinceAt(String name, String pointer) {
    return new Column(
        name,
        "string",
        "",
        0,
        (object, now) -> new TextNode(since(object.tree().at(pointer).asText(), now)));
  }

  /** The status of a condition, or its reason. */
  static Column condition(String name, String type, String field) {
    return new Column(
        name,
        "string",
        "",
        0,
        (object, now) -> {
          JsonNode value = object.condition(type).path(field);
          return value.isTextual() ? value : NullNode.getInstance();
        });
  }

  Column wide() {
    return new Column(name, type, format, 1, cell);
  }

  /** As people read an age: seconds, then minutes, hours, days, years; two units while small. */
  static String since(String time, Instant now) {
    Duration age;
    try {
      age = Duration.between(Instant.parse(time), now);
    } catch (DateTimeParseException e) {
      return "<unknown>";
    }
    long seconds = Math.max(0, age.toSeconds());
    long minutes = seconds / 60;
    long hours = minutes / 60;
    long days = hours / 24;
    if (seconds < 120) {
      return seconds + "s";
    }
    if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    if (days < 8) {
      return two(days, "d", hours % 24, "h");
    }
    return days < 730 ? days + "d" : two(days / 365, "y", days % 365, "d");
  }

  private static String two(long large, String unit, long small, String smallUnit) {
    return large + unit + (small == 0 ? "" : small + smallUnit);
  }
}
