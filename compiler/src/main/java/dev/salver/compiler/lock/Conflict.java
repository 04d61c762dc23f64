package dev.salver.compiler.lock;

import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A merge conflict of a lock, which settles by its lines: each stands for itself. */
final class Conflict {
  private static final String OURS = "<<<<<<<";
  private static final String BASE = "|||||||";
  private static final String BETWEEN = "=======";
  private static final String THEIRS = ">>>>>>>";

  private Conflict() {}

  /** Whether Git wrote a line to mark a conflict. */
  static boolean marks(String line) {
    return line.startsWith(OURS)
        || line.startsWith(THEIRS)
        || line.startsWith(BASE)
        || line.startsWith(BETWEEN);
  }

  /** Whether a conflict begins with that line. */
  static boolean begins(String line) {
    return line.startsWith(OURS);
  }

  /** Whether a conflict ends with that line. */
  static boolean ends(String line) {
    return line.startsWith(THEIRS);
  }

  /**
   * Keeps the lines of both sides in their order, without the markers and what was there before
   * both. Where both pin one source, the first side holds, and that is but a suggestion. Empty
   * where a conflict has no end.
   *
   * @param first the line of the marker that was told, counted from 0
   */
  static Optional<Fix> settled(SourceFile file, int first) {
    var lines = file.lines();
    int count = lines.count();
    if (!begins(file.line(first + 1))) {
      var marker = new Span(file, lines.start(first), end(file, first));
      return Optional.of(Fix.delete("remove the marker", marker));
    }
    var kept = new TreeMap<String, String>();
    boolean dropped = false;
    boolean base = false;
    for (int i = first + 1; i < count; i++) {
      String line = file.line(i + 1);
      if (ends(line)) {
        var span = new Span(file, lines.start(first), end(file, i));
        String text = kept.isEmpty() ? "" : String.join("\n", kept.values()) + "\n";
        var fix = new Fix("keep the lines of both sides", List.of(new Edit(span, text)));
        return Optional.of(dropped ? fix.suggested() : fix);
      }
      if (begins(line)) {
        break;
      }
      if (line.startsWith(BASE) || line.startsWith(BETWEEN)) {
        base = line.startsWith(BASE);
      } else if (!base && !line.isBlank()) {
        String earlier = kept.putIfAbsent(source(line).orElse(line), line);
        dropped |= earlier != null && !earlier.equals(line);
      }
    }
    return Optional.empty();
  }

  /** Kind and source of a line. */
  private static Optional<String> source(String line) {
    int open = line.indexOf('"');
    int close = open < 0 ? -1 : line.indexOf('"', open + 1);
    return close < 0 ? Optional.empty() : Optional.of(line.substring(0, close));
  }

  /** Behind a line, counted from 0, and its end. */
  static int end(SourceFile file, int line) {
    return line + 1 < file.lines().count() ? file.lines().start(line + 1) : file.text().length();
  }
}
