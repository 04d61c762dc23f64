package dev.salver.sandbox.node;

import dev.salver.sandbox.api.ApiException;
import dev.salver.sandbox.api.LogSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The node's log files, as {@code pods/log} reads them. */
public final class NodeLogs implements LogSource {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Node node;

  public NodeLogs(Node node) {
    this.node = node;
  }

  @Override
  public Log open(String namespace, String pod, String container, boolean previous)
      throws IOException {
    ContainerLogs logs =
        node.logs(namespace, pod, container)
            .orElseThrow(
                () ->
                    new ApiException(
                        400,
                        "BadRequest",
                        "container \"" + container + "\" in pod \"" + pod + "\" has not started"));
    if (previous) {
      if (!Files.exists(logs.previous())) {
        throw new ApiException(
            400,
            "BadRequest",
            "previous terminated container \"" + container + "\" in pod \"" + pod + "\" not found");
      }
      return new Concatenated(List.of(logs.previous()), () -> true);
    }
    return new Concatenated(
        List.of(logs.older(), logs.current()),
        () -> node.logs(namespace, pod, container).isEmpty());
  }

  /** Tells whether nothing more will be written. */
  private interface Over {
    boolean isOver();
  }

  /** Files one after the other; the last one may grow. */
  private static final class Concatenated implements Log {
    private final Deque<Path> left;
    private final Over over;
    private @Nullable InputStream open;

    Concatenated(List<Path> files, Over over) throws IOException {
      this.left = new ArrayDeque<>(files);
      this.over = over;
      next();
    }

    @Override
    public int read(byte[] into, Duration patience) throws IOException {
      long end = System.nanoTime() + patience.toNanos();
      while (true) {
        boolean last = over.isOver();
        int count = open == null ? -1 : open.read(into);
        if (count > 0) {
          return count;
        }
        if (next()) {
          continue;
        }
        if (last) {
          return -1;
        }
        long wait = Math.min(LOOK.toNanos(), end - System.nanoTime());
        if (wait <= 0) {
          return 0;
        }
        LockSupport.parkNanos(wait);
      }
    }

    @Override
    public void close() throws IOException {
      if (open != null) {
        open.close();
      }
    }

    /** Goes on to the next file that exists; false where the last one is open. */
    private boolean next() throws IOException {
      while (!left.isEmpty()) {
        Path file = left.remove();
        try {
          InputStream following = Files.newInputStream(file);
          close();
          open = following;
          return true;
        } catch (NoSuchFileException e) {
          // Nothing was written there.
        }
      }
      return false;
    }
  }
}
