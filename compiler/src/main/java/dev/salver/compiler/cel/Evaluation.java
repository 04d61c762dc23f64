package dev.salver.compiler.cel;

import java.util.List;
import java.util.function.Supplier;

/** One run of an expression. */
public final class Evaluation {
  private final Outcome outcome;
  private final Supplier<List<SubValue>> parts;

  Evaluation(Outcome outcome, Supplier<List<SubValue>> parts) {
    this.outcome = outcome;
    this.parts = parts;
  }

  /** Of an expression that could not be run. */
  public static Evaluation failed(String why) {
    return new Evaluation(new Outcome.Failed(why), List::of);
  }

  public Outcome outcome() {
    return outcome;
  }

  /** Whether a condition holds. */
  public boolean holds() {
    return outcome.holds();
  }

  /** What the parts of the expression were worth: worked out when asked, literals left out. */
  public List<SubValue> parts() {
    return parts.get();
  }
}
