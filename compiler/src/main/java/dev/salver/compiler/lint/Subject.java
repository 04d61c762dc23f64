package dev.salver.compiler.lint;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.syntax.SourceUnit;
import java.util.Collection;
import java.util.List;

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
    Uses uses,
    Statements statements) {
  public static Subject of(
      List<SourceUnit> units,
      Declarations declarations,
      Collection<EnvironmentPlan> plans,
      Lock lock) {
    return new Subject(
        List.copyOf(units),
        declarations,
        List.copyOf(plans),
        lock,
        Uses.of(units),
        Statements.of(units));
  }

  /** Whether a declaration stands in this program, and not in the library or an import. */
  boolean isOwn(Name name) {
    return statements.begins(name.span());
  }
}
