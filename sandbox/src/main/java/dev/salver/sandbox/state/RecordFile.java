package dev.salver.sandbox.state;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file of records: each its length and the CRC-32C of its bytes (both 32 bits, big-endian), then
 * the bytes. The first eight bytes say what the file is.
 */
final class RecordFile implements AutoCloseable {
  static final int HEADER = 8;
  private static final byte[] MAGIC = {'s', 'a', 'l', 'v', 'e', 'r', 0, 1};

  /** More than an object may have; a larger length is a torn or foreign record. */
  private static final int MAX_RECORD = 64 << 20;

  private static final int FRAME = 8;

  private final Path path;
  private final FileChannel channel;
  private long end;

  private RecordFile(Path path, FileChannel channel, long end) {
    this.path = path;
    this.channel = channel;
    this.end = end;
  }

  /** Takes a record that was read. */
  @FunctionalInterface
  interface Reader {
    void take(byte[] record) throws IOException;
  }

  /** A new file, in place of any that is there. */
  static RecordFile create(Path path) throws IOException {
    var channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    var file = new RecordFile(path, channel, 0);
    file.write(ByteBuffer.wrap(MAGIC));
    return file;
  }

  /**
   * Opens a file to append to it, after handing out the records it has.
   *
   * @return the file, positioned after its last whole record; what follows that is for the caller
   *     to {@link #cut}
   */
  static RecordFile open(Path path, Reader reader) throws IOException {
    var channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      var bytes = new Bytes(channel);
      if (channel.size() < HEADER) {
        return new RecordFile(path, channel, 0);
      }
      if (!Arrays.equals(bytes.take(HEADER), MAGIC)) {
        throw new IOException(path + " is not a state file of this version");
      }
      long end = HEADER;
      for (byte[] record = next(bytes); record != null; record = next(bytes)) {
        reader.take(record);
        end += FRAME + record.length;
      }
      return new RecordFile(path, channel, end);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static byte @Nullable [] next(Bytes bytes) throws IOException {
    try {
      ByteBuffer frame = ByteBuffer.wrap(bytes.take(FRAME));
      int length = frame.getInt();
      int sum = frame.getInt();
      if (length < 0 || length > MAX_RECORD || length > bytes.left()) {
        return null;
      }
      byte[] record = bytes.take(length);
      return sum == sum(record) ? record : null;
    } catch (EOFException e) {
      return null;
    }
  }

  long end() {
    return end;
  }

  /** Bytes after the last whole record. */
  long torn() throws IOException {
    return channel.size() - end;
  }

  /** Drops what follows the last whole record; an empty file gets its beginning. */
  void cut() throws IOException {
    channel.truncate(end);
    if (end == 0) {
      write(ByteBuffer.wrap(MAGIC));
    }
  }

  /**
   * Appends; either the whole record is in the operating system's hands or the file is as before.
   */
  void append(byte[] record) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(FRAME + record.length);
    frame.putInt(record.length).putInt(sum(record)).put(record).flip();
    try {
      write(frame);
    } catch (IOException e) {
      channel.truncate(end);
      throw new IOException("can't write to " + path + ": " + e.getMessage(), e);
    }
  }

  void sync() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void write(ByteBuffer bytes) throws IOException {
    long at = end;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
    end = at;
  }

  private static int sum(byte[] record) {
    var sum = new CRC32C();
    sum.update(record);
    return (int) sum.getValue();
  }

  /** Reads forward through a buffer. */
  private static final class Bytes {
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(256 << 10).limit(0);
    private long read;

    Bytes(FileChannel channel) {
      this.channel = channel;
    }

    long left() throws IOException {
      return channel.size() - read + buffer.remaining();
    }

    byte[] take(int count) throws IOException {
      if (count > left()) {
        throw new EOFException();
      }
      byte[] result = new byte[count];
      int have = 0;
      while (have < count) {
        if (!buffer.hasRemaining()) {
          buffer.clear();
          int got = channel.read(buffer, read);
          buffer.flip();
          if (got < 0) {
            throw new EOFException();
          }
          read += got;
        }
        int part = Math.min(buffer.remaining(), count - have);
        buffer.get(result, have, part);
        have += part;
      }
      return result;
    }
  }
}
