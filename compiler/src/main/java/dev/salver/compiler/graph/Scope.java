package dev.salver.compiler.graph;

import dev.salver.compiler.source.Span;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The inputs and steps that can be named at a place; a branch sees what stands before it. */
final class Scope {
  /** A name that is taken. */
  record Named(Flowing value, Span at, boolean isInput) {}

  private final @Nullable Scope outer;
  private final Map<String, Named> names = new LinkedHashMap<>();

  private Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  static Scope empty() {
    return new Scope(null);
  }

  /** The whole request under its name, unless an input is called so. */
  Scope withRequest(Flowing request, Span at) {
    names.putIfAbsent(Step.Ref.REQUEST, new Named(request, at, true));
    return this;
  }

  Scope inner() {
    return new Scope(this);
  }

  Optional<Named> find(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Named named = scope.names.get(name);
      if (named != null) {
        return Optional.of(named);
      }
    }
    return Optional.empty();
  }

  void define(String name, Named named) {
    names.put(name, named);
  }

  Set<String> known() {
    var known = new TreeSet<String>();
    for (Scope scope = this; scope != null; scope = scope.outer) {
      known.addAll(scope.names.keySet());
    }
    return known;
  }
}
