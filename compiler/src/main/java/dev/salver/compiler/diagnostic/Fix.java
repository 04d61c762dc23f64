package dev.salver.compiler.diagnostic;

import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import java.util.List;

/** A change that removes the diagnostic, applied only when someone asks for it. */
public record Fix(String title, List<Edit> edits) {
  public Fix {
    edits = List.copyOf(edits);
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

  /**
   * Takes an item out of braces or a list: with the comma that parted it from its neighbour, and
   * with its line where it had one to itself.
   */
  public static Fix remove(String title, Span item) {
    return delete(title, Removal.of(item));
  }
}
