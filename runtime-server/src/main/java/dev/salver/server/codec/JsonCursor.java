package dev.salver.server.codec;

/**
 * A strict reader of one JSON document (RFC 8259) in a byte array. No number, string or level of
 * nesting costs more than its own length; nesting is bounded.
 */
final class JsonCursor {
  static final int MAX_DEPTH = 64;

  private final byte[] bytes;
  private final int end;
  private final JsonNumbers numbers = new JsonNumbers(this);
  private int at;

  JsonCursor(byte[] bytes, int length) {
    this.bytes = bytes;
    this.end = length;
  }

  byte[] bytes() {
    return bytes;
  }

  int end() {
    return end;
  }

  JsonNumbers numbers() {
    return numbers;
  }

  int at() {
    return at;
  }

  void to(int offset) {
    at = offset;
  }

  /** The next byte that is no white space, not consumed; 0 at the end. */
  int peek() {
    while (at < end) {
      int c = bytes[at];
      if (c > ' ' || (c != ' ' && c != '\n' && c != '\r' && c != '\t')) {
        return c & 0xff;
      }
      at++;
    }
    return 0;
  }

  boolean take(char c) {
    if (peek() == c && at < end) {
      at++;
      return true;
    }
    return false;
  }

  void expect(char c, String what) throws Refusal {
    if (!take(c)) {
      throw unexpected(what);
    }
  }

  /** After a member or an element: true where another follows, false where the container ended. */
  boolean another(char close) throws Refusal {
    if (take(',')) {
      if (peek() == close) {
        throw unexpected(close == '}' ? "a name" : "a value");
      }
      return true;
    }
    if (take(close)) {
      return false;
    }
    throw unexpected("\",\" or \"" + close + "\"");
  }

  /** A member's name with its colon. */
  String name() throws Refusal {
    if (peek() != '"') {
      throw unexpected("a name in quotes");
    }
    String name = string();
    expect(':', "\":\"");
    return name;
  }

  void finish() throws Refusal {
    if (peek() != 0 || at < end) {
      throw Refusal.malformed("something follows the document", at);
    }
  }

  Refusal unexpected(String wanted) {
    if (peek() == 0 && at >= end) {
      return Refusal.malformed("it ends where " + wanted + " should be", at);
    }
    int c = bytes[at] & 0xff;
    String found =
        c > ' ' && c < 0x7f ? "\"" + (char) c + "\"" : "byte 0x" + Integer.toHexString(c);
    return Refusal.malformed(found + " where " + wanted + " should be", at);
  }

  /** A complaint about the value here, unless it is no JSON at all, which is what is said then. */
  Refusal wrong(String message) throws Refusal {
    skip();
    return new Refusal(message);
  }

  /** The string that starts here, decoded. */
  String string() throws Refusal {
    int start = at + 1;
    boolean plain = JsonStrings.skip(this);
    int stop = at - 1;
    return plain
        ? new String(bytes, start, stop - start, java.nio.charset.StandardCharsets.ISO_8859_1)
        : JsonStrings.decode(bytes, start, stop);
  }

  /** Goes past the literal, which has to be here. */
  void literal(String word) throws Refusal {
    for (int i = 0; i < word.length(); i++) {
      if (at + i >= end || bytes[at + i] != word.charAt(i)) {
        throw Refusal.malformed("a value that is none of JSON's", at);
      }
    }
    at += word.length();
  }

  /** Goes past one value of any kind, checking all of it. */
  void skip() throws Refusal {
    long objects = 0;
    int depth = 0;
    while (true) {
      int c = peek();
      boolean opened = false;
      switch (c) {
        case '{', '[' -> {
          if (depth == MAX_DEPTH) {
            throw Refusal.malformed("it nests deeper than " + MAX_DEPTH, at);
          }
          at++;
          objects = objects << 1 | (c == '{' ? 1 : 0);
          depth++;
          opened = !take(c == '{' ? '}' : ']');
          if (!opened) {
            objects >>>= 1;
            depth--;
          }
        }
        case '"' -> JsonStrings.skip(this);
        case 't' -> literal("true");
        case 'f' -> literal("false");
        case 'n' -> literal("null");
        default -> numbers.skip();
      }
      while (!opened && depth > 0 && !another((objects & 1) == 1 ? '}' : ']')) {
        objects >>>= 1;
        depth--;
      }
      if (depth == 0) {
        return;
      }
      if ((objects & 1) == 1) {
        if (peek() != '"') {
          throw unexpected("a name in quotes");
        }
        JsonStrings.skip(this);
        expect(':', "\":\"");
      }
    }
  }
}
