package dev.salver.cli.lock;

import dev.salver.artifacts.source.Surroundings;
import dev.salver.cli.lock.Change.Kind;
import dev.salver.cli.lock.Pinning.Result;
import dev.salver.cli.terminal.Terminal;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.lock.Lock.Artifact;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Carries out a plan: reads what is to be read, a few sources at a time. */
public final class Locking {
  private static final int AT_ONCE = 4;

  private final Pinning pinning;
  private final Terminal terminal;
  private final boolean quiet;

  public Locking(Path project, Surroundings surroundings, Terminal terminal, boolean quiet) {
    this.pinning = new Pinning(project, surroundings);
    this.terminal = terminal;
    this.quiet = quiet;
  }

  /**
   * What came of it.
   *
   * @param artifacts what a lock should pin now; a source that failed keeps what it had
   * @param changes in the order of sources
   */
  public record Outcome(SortedMap<String, Artifact> artifacts, List<Change> changes) {
    public Outcome {
      artifacts = Collections.unmodifiableSortedMap(artifacts);
      changes = List.copyOf(changes);
    }

    public boolean hasFailures() {
      return changes.stream().anyMatch(change -> change.kind() == Kind.FAILED);
    }
  }

  /** Reads the plan's sources. */
  public Outcome run(LockPlan plan, Lock old) throws InterruptedException {
    var artifacts = new TreeMap<>(plan.keep());
    var changes = new TreeMap<String, Change>();
    plan.keep().keySet().forEach(each -> changes.put(each, plain(each, Kind.KEPT)));
    plan.drop().forEach(each -> changes.put(each, plain(each, Kind.REMOVED)));
    read(plan, old)
        .forEach(
            (source, result) -> {
              Optional<Artifact> before = Optional.ofNullable(old.artifacts().get(source));
              switch (result) {
                case Result.Pinned(var artifact, var notes) -> {
                  artifacts.put(source, artifact);
                  changes.put(source, Change.of(source, before, artifact, notes));
                }
                case Result.Failed(String reason) -> {
                  before.ifPresent(pin -> artifacts.put(source, pin));
                  changes.put(source, new Change(source, false, Kind.FAILED, reason));
                }
              }
            });
    return new Outcome(artifacts, new ArrayList<>(changes.values()));
  }

  private static Change plain(String source, Kind kind) {
    return new Change(source, false, kind, "");
  }

  private SortedMap<String, Result> read(LockPlan plan, Lock old) throws InterruptedException {
    var transfers = new Transfers(terminal, quiet, plan.resolve().size());
    var results = Collections.synchronizedSortedMap(new TreeMap<String, Result>());
    var room = new Semaphore(AT_ONCE);
    var bug = new AtomicReference<Throwable>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String source : plan.resolve()) {
        room.acquire();
        threads.execute(
            () -> {
              try {
                Result result = pinning.pin(source, transfers.of(source));
                results.put(source, result);
                tell(transfers, source, result, old);
              } catch (RuntimeException | Error e) {
                bug.compareAndSet(null, e);
              } finally {
                room.release();
              }
            });
      }
    } finally {
      transfers.end();
    }
    Throwable broken = bug.get();
    if (broken != null) {
      throw new IllegalStateException(broken);
    }
    return new TreeMap<>(results);
  }

  private static void tell(Transfers transfers, String source, Result result, Lock old) {
    switch (result) {
      case Result.Failed(String reason) -> transfers.failed(reason);
      case Result.Pinned(var artifact, var notes) -> {
        var before = Optional.ofNullable(old.artifacts().get(source));
        Change change = Change.of(source, before, artifact, notes);
        transfers.finished(
            change.kind().word(),
            source + (change.details().isEmpty() ? "" : "  " + change.details()));
      }
    }
  }
}
