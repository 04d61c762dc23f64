package dev.salver.compiler.diagnostic;

import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;

/** How a statement is written where it is put between braces. */
final class Insertion {
  private static final String LEVEL = "  ";

  private Insertion() {}

  /**
   * Behind the last statement: on a line of its own where the braces stand in several, else behind
   * a comma. The {@code =} of a setting stands below that of the setting before it.
   *
   * @param braces a block with its braces
   */
  static Edit into(Span braces, String statement) {
    SourceFile file = braces.file();
    String text = file.text();
    int close = braces.end() - 1;
    int last = close;
    while (last > braces.start() + 1 && Character.isWhitespace(text.charAt(last - 1))) {
      last--;
    }
    if (last == braces.start() + 1) {
      return new Edit(new Span(file, last, close), " " + statement + " ");
    }
    if (braces.text().indexOf('\n') < 0) {
      String comma = text.charAt(last - 1) == ',' ? " " : ", ";
      return new Edit(new Span(file, last, close), comma + statement + " ");
    }
    int line = lineOf(text, close);
    boolean alone = text.substring(line, close).isBlank();
    String indent = indent(text, alone ? line : lineOf(text, braces.start())) + LEVEL;
    String written = indent + below(text, last, indent, statement);
    return alone
        ? new Edit(new Span(file, line, line), written + "\n")
        : new Edit(new Span(file, last, last), "\n" + written);
  }

  /** Right behind the opening brace, before what stands there. */
  static Edit first(Span braces, String statement) {
    SourceFile file = braces.file();
    String text = file.text();
    int open = braces.start() + 1;
    int next = open;
    while (next < braces.end() - 1 && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    if (next == braces.end() - 1) {
      return into(braces, statement);
    }
    int newline = text.indexOf('\n', open);
    if (newline >= 0 && newline < next) {
      int line = lineOf(text, next);
      return new Edit(new Span(file, line, line), indent(text, line) + statement + "\n");
    }
    return new Edit(new Span(file, next, next), statement + ", ");
  }

  /** With as many blanks before the {@code =} as the line before has, where they are enough. */
  private static String below(String text, int last, String indent, String statement) {
    String before = text.substring(lineOf(text, last - 1), last);
    int column = before.indexOf(" = ");
    int own = indent.length() + statement.indexOf(" = ");
    boolean columns =
        column > own
            && statement.indexOf(" = ") > 0
            && before.startsWith(indent)
            && before.length() > indent.length()
            && before.charAt(indent.length()) != ' '
            && before.indexOf('{') < 0;
    return columns ? statement.replaceFirst(" = ", " ".repeat(column - own) + " = ") : statement;
  }

  private static int lineOf(String text, int at) {
    return text.lastIndexOf('\n', at - 1) + 1;
  }

  private static String indent(String text, int line) {
    int end = line;
    while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
      end++;
    }
    return text.substring(line, end);
  }
}
