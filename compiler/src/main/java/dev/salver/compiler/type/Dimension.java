package dev.salver.compiler.type;

import java.util.Locale;
import java.util.Optional;

/**
 * Kinds of literals that no tensor has: what a param, or a template's parameter, may be beside an
 * element type.
 */
public enum Dimension {
  SIZE("1Gi"),
  CPU("1"),
  DURATION("1s"),
  PERCENT("50%"),
  RATE("1rps"),
  MONEY("$1");

  private final String example;

  Dimension(String example) {
    this.example = example;
  }

  /** The dimension of this name, {@code duration}. */
  public static Optional<Dimension> of(String word) {
    for (Dimension each : values()) {
      if (each.word().equals(word)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A literal of it. */
  public String example() {
    return example;
  }
}
