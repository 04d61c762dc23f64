package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.SourceUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes what a loop over one text says, without the loop. */
final class Unrolling {
  private static final String LEVEL = "  ";

  private Unrolling() {}

  /** Empty where something outside speaks of what the loop makes, or a use is not plain. */
  static Optional<Fix> of(
      Entry.ForEach loop, String item, SourceUnit unit, List<SourceUnit> units) {
    Span braces = loop.block().span();
    var families = new HashSet<String>();
    for (Entry entry : loop.block().entries()) {
      if (entry instanceof Entry.Resource resource && resource.index() != null) {
        families.add(resource.name().text());
      }
    }
    String header = loop.span().text().substring(0, braces.start() - loop.span().start());
    boolean manyOnOneLine = loop.block().entries().size() > 1 && braces.text().indexOf('\n') < 0;
    if (manyOnOneLine
        || header.contains("//")
        || header.contains("/*")
        || units.stream().anyMatch(each -> speaks(each, families, loop.span()))) {
      return Optional.empty();
    }
    return Inlining.of(loop.name().text(), item, families, unit, braces)
        .map(edits -> Fix.replace(loop.span(), body(braces, edits)))
        .map(fix -> new Fix("write it without the loop", fix.edits(), false));
  }

  private static boolean speaks(SourceUnit unit, Set<String> families, Span loop) {
    var words = new Significant(unit);
    for (int at = 0; at < words.size(); at++) {
      int start = words.token(at).start();
      boolean outside = unit.file() != loop.file() || start < loop.start() || loop.end() <= start;
      if (outside && families.contains(words.text(at))) {
        return true;
      }
    }
    return false;
  }

  /** What stands between the braces, one level further out. */
  private static String body(Span braces, List<Edit> edits) {
    var text = new StringBuilder(braces.text());
    edits.stream()
        .sorted(Comparator.comparingInt((Edit edit) -> edit.span().start()).reversed())
        .forEach(
            edit ->
                text.replace(
                    edit.span().start() - braces.start(),
                    edit.span().end() - braces.start(),
                    edit.text()));
    return text.substring(1, text.length() - 1)
        .lines()
        .map(line -> line.startsWith(LEVEL) ? line.substring(LEVEL.length()) : line)
        .collect(Collectors.joining("\n"))
        .strip();
  }
}
