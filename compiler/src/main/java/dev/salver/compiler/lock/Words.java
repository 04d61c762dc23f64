package dev.salver.compiler.lock;

import java.util.Optional;

/**
 * Takes one line of a lock apart, word by word. Never goes back, so a line costs what it is long.
 */
final class Words {
  private final String line;
  private int at;

  Words(String line) {
    this.line = line;
  }

  /** What the line can't be read for. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;
    private final int offset;

    Unreadable(int offset, String expected) {
      super(expected, null, false, false);
      this.offset = offset;
    }

    /** Where in the line, in UTF-16 units. */
    int offset() {
      return offset;
    }

    /** What should stand there. */
    String expected() {
      return String.valueOf(getMessage());
    }
  }

  int offset() {
    return at;
  }

  boolean isDone() {
    skip();
    return at >= line.length();
  }

  Unreadable expected(String what) {
    skip();
    return new Unreadable(Math.min(at, line.length()), what);
  }

  /** Takes a sign if it is next. */
  boolean take(String sign) {
    skip();
    if (!line.startsWith(sign, at)) {
      return false;
    }
    at += sign.length();
    return true;
  }

  void need(String sign) throws Unreadable {
    if (!take(sign)) {
      throw expected("`" + sign + "`");
    }
  }

  /** A run of letters, digits, {@code _} and {@code -}; empty where something else stands. */
  Optional<String> name() {
    skip();
    if (line.startsWith("->", at)) {
      return Optional.empty();
    }
    int start = at;
    while (at < line.length() && isPart(line.charAt(at))) {
      at++;
    }
    return at == start ? Optional.empty() : Optional.of(line.substring(start, at));
  }

  /** A name, or one in quotes. */
  String nameOrQuoted(String what) throws Unreadable {
    skip();
    return at < line.length() && line.charAt(at) == '"'
        ? text(what)
        : name().orElseThrow(() -> expected(what));
  }

  /** Up to the next space. */
  String bare(String what) throws Unreadable {
    skip();
    int start = at;
    while (at < line.length() && line.charAt(at) != ' ') {
      at++;
    }
    if (at == start) {
      throw expected(what);
    }
    return line.substring(start, at);
  }

  long number(String what) throws Unreadable {
    skip();
    int start = at;
    while (at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
      at++;
    }
    if (at == start || at - start > 18) {
      throw new Unreadable(start, what);
    }
    return Long.parseLong(line, start, at, 10);
  }

  /** A text in quotes. */
  String text(String what) throws Unreadable {
    skip();
    int start = at;
    if (at >= line.length() || line.charAt(at) != '"') {
      throw expected(what);
    }
    at++;
    var out = new StringBuilder();
    while (at < line.length()) {
      char c = line.charAt(at++);
      if (c == '"') {
        return out.toString();
      }
      out.append(c == '\\' ? escaped() : c);
    }
    throw new Unreadable(start, "a closing quote");
  }

  private char escaped() throws Unreadable {
    if (at >= line.length()) {
      throw expected("a closing quote");
    }
    char c = line.charAt(at++);
    return switch (c) {
      case '"', '\\' -> c;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        try {
          int code = Integer.parseInt(line, at, Math.min(at + 4, line.length()), 16);
          at += 4;
          yield (char) code;
        } catch (NumberFormatException e) {
          throw expected("four hexadecimal digits");
        }
      }
      default -> throw new Unreadable(at - 1, "one of `\\\"`, `\\\\`, `\\n`, `\\r`, `\\t`, `\\u`");
    };
  }

  private void skip() {
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
  }

  static boolean isName(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> isPart((char) c)) && !text.contains("->");
  }

  private static boolean isPart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  /** A text in quotes that {@link #text} reads back, on one line whatever is in it. */
  static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          boolean unseen =
              Character.isISOControl(c)
                  || (Character.isSurrogate(c) && !isPaired(text, i))
                  || Character.getType(c) == Character.FORMAT
                  || c == '\u2028'
                  || c == '\u2029';
          out.append(unseen ? hex(c) : String.valueOf(c));
        }
      }
    }
    return out.append('"').toString();
  }

  private static boolean isPaired(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }

  private static String hex(char c) {
    String digits = Integer.toHexString(c);
    return "\\u" + "0".repeat(4 - digits.length()) + digits;
  }
}
