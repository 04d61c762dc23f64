package dev.salver.git;

import java.time.Duration;
import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** Calls a transfer off that is still under way after its time. */
final class Deadline extends EmptyProgressMonitor {
  private final long end;

  Deadline(Duration limit) {
    this.end = System.nanoTime() + limit.toNanos();
  }

  @Override
  public boolean isCancelled() {
    return System.nanoTime() - end > 0;
  }
}
