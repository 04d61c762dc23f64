package dev.salver.compiler.syntax;

import dev.salver.compiler.source.SourceFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Brackets that do not match, by indexes of words, the likeliest first. Layout tells more than
 * counting: a closing bracket that begins its line stands below the line that opened it.
 *
 * @param openers may lack their closing bracket, or be one too many
 * @param closers may lack their opening bracket, or be one too many
 */
record Brackets(List<Integer> openers, List<Integer> closers) {
  private static final int MAX = 3;

  static Brackets suspects(SourceFile file, List<Word> words) {
    var layout = new Layout(file, words);
    var openers = new ArrayList<Integer>();
    var closers = new ArrayList<Integer>();
    var open = new ArrayDeque<Integer>();
    var heads = new ArrayDeque<Integer>();
    int head = 0;
    boolean leads = true;
    for (int i = 0; i < words.size(); i++) {
      int type = words.get(i).type();
      head = layout.startsLine(i) ? i : head;
      leads = Healer.isCloser(type) && (leads || layout.startsLine(i));
      if (Healer.isOpener(type)) {
        open.push(i);
        heads.push(head);
      } else if (Healer.isCloser(type)) {
        if (open.isEmpty()) {
          closers.add(i);
          continue;
        }
        int opener = open.pop();
        boolean matches = Healer.closer(words.get(opener).type()) == type;
        int step = layout.column(i) - layout.column(heads.pop());
        boolean apart = layout.line(opener) < layout.line(i);
        if (!matches || (apart && layout.startsLine(i) && step < 0)) {
          openers.add(opener);
        }
        boolean below = layout.startsLine(i) ? step <= 0 : leads;
        if (!matches || (apart && !below)) {
          closers.add(i);
        }
      }
    }
    openers.addAll(open);
    return new Brackets(
        openers.subList(0, Math.min(MAX, openers.size())),
        closers.subList(0, Math.min(MAX, closers.size())));
  }
}
