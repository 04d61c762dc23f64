package dev.salver.compiler.syntax;

import dev.salver.compiler.source.LineIndex;
import dev.salver.compiler.source.SourceFile;
import java.util.List;

/** Where words stand, by their indexes; lines and columns count from 0. */
final class Layout {
  private final List<Word> words;
  private final int[] lines;
  private final int[] columns;

  Layout(SourceFile file, List<Word> words) {
    this.words = words;
    this.lines = new int[words.size()];
    this.columns = new int[words.size()];
    var index = file.lines();
    int line = 0;
    for (int i = 0; i < lines.length; i++) {
      int start = words.get(i).start();
      line = line(index, start, line);
      lines[i] = line;
      columns[i] = start - index.start(lines[i]);
    }
  }

  /** Words mostly follow on each other, so that it is the last one's line or the next. */
  private static int line(LineIndex index, int start, int last) {
    for (int line = last; line < Math.min(last + 2, index.count()); line++) {
      boolean ends = line + 1 == index.count() || start < index.start(line + 1);
      if (ends && start >= index.start(line)) {
        return line;
      }
    }
    return index.lineAt(start);
  }

  int line(int at) {
    return lines[at];
  }

  int column(int at) {
    return columns[at];
  }

  /** Whether no word stands before it on its line; so does what is behind the last. */
  boolean startsLine(int at) {
    return at <= 0 || at >= lines.length || lines[at - 1] < lines[at];
  }

  /** The first word of a word's line. */
  int lineStart(int at) {
    int first = at;
    while (!startsLine(first)) {
      first--;
    }
    return first;
  }

  /** Behind the last word of a word's line. */
  int lineEnd(int at) {
    int end = at + 1;
    while (!startsLine(end)) {
      end++;
    }
    return end;
  }

  /** The type of a word, or -1 where there is none. */
  int type(int at) {
    return at < 0 || at >= lines.length ? -1 : words.get(at).type();
  }
}
