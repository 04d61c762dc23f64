package dev.salver.compiler.diagnostic;

import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import java.util.List;

/**
 * A change that removes the diagnostic, applied only when someone asks for it.
 *
 * @param safe whether it is what the author most likely meant; if not, it is a suggestion: one of
 *     several ways out, or one that takes away what somebody wrote for a reason
 */
public record Fix(String title, List<Edit> edits, boolean safe) {
  public Fix {
    edits = List.copyOf(edits);
  }

  public Fix(String title, List<Edit> edits) {
    this(title, edits, true);
  }

  /** The same, applied only by those who ask for suggestions too. */
  public Fix suggested() {
    return new Fix(title, edits, false);
  }

  public static Fix replace(Span span, String text) {
    return new Fix("write `" + text.strip() + "`", List.of(new Edit(span, text)));
  }

  public static Fix insert(String title, SourceFile file, int offset, String text) {
    return new Fix(title, List.of(new Edit(new Span(file, offset, offset), text)));
  }

  public static Fix delete(String title, Span span) {
    return new Fix(title, List.of(new Edit(span, "")));
  }

  /** Takes a clause out of a header: the keyword before a span, and the span. */
  public static Fix removeClause(String keyword, Span operand) {
    String text = operand.file().text();
    int start = text.lastIndexOf(keyword, operand.start());
    int from = Math.max(start, 0);
    while (from > 0 && Character.isWhitespace(text.charAt(from - 1))) {
      from--;
    }
    String title = "remove `" + text.substring(Math.max(start, 0), operand.end()) + "`";
    return delete(title, new Span(operand.file(), from, operand.end()));
  }

  /**
   * Takes an item out of braces or a list: with the comma that parted it from its neighbour, and
   * with its line where it had one to itself.
   */
  public static Fix remove(String title, Span item) {
    return delete(title, Removal.of(item));
  }
}
