package dev.salver.cli;

import java.util.List;
import java.util.concurrent.Callable;

/** A command of {@code salver}: what it takes, and what it does; the result is the exit code. */
interface Command extends Callable<Integer> {
  /** The lines above its options in the help; the first one stands in the list of all commands. */
  List<String> help();

  /** Declares what it takes. */
  void takes(Options options);
}
