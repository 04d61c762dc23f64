package dev.salver.compiler.syntax;

import java.util.Locale;

/** The kinds of declaration that share the form {@code kind name … { }}. */
public enum Kind {
  PROJECT,
  MODEL,
  RUNTIME,
  ACCELERATOR,
  ENV,
  SECRET,
  ROLLOUT,
  POLICY,
  TEST,
  /** Settings of a graph; its flow is an {@link Entry.Graph}. */
  GRAPH;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The keyword. */
  public String word() {
    return word;
  }
}
