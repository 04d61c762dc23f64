package dev.salver.kube.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

/**
 * A set of field paths, as a trie whose edges are elements of Kubernetes' FieldsV1: {@code f:name},
 * {@code k:{"name":"x"}}, {@code v:"x"}, {@code i:0}.
 *
 * @param member whether the path that leads here is itself in the set
 * @param children never an empty set
 */
public record FieldSet(boolean member, SortedMap<String, FieldSet> children) {
  public static final FieldSet EMPTY = new FieldSet(false, Collections.emptySortedMap());
  static final FieldSet LEAF = new FieldSet(true, Collections.emptySortedMap());

  /** A set of the given children; empty ones are left out. */
  static FieldSet of(boolean member, SortedMap<String, FieldSet> children) {
    children.values().removeIf(FieldSet::isEmpty);
    if (children.isEmpty()) {
      return member ? LEAF : EMPTY;
    }
    return new FieldSet(member, Collections.unmodifiableSortedMap(children));
  }

  /**
   * Reads FieldsV1.
   *
   * @throws IllegalArgumentException where an element is of no known form
   */
  public static FieldSet parse(JsonNode fieldsV1) {
    if (!fieldsV1.isObject()) {
      throw new IllegalArgumentException("fieldsV1 is not an object");
    }
    boolean member = fieldsV1.isEmpty();
    var children = new TreeMap<String, FieldSet>();
    for (var entry : fieldsV1.properties()) {
      if (entry.getKey().equals(".")) {
        member = true;
      } else {
        children.put(FieldPath.canonical(entry.getKey()), parse(entry.getValue()));
      }
    }
    return of(member, children);
  }

  /** Reads the FieldsV1 of a whole object, where an empty document is an empty set. */
  static FieldSet parseRoot(JsonNode fieldsV1) {
    return new FieldSet(false, parse(fieldsV1).children());
  }

  /** Writes FieldsV1. */
  public ObjectNode toJson() {
    ObjectNode result = Json.object();
    if (member && !children.isEmpty()) {
      result.putObject(".");
    }
    children.forEach((element, child) -> result.set(element, child.toJson()));
    return result;
  }

  public boolean isEmpty() {
    return !member && children.isEmpty();
  }

  /** What lies under one element; empty where nothing does. */
  public FieldSet child(String element) {
    return children.getOrDefault(element, EMPTY);
  }

  FieldSet withMember() {
    return member ? this : new FieldSet(true, children);
  }

  /** Paths in either. */
  public FieldSet union(FieldSet other) {
    return combine(other, (a, b) -> a || b);
  }

  /** Paths here that are not exactly in the other. */
  public FieldSet minus(FieldSet other) {
    return combine(other, (a, b) -> a && !b);
  }

  /** Paths in both. */
  public FieldSet intersect(FieldSet other) {
    return combine(other, (a, b) -> a && b);
  }

  /** Without everything under some top-level fields. */
  FieldSet without(List<String> elements) {
    var kept = new TreeMap<>(children);
    elements.forEach(kept::remove);
    return of(member, kept);
  }

  /** Every path in the set, as Kubernetes writes them: {@code .spec.containers[name="x"].image}. */
  public List<String> paths() {
    var result = new ArrayList<String>();
    collect("", result);
    return result;
  }

  private void collect(String path, List<String> into) {
    if (member && !path.isEmpty()) {
      into.add(path);
    }
    children.forEach((element, child) -> child.collect(path + FieldPath.text(element), into));
  }

  private FieldSet combine(FieldSet other, BinaryOperator<Boolean> rule) {
    var elements = new TreeSet<>(children.keySet());
    elements.addAll(other.children.keySet());
    var combined = new TreeMap<String, FieldSet>();
    for (String element : elements) {
      combined.put(element, child(element).combine(other.child(element), rule));
    }
    return of(rule.apply(member, other.member), combined);
  }
}
