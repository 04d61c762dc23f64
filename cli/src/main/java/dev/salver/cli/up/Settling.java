package dev.salver.cli.up;

import dev.salver.cli.terminal.Terminal;
import dev.salver.cli.view.ServiceView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits until every service that the sources want is as they want it, or has failed, and says now
 * and then what is missing.
 */
final class Settling {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration TELL = Duration.ofSeconds(15);

  private final Terminal terminal;
  private final LocalCluster cluster;
  private final Followed followed;
  private final Supplier<Wanted> wanted;

  /**
   * @param wanted the newest release; an edit while something is waited for changes it
   */
  Settling(Terminal terminal, LocalCluster cluster, Followed followed, Supplier<Wanted> wanted) {
    this.terminal = terminal;
    this.cluster = cluster;
    this.followed = followed;
    this.wanted = wanted;
  }

  /**
   * Waits.
   *
   * @return whether all is as it is wanted, and nothing failed
   */
  boolean await(Duration patience, BooleanSupplier stopped) throws InterruptedException {
    Instant begin = Instant.now();
    Instant told = begin;
    while (!stopped.getAsBoolean()) {
      if (followed.await(views -> missing(views).isEmpty(), LOOK)) {
        return followed.views().stream().noneMatch(ServiceView::failed);
      }
      Instant now = Instant.now();
      if (now.isAfter(begin.plus(patience))) {
        terminal.problem(
            "after "
                + Terminal.seconds(patience)
                + " still waiting for "
                + missing()
                + "; it is tried on");
        return false;
      }
      if (now.isAfter(told.plus(TELL))) {
        told = now;
        terminal.step(
            "waiting", Terminal.seconds(Duration.between(begin, now)) + " for " + missing());
      }
    }
    return false;
  }

  private String missing() {
    return String.join(", ", missing(followed.views()));
  }

  private List<String> missing(List<ServiceView> views) {
    Wanted now = wanted.get();
    return now.missing(views, cluster.isApplied(now.commit()));
  }
}
