package dev.salver.compiler.check;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the environments of a program load, and for whom. */
public final class UsedSources {
  private final List<Used> all = new ArrayList<>();

  /** By environment, those that nothing pins for want of a lock. */
  private final Map<String, Set<String>> loose = new HashMap<>();

  private record Used(String source, String model) {}

  void add(String environment, String model, Pins.Use use) {
    if (use.isPinnable()) {
      all.add(new Used(use.source(), model));
    }
    if (use.isLoose()) {
      loose.computeIfAbsent(environment, each -> new HashSet<>()).add(use.source());
    }
  }

  /** The models that use each source that can be pinned, or mount it. */
  public SortedMap<String, SortedSet<String>> models() {
    var models = new TreeMap<String, SortedSet<String>>();
    for (Used each : all) {
      models.computeIfAbsent(each.source(), source -> new TreeSet<>()).add(each.model());
    }
    return Collections.unmodifiableSortedMap(models);
  }

  /**
   * Without any lock one warning says so, at the project's name, not one for each source of an
   * environment.
   */
  public Optional<Diagnostic> missing(String environment, Declarations declarations) {
    Set<String> loose = this.loose.getOrDefault(environment, Set.of());
    if (loose.isEmpty()) {
      return Optional.empty();
    }
    String what =
        loose.size() == 1
            ? "`" + loose.iterator().next() + "` is not pinned"
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
