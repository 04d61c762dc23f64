package dev.salver.kube.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.TreeMap;

/** Field sets read off values: what an applied document claims, and how two values differ. */
final class FieldSets {
  private static final JsonNode ABSENT = MissingNode.getInstance();

  private FieldSets() {}

  /** How one value became another. Containers that came or went are members themselves. */
  record Difference(FieldSet added, FieldSet modified, FieldSet removed) {
    private static final Difference NONE =
        new Difference(FieldSet.EMPTY, FieldSet.EMPTY, FieldSet.EMPTY);

    FieldSet written() {
      return added.union(modified);
    }

    boolean isEmpty() {
      return added.isEmpty() && modified.isEmpty() && removed.isEmpty();
    }
  }

  /**
   * What a document claims: scalars, empty containers, atomic values, list items.
   *
   * @throws ListItems.Malformed where items of a keyed list can't be told apart
   */
  static FieldSet claimed(JsonNode value, Structure structure) {
    return read(value, structure, false);
  }

  /** As {@link #claimed}, with every container as a member besides. */
  private static FieldSet everything(JsonNode value, Structure structure) {
    return read(value, structure, true);
  }

  private static FieldSet read(JsonNode value, Structure structure, boolean containers) {
    if (structure.rule() instanceof Structure.Rule.Atomic || value.isEmpty()) {
      return FieldSet.LEAF;
    }
    var children = new TreeMap<String, FieldSet>();
    if (value.isObject()) {
      for (var field : value.properties()) {
        children.put(
            FieldPath.field(field.getKey()),
            read(field.getValue(), structure.field(field.getKey()), containers));
      }
      return FieldSet.of(containers, children);
    }
    if (containers && !ListItems.itemwise(value, structure)) {
      return FieldSet.LEAF;
    }
    var items = ListItems.byElement(value, structure);
    if (items.isEmpty()) {
      return FieldSet.LEAF;
    }
    items
        .get()
        .forEach(
            (element, item) ->
                children.put(
                    element,
                    item.isObject()
                        ? read(item, structure.items(), containers).withMember()
                        : FieldSet.LEAF));
    return FieldSet.of(containers, children);
  }

  /** How {@code before} became {@code after}; either may be missing. */
  static Difference between(JsonNode before, JsonNode after, Structure structure) {
    if (before.equals(after)) {
      return Difference.NONE;
    }
    if (before.isMissingNode()) {
      return new Difference(everything(after, structure), FieldSet.EMPTY, FieldSet.EMPTY);
    }
    if (after.isMissingNode()) {
      return new Difference(FieldSet.EMPTY, FieldSet.EMPTY, everything(before, structure));
    }
    if (structure.rule() instanceof Structure.Rule.Atomic) {
      return changed();
    }
    if (before.isObject() && after.isObject()) {
      return fields(before, after, structure);
    }
    if (ListItems.itemwise(before, structure) && ListItems.itemwise(after, structure)) {
      return items(before, after, structure);
    }
    return changed();
  }

  private static Difference changed() {
    return new Difference(FieldSet.EMPTY, FieldSet.LEAF, FieldSet.EMPTY);
  }

  private static Difference fields(JsonNode before, JsonNode after, Structure structure) {
    var names = new LinkedHashSet<String>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    var parts = new LinkedHashMap<String, Difference>();
    for (String name : names) {
      parts.put(
          FieldPath.field(name),
          between(before.path(name), after.path(name), structure.field(name)));
    }
    return joined(parts);
  }

  private static Difference items(JsonNode before, JsonNode after, Structure structure) {
    var old = ListItems.byElement(before, structure).orElseThrow();
    var now = ListItems.byElement(after, structure).orElseThrow();
    var elements = new LinkedHashSet<>(old.keySet());
    elements.addAll(now.keySet());
    var parts = new LinkedHashMap<String, Difference>();
    for (String element : elements) {
      parts.put(
          element,
          between(
              old.getOrDefault(element, ABSENT),
              now.getOrDefault(element, ABSENT),
              structure.items()));
    }
    return joined(parts);
  }

  private static Difference joined(Map<String, Difference> parts) {
    var added = new TreeMap<String, FieldSet>();
    var modified = new TreeMap<String, FieldSet>();
    var removed = new TreeMap<String, FieldSet>();
    parts.forEach(
        (element, part) -> {
          added.put(element, part.added());
          modified.put(element, part.modified());
          removed.put(element, part.removed());
        });
    return new Difference(
        FieldSet.of(false, added), FieldSet.of(false, modified), FieldSet.of(false, removed));
  }
}
