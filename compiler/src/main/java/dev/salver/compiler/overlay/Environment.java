package dev.salver.compiler.overlay;

import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.value.Scope;
import java.util.List;
import java.util.SortedMap;

/**
 * An environment that can be compiled for.
 *
 * @param chain the environments it inherits from, root first, itself last
 * @param settings its own settings, without patches
 * @param at where it is declared; for the built-in {@code local} a place in the library
 */
public record Environment(
    String name, List<Resource> chain, SortedMap<Path, Effective> settings, Scope scope, Span at) {
  /** The name of the built-in environment that runs on one machine. */
  public static final String LOCAL = "local";

  public Environment {
    chain = List.copyOf(chain);
  }

  /** The same with other values of params. */
  public Environment in(Scope other) {
    return new Environment(name, chain, settings, other, at);
  }

  public boolean isLocal() {
    return name.equals(LOCAL);
  }
}
