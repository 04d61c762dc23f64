package dev.salver.compiler.lint;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.syntax.SourceUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the rules look at.
 *
 * @param units as they are written, before loops and templates are expanded
 * @param declarations after
 * @param plans of every environment, by name
 */
public record Subject(
    List<SourceUnit> units,
    Declarations declarations,
    Collection<EnvironmentPlan> plans,
    Lock lock,
    Pinned pinned,
    Uses uses,
    Statements statements) {
  /**
   * The lock of the project's own folder.
   *
   * @param places the line of each source that is pinned
   * @param used sources that models and mounts of any environment are loaded from
   */
  public record Pinned(Map<String, Span> places, Set<String> used) {
    public Pinned {
      places = new TreeMap<>(places);
      used = Set.copyOf(used);
    }
  }

  public static Subject of(
      List<SourceUnit> units,
      Declarations declarations,
      Collection<EnvironmentPlan> plans,
      Lock lock,
      Pinned pinned) {
    return new Subject(
        List.copyOf(units),
        declarations,
        List.copyOf(plans),
        lock,
        pinned,
        Uses.of(units),
        Statements.of(units));
  }

  /** Whether a declaration stands in this program, and not in the library or an import. */
  boolean isOwn(Name name) {
    return statements.begins(name.span());
  }
}
