package dev.salver.artifacts.signature;

import java.util.ArrayList;
import java.util.List;

/** Reads protocol buffers' text format into fields, whatever the message is. */
final class TextProto {
  private static final int MAX_NESTING = 32;
  private static final int MAX_FIELDS = 200_000;

  private final String file;
  private final String text;
  private int at;
  private int count;

  private TextProto(String file, String text) {
    this.file = file;
    this.text = text;
  }

  /** What stands behind a field's name. */
  sealed interface Node {
    /** A number, a word, or a string without its quotes. */
    record Scalar(String text) implements Node {}

    record Message(List<Field> fields) implements Node {
      /** The values of one name, in order. */
      List<Node> all(String name) {
        return fields.stream().filter(f -> f.name().equals(name)).map(Field::value).toList();
      }

      /** The last scalar of the name; "" without one. */
      String scalar(String name) {
        return all(name).reversed().stream()
            .map(value -> value instanceof Scalar(String scalar) ? scalar : "")
            .findFirst()
            .orElse("");
      }
    }
  }

  /**
   * A field; one for each entry of a list.
   *
   * @param at the character where its name starts
   */
  record Field(String name, Node value, int at) {}

  static Node.Message read(String file, String text) throws Malformed {
    var reader = new TextProto(file, text);
    var message = reader.message('\0', 0);
    return message;
  }

  private Node.Message message(char close, int depth) throws Malformed {
    if (depth > MAX_NESTING) {
      throw malformed("messages nest deeper than " + MAX_NESTING);
    }
    List<Field> fields = new ArrayList<>();
    while (true) {
      space();
      if (at == text.length()) {
        if (close == '\0') {
          return new Node.Message(fields);
        }
        throw malformed("it ends before a " + close);
      }
      if (close != '\0' && take(close)) {
        return new Node.Message(fields);
      }
      int start = at;
      String name = name();
      space();
      boolean colon = take(':');
      space();
      if (take('[')) {
        list(name, start, fields, depth);
      } else {
        add(fields, new Field(name, value(colon, depth), start));
      }
      space();
      if (!take(',')) {
        take(';');
      }
    }
  }

  private void list(String name, int start, List<Field> fields, int depth) throws Malformed {
    space();
    if (take(']')) {
      return;
    }
    do {
      space();
      add(fields, new Field(name, value(true, depth), start));
      space();
    } while (take(','));
    if (!take(']')) {
      throw malformed("a list does not end");
    }
  }

  private void add(List<Field> fields, Field field) throws Malformed {
    fields.add(field);
    if (++count > MAX_FIELDS) {
      throw malformed("it has more than " + MAX_FIELDS + " fields");
    }
  }

  private Node value(boolean colon, int depth) throws Malformed {
    if (take('{')) {
      return message('}', depth + 1);
    }
    if (take('<')) {
      return message('>', depth + 1);
    }
    if (!colon) {
      throw malformed("a : is missing");
    }
    if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
      var whole = new StringBuilder();
      while (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
        string(whole);
        space();
      }
      return new Node.Scalar(whole.toString());
    }
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_.+-".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    if (at == start) {
      throw malformed("a value is missing");
    }
    return new Node.Scalar(text.substring(start, at));
  }

  private void string(StringBuilder into) throws Malformed {
    char quote = text.charAt(at++);
    while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        c = text.charAt(at++);
        c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
      }
      into.append(c);
    }
    if (!take(quote)) {
      throw malformed("a string does not end");
    }
  }

  private String name() throws Malformed {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    if (at == start) {
      throw malformed("a field's name is missing");
    }
    return text.substring(start, at);
  }

  private void space() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (Character.isWhitespace(c)) {
        at++;
      } else {
        return;
      }
    }
  }

  private boolean take(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private Malformed malformed(String reason) {
    return new Malformed(reason, file, at);
  }
}
