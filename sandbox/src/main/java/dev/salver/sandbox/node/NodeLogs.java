package dev.salver.sandbox.node;

import dev.salver.sandbox.api.ApiException;
import dev.salver.sandbox.api.LogSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Serves the log files of the node's containers, the present run's as it grows. */
public final class NodeLogs implements LogSource {
  private static final Duration POLL = Duration.ofMillis(50);

  private final Node node;

  public NodeLogs(Node node) {
    this.node = node;
  }

  @Override
  public Log open(String namespace, String pod, String container, boolean previous)
      throws IOException {
    ContainerRunner runner =
        node.container(namespace, pod, container)
            .orElseThrow(
                () ->
                    refused(
                        "container \"%s\" in pod \"%s\" has not been started by this node"
                            .formatted(container, pod)));
    ContainerLog log = runner.log();
    try {
      int run = runner.runs();
      if (previous) {
        return run > 0 && isBetweenRuns(runner)
            ? new FileLog(log.current(), log.older(), null, () -> false)
            : new FileLog(log.previous(), null, null, () -> false);
      }
      if (run == 0) {
        throw refused(
            "container \"%s\" in pod \"%s\" is waiting to start: %s"
                .formatted(container, pod, runner.view().state().tree()));
      }
      return new FileLog(log.current(), log.older(), log.current(), () -> runner.isRunning(run));
    } catch (NoSuchFileException e) {
      throw refused(
          (previous ? "previous terminated container" : "container")
              + " \"%s\" in pod \"%s\" has no log".formatted(container, pod));
    }
  }

  /** While a restart is waited for, the run that ended is the previous one already. */
  private static boolean isBetweenRuns(ContainerRunner runner) {
    return runner.view().state() instanceof ContainerState.Waiting
        && runner.view().last().isPresent();
  }

  private static ApiException refused(String message) {
    return new ApiException(400, "BadRequest", message);
  }

  /** One run's files in the order of their lines; goes on where the newest was rotated away. */
  private static final class FileLog implements Log {
    private final ArrayDeque<FileChannel> files = new ArrayDeque<>();
    private final @Nullable Path growing;
    private final BooleanSupplier running;
    private @Nullable Object newest;

    FileLog(Path file, @Nullable Path older, @Nullable Path growing, BooleanSupplier running)
        throws IOException {
      this.growing = growing;
      this.running = running;
      files.add(FileChannel.open(file));
      newest = key(file);
      if (older != null && Files.exists(older) && !Objects.equals(key(older), newest)) {
        files.addFirst(FileChannel.open(older));
      }
    }

    @Override
    public int read(byte[] into, Duration patience) throws IOException {
      long deadline = System.nanoTime() + patience.toNanos();
      while (true) {
        boolean mayGrow = running.getAsBoolean();
        FileChannel file = files.peekFirst();
        if (file == null) {
          return -1;
        }
        int n = file.read(ByteBuffer.wrap(into));
        if (n > 0) {
          return n;
        }
        if (files.size() > 1) {
          files.removeFirst().close();
        } else if (!rotated()) {
          if (!mayGrow) {
            return -1;
          }
          if (System.nanoTime() >= deadline) {
            return 0;
          }
          pause();
        }
      }
    }

    @Override
    public void close() throws IOException {
      for (FileChannel file : files) {
        file.close();
      }
      files.clear();
    }

    /** Follows to the file that took the newest one's place, while the run lasts. */
    private boolean rotated() throws IOException {
      if (growing == null || !running.getAsBoolean() || !Files.exists(growing)) {
        return false;
      }
      Object now = key(growing);
      if (Objects.equals(now, newest)) {
        return false;
      }
      files.add(FileChannel.open(growing));
      newest = now;
      return true;
    }

    private static @Nullable Object key(Path file) throws IOException {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static void pause() {
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
