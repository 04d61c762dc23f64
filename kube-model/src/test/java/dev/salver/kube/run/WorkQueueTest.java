package dev.salver.kube.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class WorkQueueTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final VirtualScheduler time = new VirtualScheduler(START);
  private final List<String> seen = new ArrayList<>();

  @Test
  void eventsDuringAPassLeadToExactlyOneMore() {
    var itself = new AtomicReference<WorkQueue<String>>();
    var queue =
        queue(
            key -> {
              seen.add(key);
              if (seen.size() == 1) {
                itself.get().add(key);
                itself.get().add(key);
              }
              return Optional.empty();
            });
    itself.set(queue);
    queue.add("a");
    time.settle();
    assertEquals(List.of("a", "a"), seen);
    assertTrue(queue.isIdle());
  }

  @Test
  void aKeyComesBackWhenItAskedTo() {
    var queue =
        queue(
            key -> {
              seen.add(key + "@" + Duration.between(START, time.now()).toSeconds());
              return seen.size() < 3 ? Optional.of(Duration.ofSeconds(5)) : Optional.empty();
            });
    queue.add("a");
    time.advance(Duration.ofMinutes(1));
    assertEquals(List.of("a@0", "a@5", "a@10"), seen);
  }

  @Test
  void aBugInOnePassIsReportedAndTheKeyComesBack() {
    var failures = new ArrayList<String>();
    var queue =
        new WorkQueue<String>(
            time,
            key -> {
              if (failures.isEmpty()) {
                throw new NoClassDefFoundError("Missing");
              }
              seen.add(key);
              return Optional.empty();
            },
            (key, failure, inARow, retryIn) -> failures.add(String.valueOf(failure.getMessage())));
    queue.add("a");
    time.advance(Duration.ofSeconds(1));
    assertEquals(List.of("java.lang.NoClassDefFoundError: Missing"), failures);
    assertEquals(List.of("a"), seen);
    assertTrue(queue.isIdle());
  }

  @Test
  void failuresComeBackWithGrowingDelayAndAreReported() {
    var retries = new ArrayList<Duration>();
    var queue =
        new WorkQueue<String>(
            time,
            key -> {
              if (retries.size() < 4) {
                throw new IllegalStateException("not yet");
              }
              seen.add(key);
              return Optional.empty();
            },
            (key, failure, inARow, retryIn) -> retries.add(retryIn));
    queue.add("a");
    time.advance(Duration.ofMinutes(1));
    assertEquals(List.of("a"), seen);
    assertEquals(
        List.of(
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(400),
            Duration.ofMillis(800)),
        retries);
  }

  @Test
  void aKeyNeverRunsTwiceAtOnceOnRealThreads() throws Exception {
    var running = new AtomicInteger();
    var worst = new AtomicInteger();
    var passes = new CountDownLatch(50);
    try (var scheduler = new SystemScheduler()) {
      var queue =
          new WorkQueue<Integer>(
              scheduler,
              key -> {
                worst.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.onSpinWait();
                running.decrementAndGet();
                passes.countDown();
                return Optional.of(Duration.ofNanos(1));
              },
              (key, failure, inARow, retryIn) -> {});
      for (int i = 0; i < 100; i++) {
        queue.add(1);
      }
      assertTrue(passes.await(10, TimeUnit.SECONDS));
      queue.close();
    }
    assertEquals(1, worst.get());
  }

  private WorkQueue<String> queue(WorkQueue.Reconciler<String> reconciler) {
    return new WorkQueue<>(
        time,
        reconciler,
        (key, failure, inARow, retryIn) -> {
          throw new AssertionError(failure);
        });
  }
}
