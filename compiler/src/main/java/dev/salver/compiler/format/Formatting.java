package dev.salver.compiler.format;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Parsing;
import dev.salver.compiler.syntax.SourceUnit;
import java.util.List;
import java.util.Optional;

/**
 * Formats a file: two spaces a level, what stood in several lines stays in several, one item a
 * line; what stood in one line stays in one as far as 120 columns reach. {@code
 * docs/language/format.md} has the rules. The result means the same, has the same comments, and is
 * its own result.
 */
public final class Formatting {
  private Formatting() {}

  public static Formatted format(SourceFile file) {
    return format(Parsing.parse(file));
  }

  /** The same for a file that is parsed already. */
  public static Formatted format(SourceUnit unit) {
    if (!unit.diagnostics().isEmpty()) {
      return new Formatted.Refused(unit.diagnostics());
    }
    Pieces pieces = Pieces.of(unit);
    return new Formatted.Done(
        Headers.reordered(unit, pieces)
            .map(ordered -> print(ordered, Pieces.of(ordered)))
            .orElseGet(() -> print(unit, pieces)));
  }

  private static String print(SourceUnit unit, Pieces pieces) {
    var marks = Marks.of(unit, pieces);
    var brackets = Brackets.of(pieces, marks);
    return new Printer(pieces, marks, brackets).print();
  }

  /** A changed text, formatted where the text before the change was. */
  public static String kept(String path, String before, String after) {
    boolean was =
        format(SourceFile.of(path, before)) instanceof Formatted.Done(String text)
            && text.equals(before);
    return was && format(SourceFile.of(path, after)) instanceof Formatted.Done(String text)
        ? text
        : after;
  }

  /** Where a file first differs from what it should be; empty where it does not. */
  public static Optional<Diagnostic> difference(SourceFile file, String formatted) {
    String text = file.text();
    int start = 0;
    int shorter = Math.min(text.length(), formatted.length());
    while (start < shorter && text.charAt(start) == formatted.charAt(start)) {
      start++;
    }
    if (start == text.length() && start == formatted.length()) {
      return Optional.empty();
    }
    int same = 0;
    while (same < shorter - start
        && text.charAt(text.length() - 1 - same)
            == formatted.charAt(formatted.length() - 1 - same)) {
      same++;
    }
    var differing = new Span(file, start, text.length() - same);
    int line = file.position(start).line();
    int first = file.lines().start(line - 1);
    var shown = new Span(file, start, Math.max(start, first + file.line(line).length()));
    String written = formatted.substring(start, formatted.length() - same);
    return Optional.of(
        Diagnostic.of(Code.SV0120, shown, "`" + file.path() + "` is not formatted from here on")
            .fixedBy(new Fix("format the file", List.of(new Edit(differing, written)))));
  }
}
