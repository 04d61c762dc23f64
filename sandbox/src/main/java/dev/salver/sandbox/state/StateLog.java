package dev.salver.sandbox.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that outlive the process: a snapshot, and a log of what came after it.
 *
 * <p>A record is kept against the end of the process as soon as {@link #append} returns. Against
 * the end of the machine it is kept once {@link #sync} has returned; a snapshot is synced before it
 * takes the place of the one before. A torn end of the log, as a crash leaves it, is cut off; what
 * was cut is kept beside it in a file that ends in {@code .torn}.
 *
 * <p>Files: {@code NAME.snapshot.N} and {@code NAME.log.N}, of which the highest N counts. Not
 * thread-safe.
 */
public final class StateLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StateLog.class);
  private static final long LEAST_LOG = 4 << 20;

  private final Path folder;
  private final String name;
  private long number;
  private long snapshotSize;
  private RecordFile log;

  private StateLog(Path folder, String name, long number, long snapshotSize, RecordFile log) {
    this.folder = folder;
    this.name = name;
    this.number = number;
    this.snapshotSize = snapshotSize;
    this.log = log;
  }

  /**
   * Opens a log and hands out its records, those of the snapshot first.
   *
   * @throws IOException where files can't be read, or the snapshot is damaged
   */
  public static StateLog open(StateFolder state, String name, Consumer<byte[]> records)
      throws IOException {
    Path folder = state.path(name).toAbsolutePath();
    Files.createDirectories(folder);
    long number = newest(folder, name);
    Path snapshot = folder.resolve(name + ".snapshot." + number);
    long size = 0;
    if (number > 0) {
      try (RecordFile file = RecordFile.open(snapshot, records::accept)) {
        size = file.end();
        if (file.torn() > 0) {
          throw new IOException(
              snapshot + " is damaged at byte " + size + "; restore it, or remove " + folder);
        }
      }
    }
    Path path = folder.resolve(name + ".log." + number);
    RecordFile log =
        Files.exists(path) ? RecordFile.open(path, records::accept) : RecordFile.create(path);
    if (log.torn() > 0 || log.end() == 0) {
      keepTorn(path, log);
    }
    removeOld(folder, name, number);
    return new StateLog(folder, name, number, size, log);
  }

  /**
   * Appends a record.
   *
   * @throws UncheckedIOException where it can't be kept; the log is as it was
   */
  public void append(byte[] record) {
    try {
      log.append(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the log has grown enough for a snapshot to pay. */
  public boolean isLong() {
    return log.end() > Math.max(LEAST_LOG, 2 * snapshotSize);
  }

  /**
   * Puts a snapshot in place of everything so far.
   *
   * @param records all that is to be kept
   */
  public void compact(Iterable<byte[]> records) {
    long next = number + 1;
    Path snapshot = folder.resolve(name + ".snapshot." + next);
    Path draft = folder.resolve(name + ".snapshot.new");
    try {
      long size;
      try (RecordFile file = RecordFile.create(draft)) {
        for (byte[] record : records) {
          file.append(record);
        }
        file.sync();
        size = file.end();
      }
      RecordFile fresh = RecordFile.create(folder.resolve(name + ".log." + next));
      Files.move(draft, snapshot, StandardCopyOption.ATOMIC_MOVE);
      log.close();
      log = fresh;
      number = next;
      snapshotSize = size;
      removeOld(folder, name, number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when all records so far would outlive the machine. */
  public void sync() {
    try {
      log.sync();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Syncs and closes. */
  @Override
  public void close() throws IOException {
    log.sync();
    log.close();
  }

  private static void keepTorn(Path path, RecordFile log) throws IOException {
    if (log.end() > 0) {
      LOG.warn(
          "{} ends in {} bytes that are no whole record, as a crash leaves them; they are cut off",
          path,
          log.torn());
      Files.copy(
          path,
          path.resolveSibling(path.getFileName() + ".torn"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    log.cut();
  }

  private static long newest(Path folder, String name) throws IOException {
    long newest = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, name + ".snapshot.*")) {
      for (Path file : files) {
        newest = Math.max(newest, number(file));
      }
    }
    return newest;
  }

  private static void removeOld(Path folder, String name, long number) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, name + ".{snapshot,log}.*")) {
      for (Path file : files) {
        long of = number(file);
        if (of >= 0 && of != number) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** The number that a file's name ends in; -1 for none. */
  private static long number(Path file) {
    String text = file.getFileName().toString();
    String last = text.substring(text.lastIndexOf('.') + 1);
    return last.matches("[0-9]{1,18}") ? Long.parseLong(last) : -1;
  }
}
