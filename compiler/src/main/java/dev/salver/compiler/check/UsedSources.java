package dev.salver.compiler.check;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the environments of a program load, and for whom. */
public final class UsedSources {
  private final Map<String, SortedSet<String>> models = new HashMap<>();

  /** By environment, those that nothing pins for want of a lock. */
  private final Map<String, SortedSet<String>> loose = new HashMap<>();

  void add(String environment, String model, Pins.Use use) {
    if (use.isPinnable()) {
      models.computeIfAbsent(use.source(), each -> new TreeSet<>()).add(model);
    }
    if (use.isLoose()) {
      loose.computeIfAbsent(environment, each -> new TreeSet<>()).add(use.source());
    }
  }

  /** The models that use each source that can be pinned, or mount it. */
  public SortedMap<String, SortedSet<String>> models() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(models));
  }

  /**
   * Without any lock one warning says so, at the project's name, not one for each source of an
   * environment.
   */
  public Optional<Diagnostic> missing(String environment, Declarations declarations) {
    SortedSet<String> loose = this.loose.getOrDefault(environment, Collections.emptySortedSet());
    if (loose.isEmpty()) {
      return Optional.empty();
    }
    String what =
        loose.size() == 1
            ? "`" + loose.first() + "` is not pinned"
            : loose.size() + " sources are not pinned";
    return declarations
        .project()
        .map(
            project ->
                Diagnostic.of(
                    Code.SV7020,
                    project.name().span(),
                    what + ": there is no `serve.lock`, `salver lock` writes it"));
  }
}
