package dev.salver.server.engine;

/** How a run ended. */
public sealed interface RunOutcome {
  record Done() implements RunOutcome {}

  /** The model can't take these inputs, although they fit its declared shapes. */
  record BadInput(String message) implements RunOutcome {}

  /** The model or its engine broke. */
  record Broken(String message) implements RunOutcome {}

  record Cancelled() implements RunOutcome {}
}
