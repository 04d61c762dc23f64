package dev.salver.server.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A JSON document being written. */
public final class JsonOut {
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[256];
  private int size;

  /** ASCII as it is. */
  public JsonOut raw(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
    return this;
  }

  public JsonOut raw(char c) {
    room(1);
    bytes[size++] = (byte) c;
    return this;
  }

  public JsonOut quoted(String text) {
    raw('"');
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    room(utf8.length * 6);
    for (byte c : utf8) {
      if (c == '"' || c == '\\') {
        bytes[size++] = '\\';
        bytes[size++] = c;
      } else if (c >= 0 && c < ' ') {
        bytes[size++] = '\\';
        bytes[size++] = 'u';
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = HEX[c >> 4];
        bytes[size++] = HEX[c & 0xf];
      } else {
        bytes[size++] = c;
      }
    }
    return raw('"');
  }

  public JsonOut number(long value) {
    return raw(Long.toString(value));
  }

  /** The shortest decimal that names the float; null for what JSON has no number for. */
  public JsonOut number(float value) {
    if (!Float.isFinite(value)) {
      return none();
    }
    room(24);
    size = Decimals.write(value, bytes, size);
    return this;
  }

  /** The shortest decimal that names the double; null for what JSON has no number for. */
  public JsonOut number(double value) {
    return Double.isFinite(value) ? raw(Double.toString(value)) : none();
  }

  public byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  private JsonOut none() {
    room(NULL.length);
    System.arraycopy(NULL, 0, bytes, size, NULL.length);
    size += NULL.length;
    return this;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
