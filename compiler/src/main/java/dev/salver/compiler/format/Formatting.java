package dev.salver.compiler.format;

import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.syntax.Parsing;
import dev.salver.compiler.syntax.SourceUnit;

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
    SourceUnit ordered = Headers.ordered(unit);
    Pieces pieces = Pieces.of(ordered);
    var marks = Marks.of(ordered, pieces);
    var brackets = Brackets.of(pieces, marks);
    return new Formatted.Done(new Printer(pieces, marks, brackets).print());
  }
}
