package dev.salver.sandbox.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a container's probes while one run of its program lasts. */
final class Probing {
  /** Is told what the probes find. */
  interface Listener {
    void started();

    void ready(boolean ready, String why);

    /** The program is to be ended and started anew. */
    void unhealthy(String why);
  }

  /** The probes of a container; each may be missing. */
  record Probes(Optional<Probe> startup, Optional<Probe> liveness, Optional<Probe> readiness) {}

  private final Probes probes;
  private final Duration firstTry;
  private final Map<String, String> environment;
  private final Path folder;
  private final Listener listener;
  private final CompletableFuture<?> over;

  /**
   * Probes to run.
   *
   * @param over completes when the program ended
   */
  Probing(
      Probes probes,
      Duration firstTry,
      Map<String, String> environment,
      Path folder,
      Listener listener,
      CompletableFuture<?> over) {
    this.probes = probes;
    this.firstTry = firstTry;
    this.environment = environment;
    this.folder = folder;
    this.listener = listener;
    this.over = over;
  }

  void start() {
    Thread.ofVirtual().name("probes").start(this::run);
  }

  private void run() {
    if (probes.startup().isPresent() && !startup(probes.startup().get())) {
      return;
    }
    listener.started();
    probes.liveness().ifPresent(probe -> Thread.ofVirtual().start(() -> liveness(probe)));
    if (probes.readiness().isPresent()) {
      readiness(probes.readiness().get());
    } else {
      listener.ready(true, "");
    }
  }

  /** Tries often, but gives up only when the declared periods would have. */
  private boolean startup(Probe probe) {
    if (pause(probe.initialDelay())) {
      return false;
    }
    long giveUp =
        System.nanoTime() + probe.period().multipliedBy(probe.failureThreshold()).toNanos();
    while (true) {
      Probe.Result result = ask(probe);
      if (result.success()) {
        return !over.isDone();
      }
      if (System.nanoTime() >= giveUp) {
        listener.unhealthy("startup probe failed: " + result.message());
        return false;
      }
      if (pause(firstTry)) {
        return false;
      }
    }
  }

  private void liveness(Probe probe) {
    if (pause(probe.initialDelay())) {
      return;
    }
    int failed = 0;
    while (true) {
      Probe.Result result = ask(probe);
      failed = result.success() ? 0 : failed + 1;
      if (failed >= probe.failureThreshold()) {
        listener.unhealthy("liveness probe failed: " + result.message());
        return;
      }
      if (pause(probe.period())) {
        return;
      }
    }
  }

  private void readiness(Probe probe) {
    if (pause(probe.initialDelay())) {
      return;
    }
    boolean ever = false;
    boolean ready = false;
    int failed = 0;
    int succeeded = 0;
    while (!over.isDone()) {
      Probe.Result result = ask(probe);
      failed = result.success() ? 0 : failed + 1;
      succeeded = result.success() ? succeeded + 1 : 0;
      if (!ready && succeeded >= probe.successThreshold()) {
        ready = true;
        ever = true;
        listener.ready(true, result.message());
      } else if (ready && failed >= probe.failureThreshold()) {
        ready = false;
        listener.ready(false, "readiness probe failed: " + result.message());
      } else if (!ever && failed == 1) {
        listener.ready(false, "readiness probe failed: " + result.message());
      }
      if (pause(ever ? probe.period() : firstTry)) {
        return;
      }
    }
  }

  private Probe.Result ask(Probe probe) {
    return ProbeTry.run(probe.action(), probe.timeout(), environment, folder);
  }

  /** Waits, and says whether the program ended meanwhile. */
  private boolean pause(Duration time) {
    try {
      over.get(time.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
