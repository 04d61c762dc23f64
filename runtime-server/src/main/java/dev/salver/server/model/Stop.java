package dev.salver.server.model;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What ends the server: SIGTERM, the end of standard input, a failure to load. The first counts.
 */
final class Stop {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();

  sealed interface Reason {
    /** Drain and end well. */
    record Asked(String by) implements Reason {}

    record Failed(String message) implements Reason {}
  }

  /** True for the first reason. */
  boolean ask(Reason why) {
    boolean first = reason.compareAndSet(null, why);
    asked.countDown();
    return first;
  }

  Reason await() throws InterruptedException {
    while (!asked.await(1, TimeUnit.HOURS)) {
      // A server waits for its end as long as it takes.
    }
    return java.util.Objects.requireNonNull(reason.get());
  }

  /** All is done that a signal should wait for. */
  void finished() {
    finished.countDown();
  }

  /** On SIGTERM, lets the server drain before the process ends, with exit code 0. */
  void onSignal(long patienceSeconds) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (ask(new Reason.Asked("SIGTERM"))) {
                    try {
                      if (!finished.await(patienceSeconds, TimeUnit.SECONDS)) {
                        return;
                      }
                    } catch (InterruptedException e) {
                      return;
                    }
                    Runtime.getRuntime().halt(0);
                  }
                },
                "drain"));
  }

  /** Ends when the stream does; a parent that dies closes it. */
  void onEndOf(InputStream in) {
    var thread =
        new Thread(
            () -> {
              try {
                while (in.read() >= 0) {
                  // What comes is of no interest.
                }
              } catch (IOException e) {
                // As good as an end.
              }
              ask(new Reason.Asked("the end of standard input"));
            },
            "standard-input");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Lets an interrupt from the keyboard pass: it reaches the whole process group, and the parent
   * decides. The class that can do this has no supported name, so it is looked up by text; without
   * it, interrupts end the process as usual.
   */
  static void ignoreInterrupt() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object interrupt = signal.getConstructor(String.class).newInstance("INT");
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, interrupt, handler.getField("SIG_IGN").get(null));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Then the group's interrupt ends this process too.
    }
  }
}
