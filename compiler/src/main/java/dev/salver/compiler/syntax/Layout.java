package dev.salver.compiler.syntax;

import dev.salver.compiler.source.SourceFile;
import java.util.List;

/** Where words stand, by their indexes; lines and columns count from 0. */
record Layout(SourceFile file, List<Word> words) {
  int line(int at) {
    return file.lines().lineAt(words.get(at).start());
  }

  int column(int at) {
    return words.get(at).start() - file.lines().start(line(at));
  }

  /** Whether no word stands before it on its line; so does what is behind the last. */
  boolean startsLine(int at) {
    return at <= 0 || at >= words.size() || line(at - 1) < line(at);
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
    return at < 0 || at >= words.size() ? -1 : words.get(at).type();
  }
}
