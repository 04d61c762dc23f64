package dev.salver.sandbox.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder that one sandbox at a time keeps its state in. The lock is the kernel's: it is free
 * the moment the process is gone, however it went.
 */
public final class StateFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;

  private StateFolder(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Opens a folder, which is made if it isn't there, and locks it.
   *
   * @throws IOException where it can't be made, or another process has it; the message says which
   */
  public static StateFolder open(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("lock");
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new StateFolder(folder, channel, lock);
      }
    } catch (OverlappingFileLockException e) {
      // This very process has it: the same answer as for another one.
    }
    channel.close();
    throw new IOException(folder + " is in use by another sandbox; end that one first");
  }

  /** A file or folder in it. */
  public Path path(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }
}
