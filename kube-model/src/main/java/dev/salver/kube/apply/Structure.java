package dev.salver.kube.apply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How values of a kind are merged and owned, where that is not the plain rule: objects field by
 * field, lists as one value.
 */
public final class Structure {
  /** Objects field by field, lists as one value, all the way down. */
  public static final Structure PLAIN = new Structure(new Rule.Plain());

  /** What holds for one value. */
  public sealed interface Rule {
    record Plain() implements Rule {}

    /** An object or a list that is owned as one. */
    record Atomic() implements Rule {}

    /** A list of scalars without order, each owned by itself. */
    record Set() implements Rule {}

    /** A list whose items are told apart by some of their fields. */
    record Keyed(List<Key> keys) implements Rule {}
  }

  /**
   * A field that tells list items apart.
   *
   * @param absent its value where an item does not have it
   */
  public record Key(String field, Optional<JsonNode> absent) {}

  private final Rule rule;
  private final Map<String, Structure> fields = new HashMap<>();
  private @Nullable Structure items;

  private Structure(Rule rule) {
    this.rule = rule;
  }

  public Rule rule() {
    return rule;
  }

  /** Of an object's field; {@code *} stands for any name. */
  public Structure field(String name) {
    Structure child = fields.get(name);
    if (child == null) {
      child = fields.get("*");
    }
    return child == null ? PLAIN : child;
  }

  /** Of a list's items. */
  public Structure items() {
    return items == null ? PLAIN : items;
  }

  /**
   * Builds a structure from rules by path, where {@code []} leads into a list and {@code *} into
   * any field: {@code spec.containers.[].env}.
   */
  public static Structure of(Map<String, Rule> rules) {
    return build(new Rule.Plain(), rules);
  }

  private static Structure build(Rule rule, Map<String, Rule> rules) {
    var grouped = new LinkedHashMap<String, Map<String, Rule>>();
    rules.forEach(
        (path, value) -> {
          int dot = path.indexOf('.');
          String head = dot < 0 ? path : path.substring(0, dot);
          String rest = dot < 0 ? "" : path.substring(dot + 1);
          grouped.computeIfAbsent(head, h -> new LinkedHashMap<>()).put(rest, value);
        });
    var result = new Structure(rule);
    grouped.forEach(
        (head, below) -> {
          Rule own = below.remove("");
          Structure child = build(own == null ? new Rule.Plain() : own, below);
          if (head.equals("[]")) {
            result.items = child;
          } else {
            result.fields.put(head, child);
          }
        });
    return result;
  }
}
