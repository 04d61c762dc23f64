package dev.salver.artifacts.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads a tar archive in the forms that image builders write: ustar, with POSIX extended headers or
 * GNU's long names. The sums of headers are checked.
 */
final class TarReader {
  private static final int BLOCK = 512;
  private static final int MAX_HEADER = 1 << 20;

  private final InputStream in;
  private long left;
  private long padding;

  TarReader(InputStream in) {
    this.in = in;
  }

  /** The bytes are no such archive. */
  static final class Malformed extends IOException {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message);
    }
  }

  enum Kind {
    FILE,
    FOLDER,
    OTHER
  }

  /** Something in the archive; its bytes come from {@link #read}. */
  record Entry(String name, long size, Kind kind) {}

  /** The next entry; what is left of the last one is passed over. */
  Optional<Entry> next() throws IOException {
    Optional<String> longName = Optional.empty();
    Optional<Long> longSize = Optional.empty();
    while (true) {
      skip(left + padding);
      left = 0;
      padding = 0;
      byte[] header = in.readNBytes(BLOCK);
      if (header.length == 0 || isZero(header)) {
        return Optional.empty();
      }
      check(header);
      long size = number(header, 124, 12);
      char type = (char) (header[156] & 0xff);
      boolean isHeader = type == 'x' || type == 'L' || type == 'K' || type == 'g';
      left = isHeader ? size : longSize.orElse(size);
      padding = (BLOCK - left % BLOCK) % BLOCK;
      switch (type) {
        case 'x' -> {
          String records = text(header());
          longName = value(records, "path");
          longSize =
              value(records, "size")
                  .filter(each -> each.matches("[0-9]{1,18}"))
                  .map(Long::parseLong);
        }
        case 'L' -> longName = Optional.of(text(header()).replaceFirst("\0.*$", ""));
        case 'K', 'g' -> header();
        default -> {
          Kind kind =
              type == '0' || type == 0 || type == '7'
                  ? Kind.FILE
                  : type == '5' ? Kind.FOLDER : Kind.OTHER;
          return Optional.of(new Entry(longName.orElse(name(header)), left, kind));
        }
      }
    }
  }

  /**
   * More of the entry's bytes.
   *
   * @return how many; 0 at its end
   */
  int read(byte[] into) throws IOException {
    if (left == 0) {
      return 0;
    }
    int n = in.read(into, 0, (int) Math.min(into.length, left));
    if (n < 0) {
      throw new EOFException("the archive ends within a file");
    }
    left -= n;
    return n;
  }

  /** Reads and drops, so that whoever listens to the stream hears every byte. */
  private void skip(long count) throws IOException {
    byte[] chunk = new byte[8 << 10];
    long rest = count;
    while (rest > 0) {
      int n = in.read(chunk, 0, (int) Math.min(chunk.length, rest));
      if (n < 0) {
        throw new EOFException("the archive ends within a file");
      }
      rest -= n;
    }
  }

  private byte[] header() throws IOException {
    if (left > MAX_HEADER) {
      throw new Malformed("a header is larger than it may be");
    }
    byte[] bytes = in.readNBytes((int) left);
    left = 0;
    return bytes;
  }

  private static void check(byte[] header) throws Malformed {
    if (header.length < BLOCK) {
      throw new Malformed("it ends within a header");
    }
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
    }
    if (sum != number(header, 148, 8)) {
      throw new Malformed("the sum of a header is wrong");
    }
  }

  private static boolean isZero(byte[] bytes) {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** Octal digits, or GNU's binary form for what is too large for them. */
  private static long number(byte[] header, int from, int length) throws Malformed {
    if ((header[from] & 0x80) != 0) {
      long value = header[from] & 0x7f;
      for (int i = 1; i < length; i++) {
        if (value >>> 47 != 0) {
          throw new Malformed("a size is larger than it may be");
        }
        value = (value << 8) | (header[from + i] & 0xff);
      }
      return value;
    }
    String digits =
        new String(header, from, length, StandardCharsets.US_ASCII)
            .replaceFirst("\0.*$", "")
            .strip();
    if (!digits.matches("[0-7]{0,12}")) {
      throw new Malformed("a number in a header is none");
    }
    return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
  }

  private static String name(byte[] header) {
    boolean ustar = new String(header, 257, 5, StandardCharsets.US_ASCII).equals("ustar");
    String prefix = ustar && header[263] == '0' ? field(header, 345, 155) : "";
    String name = field(header, 0, 100);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private static String field(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A record {@code LENGTH KEY=VALUE\n} of an extended header; the last of a key holds. */
  private static Optional<String> value(String records, String key) {
    Optional<String> found = Optional.empty();
    for (String record : records.split("\n")) {
      int space = record.indexOf(' ');
      if (space > 0 && record.startsWith(key + "=", space + 1)) {
        found = Optional.of(record.substring(space + key.length() + 2));
      }
    }
    return found;
  }
}
