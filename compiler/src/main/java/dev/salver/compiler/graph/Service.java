package dev.salver.compiler.graph;

import dev.salver.compiler.check.Settings;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.type.Signature;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a flow can call.
 *
 * @param name of the model or graph
 * @param shown how it is declared: {@code pet: Breeds}
 * @param signature empty where nothing says what it takes
 * @param settings null for a parameter of a template, which is any of its kind
 */
record Service(
    String name,
    Span declared,
    String shown,
    Optional<Signature> signature,
    @Nullable Settings settings) {
  /** Whether its type has a name: {@code pet: Breeds}. */
  boolean isTyped() {
    return !shown.equals(name);
  }

  Flowing.Declared place() {
    return new Flowing.Declared(declared, "`" + shown + "` is declared here");
  }
}
