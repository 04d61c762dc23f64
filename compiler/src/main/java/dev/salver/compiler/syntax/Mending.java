package dev.salver.compiler.syntax;

import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.syntax.Edits.Change;
import dev.salver.dsl.ServeLexer;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the one change of one word that makes a declaration whole: a word left out, written
 * twice, or in the wrong place. Found, it is the diagnostic, and the declaration is read as it was
 * meant; else the declaration is read as it stands.
 */
final class Mending {
  /** Words that may be put in where something is missing, the likeliest first. */
  private static final List<Integer> INSERTED =
      List.of(
          ServeLexer.EQ,
          ServeLexer.COLON,
          ServeLexer.EXTENDS,
          ServeLexer.ON,
          ServeLexer.FROM,
          ServeLexer.WHERE,
          ServeLexer.WITH,
          ServeLexer.ARROW,
          ServeLexer.FATARROW,
          ServeLexer.ELSE,
          ServeLexer.IN,
          ServeLexer.EACH,
          ServeLexer.FOR,
          ServeLexer.BY,
          ServeLexer.AT,
          ServeLexer.WITHIN,
          ServeLexer.DOT,
          ServeLexer.NAME,
          ServeLexer.TYPENAME,
          ServeLexer.MISSING,
          ServeLexer.STRING,
          ServeLexer.ANDAND,
          ServeLexer.LBRACE);

  private static final int[] OPENERS = {ServeLexer.LBRACE, ServeLexer.LPAREN, ServeLexer.LBRACK};

  private final SourceFile file;
  private final List<Word> words;
  private final Budget budget;
  private @Nullable Change found;

  private Mending(SourceFile file, List<Word> words, Budget budget) {
    this.file = file;
    this.words = words;
    this.budget = budget;
  }

  /** Words that may still be read again for one file, so that the time stays linear. */
  static final class Budget {
    private long left;

    Budget(int words) {
      this.left = 60_000 + 8L * words;
    }

    boolean take(int words) {
      left -= words;
      return left >= 0;
    }
  }

  /** The change, or null where no one change is enough. */
  static @Nullable Change of(SourceFile file, List<Word> words, Reading reading, Budget budget) {
    var mending = new Mending(file, words, budget);
    if (Healer.isBalanced(words)) {
      mending.aroundError(reading);
    } else {
      mending.brackets();
    }
    return mending.found;
  }

  private void aroundError(Reading reading) {
    int at = at(reading.recovery().firstError());
    int[] near = {at, at - 1, at - 2, at + 1, at - 3};
    boolean done = false;
    for (int i : near) {
      done = done || (isTwice(i) && attempt(Edits.delete(file, words, i)));
    }
    for (int i : near) {
      done = done || swap(i);
    }
    for (int type : INSERTED) {
      done =
          done
              || (reading.recovery().expected().contains(type)
                  && attempt(Edits.insert(file, words, at, type)));
    }
    for (int i : near) {
      for (int type : INSERTED) {
        done = done || attempt(Edits.insert(file, words, i, type));
      }
    }
    for (int i : near) {
      done = done || (i >= 0 && i < words.size() && attempt(Edits.delete(file, words, i)));
    }
  }

  private void brackets() {
    var open = new ArrayDeque<Integer>();
    int stray = -1;
    for (int i = 0; i < words.size() && stray < 0; i++) {
      int type = words.get(i).type();
      if (Healer.isOpener(type)) {
        open.push(i);
      } else if (Healer.isCloser(type)) {
        if (open.isEmpty() || Healer.closer(words.get(open.getFirst()).type()) != type) {
          stray = i;
        } else {
          open.pop();
        }
      }
    }
    boolean done = false;
    for (int opener : open) {
      done = done || (isTwice(opener + 1) && attempt(Edits.delete(file, words, opener + 1)));
      done = done || (isTwice(opener) && attempt(Edits.delete(file, words, opener)));
    }
    if (stray >= 0) {
      done = done || (isTwice(stray) && attempt(Edits.delete(file, words, stray)));
      for (int i : new int[] {stray, stray - 1, stray + 1, stray - 2}) {
        done = done || swap(i);
      }
      done = done || opener(stray);
    }
    for (int opener : open) {
      for (int i = opener - 1; i <= opener + 2; i++) {
        done = done || swap(i);
      }
      done = done || closer(opener);
    }
    if (stray >= 0) {
      done = done || attempt(Edits.delete(file, words, stray));
    }
    for (int opener : open) {
      done = done || attempt(Edits.delete(file, words, opener));
    }
  }

  /** Where a closing bracket lacks its partner: behind the line that heads it, else on its line. */
  private boolean opener(int stray) {
    int type = words.get(stray).type();
    int opener = OPENERS[0];
    for (int each : OPENERS) {
      opener = Healer.closer(each) == type ? each : opener;
    }
    if (startsLine(stray)) {
      int column = column(stray);
      for (int i = stray - 1; i >= 0; i--) {
        if (startsLine(i) && column(i) <= column) {
          int end = i + 1;
          while (end < stray && !startsLine(end)) {
            end++;
          }
          return attempt(Edits.insert(file, words, end, opener));
        }
      }
      return false;
    }
    int first = stray;
    while (first > 0 && !startsLine(first)) {
      first--;
    }
    for (int i = first; i <= stray; i++) {
      if (i > 0 && attempt(Edits.insert(file, words, i, opener))) {
        return true;
      }
    }
    return false;
  }

  /** Where an opening bracket lacks its partner: before the first line that goes back, else here. */
  private boolean closer(int opener) {
    int closer = Healer.closer(words.get(opener).type());
    int first = opener;
    while (first > 0 && !startsLine(first)) {
      first--;
    }
    int lineEnd = opener + 1;
    while (lineEnd < words.size() && !startsLine(lineEnd)) {
      lineEnd++;
    }
    int back = lineEnd;
    while (back < words.size() && !(startsLine(back) && column(back) <= column(first))) {
      back++;
    }
    if (attempt(Edits.insert(file, words, back, closer))) {
      return true;
    }
    for (int i = lineEnd; i > opener; i--) {
      if (attempt(Edits.insert(file, words, i, closer))) {
        return true;
      }
    }
    return false;
  }

  private boolean swap(int left) {
    return left >= 0 && left + 1 < words.size() && attempt(Edits.swap(file, words, left));
  }

  private boolean attempt(@Nullable Change change) {
    if (change == null || found != null || !budget.take(words.size())) {
      return false;
    }
    if (Healer.isBalanced(change.words()) && Reading.of(file, change.words()).isClean()) {
      found = change;
      return true;
    }
    return false;
  }

  /** Whether a word is the one before it once more. */
  private boolean isTwice(int at) {
    return at > 0
        && at < words.size()
        && words.get(at).type() == words.get(at - 1).type()
        && text(at).equals(text(at - 1));
  }

  private String text(int at) {
    Word word = words.get(at);
    return file.text().substring(word.start(), word.end());
  }

  /** Index of the first word at an offset or behind it. */
  private int at(int offset) {
    int at = 0;
    while (at < words.size() && words.get(at).start() < offset) {
      at++;
    }
    return offset < 0 ? words.size() : at;
  }

  private boolean startsLine(int at) {
    return at == 0 || line(at - 1) < line(at);
  }

  private int line(int at) {
    return file.lines().lineAt(words.get(at).start());
  }

  private int column(int at) {
    return words.get(at).start() - file.lines().start(line(at));
  }
}
