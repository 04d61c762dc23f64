package dev.salver.compiler.policy;

import dev.salver.compiler.cel.Shape;
import dev.salver.compiler.check.Settings;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A declaration as a policy and a test read it: everything that holds in one environment.
 *
 * @param values by key, as {@link Shape} says; what is not set is not there
 * @param declared where its name stands
 * @param origins where the setting behind a path is written; {@code declared} where nobody wrote it
 * @param settings what is written, of those kinds whose settings can be changed
 */
public record View(
    String name,
    Map<String, Object> values,
    Span declared,
    Function<Path, Span> origins,
    Optional<Settings> settings) {
  View(String name, Map<String, Object> values, Span declared, Function<Path, Span> origins) {
    this(name, values, declared, origins, Optional.empty());
  }

  View(String name, Map<String, Object> values, Settings settings) {
    this(name, values, settings.declared(), settings::at, Optional.of(settings));
  }

  /** Where what a path reads was decided. */
  public Span origin(List<String> path) {
    return path.isEmpty() ? declared : origins.apply(ModelView.setting(path));
  }
}
