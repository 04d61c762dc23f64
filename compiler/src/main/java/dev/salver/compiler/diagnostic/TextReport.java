package dev.salver.compiler.diagnostic;

import dev.salver.compiler.diagnostic.Excerpt.Mark;
import java.util.ArrayList;
import java.util.List;

/**
 * Diagnostics for people: the message, the line with carets under the place, the lines that have to
 * do with it, what to do.
 */
public final class TextReport {
  /** Related places that are shown; more would hide what is wrong. */
  private static final int MAX_RELATED = 3;

  private TextReport() {}

  /** All of them with an empty line between; empty for none. */
  public static String render(List<Diagnostic> diagnostics) {
    var out = new StringBuilder();
    for (Diagnostic diagnostic : diagnostics) {
      if (!out.isEmpty()) {
        out.append('\n');
      }
      render(diagnostic, out);
    }
    return out.toString();
  }

  private static void render(Diagnostic diagnostic, StringBuilder out) {
    List<Excerpt> excerpts = excerpts(diagnostic);
    int widest = excerpts.stream().mapToInt(Excerpt::lastLine).max().orElse(1);
    String margin = " ".repeat(Integer.toString(widest).length() + 1);
    out.append(diagnostic.severity().word())
        .append('[')
        .append(diagnostic.code())
        .append("]: ")
        .append(Shown.onOneLine(diagnostic.message()))
        .append('\n');
    for (Excerpt excerpt : excerpts) {
      boolean isMain = excerpt == excerpts.getFirst();
      out.append(margin).append(isMain ? "┌ " : "├ ").append(excerpt.place());
      if (!isMain && excerpt.isBlank()) {
        out.append("   ").append(Shown.onOneLine(excerpt.words()));
      }
      out.append('\n');
      excerpt.render(margin, out);
    }
    int more = diagnostic.related().size() - MAX_RELATED;
    if (more > 0) {
      out.append(margin).append("├ and ").append(more).append(" more\n");
    }
    for (Fix fix : diagnostic.fixes()) {
      out.append(margin)
          .append(fix.safe() ? "fix: " : "suggestion: ")
          .append(Shown.onOneLine(fix.title()))
          .append('\n');
    }
  }

  /** That of the place itself, and those of related places that are too far away for it. */
  private static List<Excerpt> excerpts(Diagnostic diagnostic) {
    var excerpts = new ArrayList<Excerpt>();
    excerpts.add(new Excerpt(new Mark(diagnostic.span(), '^', diagnostic.label())));
    diagnostic.related().stream()
        .limit(MAX_RELATED)
        .map(related -> new Mark(related.span(), '-', related.message()))
        .filter(mark -> excerpts.stream().noneMatch(excerpt -> excerpt.takes(mark)))
        .forEach(mark -> excerpts.add(new Excerpt(mark)));
    return excerpts;
  }
}
