package dev.salver.compiler.random;

import dev.salver.compiler.check.SchemaValues;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.syntax.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The settings of one declaration, written as sections or by path. */
final class Block {
  private final World world;
  private final Kind kind;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<String> more = new ArrayList<>();

  Block(World world, Kind kind) {
    this.world = world;
    this.kind = kind;
  }

  Set<String> paths() {
    return Set.copyOf(values.keySet());
  }

  /** What was written for a setting; empty where nothing was. */
  String values(String path) {
    return values.getOrDefault(path, "");
  }

  boolean has(String path) {
    return values.containsKey(path);
  }

  /** What the setting's type gives. */
  Block draw(String path) {
    return put(path, SchemaValues.right(kind, path, world.draw));
  }

  /** A value that the setting takes, in whose place others are wrong. */
  Block put(String path, String value) {
    String written = world.params.instead(path, value);
    Slots.Slot slot = world.slots.slot(written);
    for (SchemaValues.Wrong wrong : SchemaValues.wrong(kind, path)) {
      slot.or(path + " = " + wrong.value(), wrong.value(), wrong.code());
    }
    return exactly(path, slot.toString());
  }

  /** A value as it is, about which no mistake is made. */
  Block exactly(String path, String value) {
    values.put(path, value);
    return this;
  }

  /** A line that is no setting of the schema's. */
  Block line(String text) {
    more.add(text);
    return this;
  }

  /** The lines, each indented. */
  String lines(String indent) {
    var groups = new TreeMap<String, Map<String, String>>();
    values.forEach(
        (path, value) -> {
          int dot = path.indexOf('.');
          String first = dot < 0 ? path : path.substring(0, dot);
          groups
              .computeIfAbsent(first, key -> new LinkedHashMap<>())
              .put(dot < 0 ? "" : path.substring(dot + 1), value);
        });
    var lines = new ArrayList<>(more);
    groups.forEach(
        (first, below) -> {
          boolean dotted = world.draw.oneIn(3);
          if (below.containsKey("")) {
            lines.add(first + " = " + below.get(""));
          } else if (dotted) {
            below.forEach((rest, value) -> lines.add(first + "." + rest + " = " + value));
          } else {
            String separator = world.draw.of(", ", "\n" + indent + "  ");
            var inside = new ArrayList<String>();
            below.forEach((rest, value) -> inside.add(rest + " = " + value));
            lines.add(first + " { " + String.join(separator, inside) + " }");
          }
        });
    var slot = world.slots.nothing();
    slot.or("an unknown setting", indent + "nothing-like-it = 1\n", Code.SV1003);
    if (!values.isEmpty()) {
      String path = values.keySet().iterator().next();
      slot.or("twice " + path, indent + path + " = " + values.get(path) + "\n", Code.SV3001);
    }
    var text = new StringBuilder(slot.toString());
    lines.forEach(line -> text.append(indent).append(line).append('\n'));
    return text.toString();
  }

  /** In braces, and with a line's end. */
  String braced(String indent) {
    return " {\n" + lines(indent + "  ") + indent + "}\n";
  }
}
