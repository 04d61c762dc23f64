package dev.salver.artifacts.signature;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A cursor in a file, which reads a window at a time: small after a jump, larger in a run. */
final class Input {
  private static final int SMALL = 8 << 10;
  private static final int LARGE = 256 << 10;

  private final Contents contents;
  private final String name;
  private final long size;
  private ByteBuffer window = ByteBuffer.allocate(SMALL).limit(0);
  private long windowEnd;
  private boolean jumped = true;

  Input(Contents contents, String name, long size) {
    this.contents = contents;
    this.name = name;
    this.size = size;
  }

  String name() {
    return name;
  }

  long size() {
    return size;
  }

  long position() {
    return windowEnd - window.remaining();
  }

  boolean more() {
    return position() < size;
  }

  void seek(long position) {
    long start = windowEnd - window.limit();
    if (position >= start && position <= windowEnd) {
      window.position((int) (position - start));
      return;
    }
    window.position(0).limit(0);
    windowEnd = position;
    jumped = true;
  }

  /** The next byte, which must be there. */
  byte next() throws IOException, Malformed {
    if (!window.hasRemaining()) {
      fill();
    }
    return window.get();
  }

  /** The next byte from 0 to 255, left where it is; -1 at the end. */
  int peek() throws IOException, Malformed {
    if (!more()) {
      return -1;
    }
    if (!window.hasRemaining()) {
      fill();
    }
    return window.get(window.position()) & 0xff;
  }

  /** So many bytes, which must be there; the caller bounds how many. */
  byte[] take(int length) throws IOException, Malformed {
    if (length > size - position()) {
      throw cut();
    }
    byte[] bytes = new byte[length];
    for (int at = 0; at < length; ) {
      if (!window.hasRemaining()) {
        fill();
      }
      int n = Math.min(window.remaining(), length - at);
      window.get(bytes, at, n);
      at += n;
    }
    return bytes;
  }

  /** An unsigned number of 1 to 8 bytes, the lowest first. */
  long little(int bytes) throws IOException, Malformed {
    long value = 0;
    for (int shift = 0; shift < 8 * bytes; shift += 8) {
      value |= (next() & 0xffL) << shift;
    }
    return value;
  }

  /** A signed number of 1 to 8 bytes, the highest first. */
  long big(int bytes) throws IOException, Malformed {
    long value = next();
    for (int i = 1; i < bytes; i++) {
      value = value << 8 | (next() & 0xff);
    }
    return value;
  }

  /** The bytes from here on, so many or up to the end. */
  InputStream stream(long length) {
    long end = Math.min(size, position() + length);
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int n = (int) Math.min(length, end - position());
        if (n <= 0) {
          return length == 0 ? 0 : -1;
        }
        try {
          if (!window.hasRemaining()) {
            fill();
          }
        } catch (Malformed e) {
          throw new IOException(e.getMessage(), e);
        }
        n = Math.min(n, window.remaining());
        window.get(into, offset, n);
        return n;
      }
    };
  }

  Malformed malformed(String reason) {
    return new Malformed(reason, name, position());
  }

  private Malformed cut() {
    return malformed("the file ends in the middle of something");
  }

  private void fill() throws IOException, Malformed {
    if (!more()) {
      throw cut();
    }
    if (!jumped && window.capacity() < LARGE) {
      window = ByteBuffer.allocate(window.capacity() * 2);
    }
    jumped = false;
    window.clear();
    int read = contents.read(name, windowEnd, window);
    window.flip();
    if (read <= 0) {
      throw malformed("the file became shorter while it was read");
    }
    windowEnd += read;
  }
}
