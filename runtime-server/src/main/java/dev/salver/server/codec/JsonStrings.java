package dev.salver.server.codec;

import java.nio.charset.StandardCharsets;

/**
 * Strings of JSON: control characters, broken UTF-8, unknown escapes and halves of surrogate pairs
 * are refused.
 */
final class JsonStrings {
  private JsonStrings() {}

  /**
   * Goes past the string that starts at the cursor.
   *
   * @return whether it is plain ASCII without escapes
   */
  static boolean skip(JsonCursor in) throws Refusal {
    byte[] bytes = in.bytes();
    int end = in.end();
    int i = in.at() + 1;
    boolean plain = true;
    while (i < end) {
      int c = bytes[i];
      if (c == '"') {
        in.to(i + 1);
        return plain;
      }
      if (c >= ' ' && c != '\\') {
        i++;
        continue;
      }
      plain = false;
      if (c == '\\') {
        i = escape(bytes, i, end);
      } else if (c >= 0) {
        throw Refusal.malformed("a control character in a string", i);
      } else {
        i = multibyte(bytes, i, end);
      }
    }
    throw Refusal.malformed("it ends inside a string", end);
  }

  private static int escape(byte[] bytes, int i, int end) throws Refusal {
    if (i + 1 >= end) {
      throw Refusal.malformed("it ends inside a string", end);
    }
    return switch (bytes[i + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> i + 2;
      case 'u' -> point(bytes, i, end);
      default -> throw Refusal.malformed("an unknown escape", i);
    };
  }

  /** Past a character in hexadecimal, or the two halves of one. */
  private static int point(byte[] bytes, int i, int end) throws Refusal {
    int unit = unit(bytes, i, end);
    if (Character.isLowSurrogate((char) unit)) {
      throw Refusal.malformed("half of a surrogate pair", i);
    }
    if (!Character.isHighSurrogate((char) unit)) {
      return i + 6;
    }
    boolean pair = i + 7 < end && bytes[i + 6] == '\\' && bytes[i + 7] == 'u';
    if (!pair || !Character.isLowSurrogate((char) unit(bytes, i + 6, end))) {
      throw Refusal.malformed("half of a surrogate pair", i);
    }
    return i + 12;
  }

  private static int unit(byte[] bytes, int i, int end) throws Refusal {
    if (i + 6 > end) {
      throw Refusal.malformed("it ends inside a string", end);
    }
    int unit = 0;
    for (int k = i + 2; k < i + 6; k++) {
      int digit = Character.digit(bytes[k], 16);
      if (digit < 0) {
        throw Refusal.malformed("an unknown escape", i);
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  /** Past one character of two to four bytes; Unicode 17, table 3-7 of well-formed sequences. */
  private static int multibyte(byte[] bytes, int i, int end) throws Refusal {
    int first = bytes[i] & 0xff;
    int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length == 0 || i + length > end) {
      throw Refusal.malformed("a string that is not UTF-8", i);
    }
    int second = bytes[i + 1] & 0xff;
    int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    boolean well = second >= low && second <= high;
    for (int k = i + 2; k < i + length; k++) {
      well &= (bytes[k] & 0xc0) == 0x80;
    }
    if (!well) {
      throw Refusal.malformed("a string that is not UTF-8", i);
    }
    return i + length;
  }

  /** The characters between two quotes that {@link #skip} went past. */
  static String decode(byte[] bytes, int start, int stop) {
    byte[] out = null;
    int n = 0;
    for (int i = start; i < stop; i++) {
      if (bytes[i] == '\\') {
        out = new byte[stop - start];
        break;
      }
    }
    if (out == null) {
      return new String(bytes, start, stop - start, StandardCharsets.UTF_8);
    }
    for (int i = start; i < stop; ) {
      if (bytes[i] != '\\') {
        out[n++] = bytes[i++];
        continue;
      }
      byte c = bytes[i + 1];
      if (c != 'u') {
        out[n++] =
            (byte)
                switch (c) {
                  case 'b' -> '\b';
                  case 'f' -> '\f';
                  case 'n' -> '\n';
                  case 'r' -> '\r';
                  case 't' -> '\t';
                  default -> c;
                };
        i += 2;
        continue;
      }
      int point = hex(bytes, i + 2);
      i += 6;
      if (Character.isHighSurrogate((char) point)) {
        point = Character.toCodePoint((char) point, (char) hex(bytes, i + 2));
        i += 6;
      }
      n = utf8(point, out, n);
    }
    return new String(out, 0, n, StandardCharsets.UTF_8);
  }

  private static int hex(byte[] bytes, int i) {
    int unit = 0;
    for (int k = i; k < i + 4; k++) {
      unit = unit << 4 | Character.digit(bytes[k], 16);
    }
    return unit;
  }

  private static int utf8(int point, byte[] out, int at) {
    int n = at;
    if (point < 0x80) {
      out[n++] = (byte) point;
    } else if (point < 0x800) {
      out[n++] = (byte) (0xc0 | (point >> 6));
      out[n++] = (byte) (0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
      out[n++] = (byte) (0xe0 | (point >> 12));
      out[n++] = (byte) (0x80 | ((point >> 6) & 0x3f));
      out[n++] = (byte) (0x80 | (point & 0x3f));
    } else {
      out[n++] = (byte) (0xf0 | (point >> 18));
      out[n++] = (byte) (0x80 | ((point >> 12) & 0x3f));
      out[n++] = (byte) (0x80 | ((point >> 6) & 0x3f));
      out[n++] = (byte) (0x80 | (point & 0x3f));
    }
    return n;
  }
}
