package dev.salver.kube.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Server-side apply and the tracking of other writes, for one kind (Kubernetes, "Server-Side
 * Apply"; merge rules as its structured merge).
 *
 * @param structure which lists are merged by key
 */
public record FieldManager(Structure structure) {
  private static final List<String> IDENTITY = List.of("f:apiVersion", "f:kind");
  private static final List<String> SYSTEM =
      List.of(
          "f:name",
          "f:namespace",
          "f:uid",
          "f:creationTimestamp",
          "f:generation",
          "f:managedFields",
          "f:resourceVersion",
          "f:selfLink");

  /**
   * Who writes, where and when.
   *
   * @param time RFC 3339
   */
  public record Writer(String manager, String apiVersion, String subresource, String time) {
    private Owner as(Owner.Operation operation) {
      return new Owner(manager, operation, apiVersion, subresource, time, FieldSet.EMPTY);
    }
  }

  /** A field that another manager holds at another value. */
  public record Conflict(String owner, String path) {}

  /** What became of an apply. */
  public sealed interface Applied {
    /** The object as it should be stored, without managedFields, and who owns what then. */
    record Merged(ObjectNode object, Ownership ownership) implements Applied {}

    /** Others hold fields at other values; nothing was forced. */
    record Contested(List<Conflict> conflicts) implements Applied {
      /** In Kubernetes' words. */
      public String message() {
        if (conflicts.size() == 1) {
          Conflict only = conflicts.getFirst();
          return "Apply failed with 1 conflict: conflict with " + only.owner + ": " + only.path;
        }
        Map<String, List<Conflict>> byOwner =
            conflicts.stream()
                .collect(Collectors.groupingBy(Conflict::owner, TreeMap::new, Collectors.toList()));
        return byOwner.entrySet().stream()
            .map(
                entry ->
                    entry.getValue().stream()
                        .map(conflict -> "\n- " + conflict.path)
                        .collect(
                            Collectors.joining("", "conflicts with " + entry.getKey() + ":", "")))
            .collect(
                Collectors.joining(
                    "\n", "Apply failed with " + conflicts.size() + " conflicts: ", ""));
      }
    }

    /** The applied document can't be merged. */
    record Malformed(String message) implements Applied {}
  }

  /** Merges an applied document into the live object; {@code live} is empty for a new one. */
  public Applied apply(
      ObjectNode live, Ownership owners, ObjectNode config, Writer writer, boolean force) {
    Owner self = writer.as(Owner.Operation.APPLY);
    FieldSet before = owners.find(self).map(Owner::fields).orElse(FieldSet.EMPTY);
    FieldSet claimed;
    try {
      claimed = tracked(FieldSets.claimed(config, structure));
    } catch (ListItems.Malformed e) {
      return new Applied.Malformed(e.what());
    }
    JsonNode merged = Merging.merge(bare(live), bare(config), structure);
    Ownership claims = owners.with(self.with(claimed));
    FieldSet orphaned = orphaned(before, claims.all());
    JsonNode result = Merging.remove(merged, orphaned, structure);
    ObjectNode object = result instanceof ObjectNode tree ? tree : Json.object();

    var difference = FieldSets.between(bare(live), object, structure);
    var conflicts = new ArrayList<Conflict>();
    Ownership after = others(claims, self, difference, conflicts);
    if (!force && !conflicts.isEmpty()) {
      conflicts.sort(Comparator.comparing(Conflict::owner).thenComparing(Conflict::path));
      return new Applied.Contested(List.copyOf(conflicts));
    }
    boolean same = difference.isEmpty() && claimed.equals(before);
    Owner entry = same ? owners.find(self).orElse(self) : self.with(claimed);
    return new Applied.Merged(object, claimed.isEmpty() ? after : after.with(entry));
  }

  /** Records a create, update or patch that made {@code live} into {@code next}. */
  public Ownership update(ObjectNode live, ObjectNode next, Ownership owners, Writer writer) {
    Owner self = writer.as(Owner.Operation.UPDATE);
    var difference = FieldSets.between(bare(live), bare(next), structure);
    Ownership after = others(owners, self, difference, new ArrayList<>());
    FieldSet before = owners.find(self).map(Owner::fields).orElse(FieldSet.EMPTY);
    FieldSet now = tracked(before.minus(difference.removed()).union(difference.written()));
    if (now.isEmpty()) {
      return after.without(self::isSameAs);
    }
    Owner entry =
        difference.isEmpty() && now.equals(before) ? owners.find(self).orElse(self) : self;
    return after.with(entry.with(now)).capped();
  }

  /** What others keep: not what was changed under them, not what is gone. */
  private static Ownership others(
      Ownership owners, Owner self, FieldSets.Difference difference, List<Conflict> conflicts) {
    FieldSet written = difference.written();
    var result = new ArrayList<Owner>();
    for (Owner owner : owners.owners()) {
      if (owner.isSameAs(self)) {
        result.add(owner);
        continue;
      }
      FieldSet taken = owner.fields().intersect(written);
      taken.paths().forEach(path -> conflicts.add(new Conflict(owner.described(), path)));
      FieldSet left = owner.fields().minus(taken).minus(difference.removed());
      if (!left.isEmpty()) {
        result.add(owner.with(left));
      }
    }
    return new Ownership(result);
  }

  /** What was applied before and nobody claims now. A field above a claimed one stays. */
  private static FieldSet orphaned(FieldSet before, FieldSet claimed) {
    var children = new TreeMap<String, FieldSet>();
    before
        .children()
        .forEach(
            (element, child) -> {
              FieldSet below = claimed.child(element);
              FieldSet gone = orphaned(child, below);
              boolean held =
                  below.member() || (element.startsWith("f:") && !below.children().isEmpty());
              children.put(
                  element, FieldSet.of(child.member() && !held, new TreeMap<>(gone.children())));
            });
    return FieldSet.of(false, children);
  }

  private static FieldSet tracked(FieldSet fields) {
    FieldSet top = fields.without(IDENTITY);
    FieldSet metadata = top.child("f:metadata").without(SYSTEM);
    var children = new TreeMap<>(top.children());
    children.put("f:metadata", FieldSet.of(false, new TreeMap<>(metadata.children())));
    return FieldSet.of(false, children);
  }

  /** Without what is about the record and not of it. */
  private static JsonNode bare(ObjectNode object) {
    if (object.isEmpty()) {
      return MissingNode.getInstance();
    }
    ObjectNode result = Json.object();
    result.setAll(object);
    if (object.path("metadata") instanceof ObjectNode metadata) {
      ObjectNode kept = Json.object();
      kept.setAll(metadata);
      kept.remove("managedFields");
      result.set("metadata", kept);
    }
    return result;
  }
}
