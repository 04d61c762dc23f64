package dev.salver.kube.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** All owners of an object's fields; immutable. */
public record Ownership(List<Owner> owners) {
  public static final Ownership NONE = new Ownership(List.of());

  /** More updaters than this are folded into one, oldest first, as an API server does. */
  private static final int MOST_UPDATERS = 10;

  private static final String FOLDED = "ancient-changes";

  public Ownership {
    owners = List.copyOf(owners);
  }

  /**
   * Reads {@code metadata.managedFields}.
   *
   * @throws IllegalArgumentException where an entry is malformed
   */
  public static Ownership of(KubeObject object) {
    return parse(object.metadata().path("managedFields"));
  }

  static Ownership parse(JsonNode managedFields) {
    var owners = new ArrayList<Owner>();
    managedFields.forEach(entry -> owners.add(Owner.parse(entry)));
    return new Ownership(owners);
  }

  /** The fields that one manager applied to the object itself; empty where it applied none. */
  public FieldSet appliedBy(String manager) {
    return owners.stream()
        .filter(owner -> owner.operation() == Owner.Operation.APPLY)
        .filter(owner -> owner.manager().equals(manager) && owner.subresource().isEmpty())
        .map(Owner::fields)
        .reduce(FieldSet.EMPTY, FieldSet::union);
  }

  Optional<Owner> find(Owner like) {
    return owners.stream().filter(like::isSameAs).findFirst();
  }

  Ownership with(Owner owner) {
    var result = new ArrayList<>(owners);
    result.removeIf(owner::isSameAs);
    result.add(owner);
    return new Ownership(result);
  }

  Ownership without(Predicate<Owner> gone) {
    return new Ownership(owners.stream().filter(gone.negate()).toList());
  }

  FieldSet all() {
    return owners.stream().map(Owner::fields).reduce(FieldSet.EMPTY, FieldSet::union);
  }

  /** Folds the oldest updaters of a version together until few enough are left. */
  Ownership capped() {
    var updaters =
        owners.stream()
            .filter(owner -> owner.operation() == Owner.Operation.UPDATE)
            .sorted(Comparator.comparing(Owner::time))
            .toList();
    int excess = updaters.size() - MOST_UPDATERS;
    if (excess <= 0) {
      return this;
    }
    Ownership result = this;
    for (Owner oldest : updaters.subList(0, excess + 1)) {
      Owner folded =
          new Owner(
              FOLDED,
              Owner.Operation.UPDATE,
              oldest.apiVersion(),
              oldest.subresource(),
              oldest.time(),
              oldest.fields());
      FieldSet before = result.find(folded).map(Owner::fields).orElse(FieldSet.EMPTY);
      result = result.without(oldest::isSameAs).with(folded.with(before.union(oldest.fields())));
    }
    return result;
  }

  /** Writes {@code metadata.managedFields}, in the order that an API server keeps. */
  public ArrayNode toJson() {
    ArrayNode result = Json.array();
    owners.stream()
        .filter(owner -> !owner.fields().isEmpty())
        .sorted(
            Comparator.comparing(Owner::operation)
                .thenComparing(Owner::time)
                .thenComparing(Owner::manager)
                .thenComparing(Owner::apiVersion)
                .thenComparing(Owner::subresource))
        .forEach(owner -> result.add(owner.toJson()));
    return result;
  }
}
