package dev.salver.cli.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * One {@code salver up} per folder. The kernel frees the lock when its process ends, however it
 * ends; the file says who holds it and how to reach them.
 */
public final class WorkspaceLock implements AutoCloseable {
  private static final int MAX_BYTES = 4096;

  /**
   * Who runs here.
   *
   * @param gatewayPort 0 until the gateway listens
   */
  public record Holder(long pid, String environment, int gatewayPort) {}

  private final FileChannel channel;
  private final FileLock lock;

  private WorkspaceLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /** The lock, or empty where another process holds it. */
  public static Optional<WorkspaceLock> acquire(Workspace workspace) throws IOException {
    FileChannel channel =
        FileChannel.open(
            workspace.lock(),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(new WorkspaceLock(channel, lock));
  }

  /** Who holds the lock now, where somebody does. */
  public static Optional<Holder> holder(Workspace workspace) throws IOException {
    if (!Files.exists(workspace.lock())) {
      return Optional.empty();
    }
    try (FileChannel channel =
        FileChannel.open(workspace.lock(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      FileLock free = channel.tryLock();
      if (free != null) {
        free.release();
        return Optional.empty();
      }
    }
    return parse(workspace.lock());
  }

  /** Writes who holds it. */
  public void describe(Holder holder) throws IOException {
    String text =
        Json.write(
            Json.object()
                .put("pid", holder.pid())
                .put("environment", holder.environment())
                .put("gatewayPort", holder.gatewayPort()));
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  @Override
  public void close() throws IOException {
    channel.truncate(0);
    lock.release();
    channel.close();
  }

  private static Optional<Holder> parse(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length == 0 || bytes.length > MAX_BYTES) {
      return Optional.of(new Holder(0, "local", 0));
    }
    JsonNode node = Json.parse(new String(bytes, StandardCharsets.UTF_8));
    return Optional.of(
        new Holder(
            node.path("pid").asLong(),
            node.path("environment").asText(),
            node.path("gatewayPort").asInt()));
  }
}
