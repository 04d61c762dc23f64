package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.syntax.Edits.Change;
import dev.salver.dsl.ServeLexer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the one change of one word that makes a declaration whole: a word left out, written
 * twice, or in the wrong place. Found, it is the diagnostic, and the declaration is read as it was
 * meant; else the declaration is read as it stands.
 */
final class Mending {
  private static final int[] OPENERS = {ServeLexer.LBRACE, ServeLexer.LPAREN, ServeLexer.LBRACK};

  private final SourceFile file;
  private final List<Word> words;
  private final Layout layout;
  private final Budget budget;
  private @Nullable Change found;
  private @Nullable Change partly;
  private final List<String> left;

  private Mending(SourceFile file, List<Word> words, Reading reading, Budget budget) {
    this.file = file;
    this.words = words;
    this.left = elsewhere(reading);
    this.layout = new Layout(file, words);
    this.budget = budget;
  }

  /**
   * The change; where there are more mistakes than one, one that leaves the others as they are; or
   * null.
   */
  static @Nullable Change of(SourceFile file, List<Word> words, Reading reading, Budget budget) {
    if (!budget.allows(words.size())) {
      return null;
    }
    var mending = new Mending(file, words, reading, budget);
    if (Healer.isBalanced(words)) {
      mending.aroundError(reading);
    } else {
      mending.brackets();
    }
    return mending.found == null ? mending.partly : mending.found;
  }

  /** What is wrong on other lines than the one where the parser first failed. */
  private List<String> elsewhere(Reading reading) {
    if (!Healer.isBalanced(words)) {
      return Healer.unexplained(reading.diagnostics()).stream()
          .filter(each -> !Healer.isOfBrackets(each))
          .map(Mending::placed)
          .toList();
    }
    int first = reading.recovery().firstError();
    return first < 0 ? List.of() : others(reading, file.lines().lineAt(first));
  }

  private static List<String> others(Reading reading, int line) {
    return reading.diagnostics().stream()
        .filter(each -> line != each.span().from().line() - 1)
        .map(Mending::placed)
        .toList();
  }

  private static String placed(Diagnostic diagnostic) {
    return diagnostic.span().start() + " " + diagnostic.message();
  }

  private void aroundError(Reading reading) {
    int at = at(reading.recovery().firstError());
    int[] near = {at, at - 1, at - 2, at + 1, at - 3};
    boolean done = false;
    for (int i : near) {
      done = done || twice(i);
    }
    done = done || (isSourceOfName(at) && insert(at, ServeLexer.FROM));
    for (int i = at; i > 0 && i < words.size() && !done && !layout.startsLine(i); i--) {
      done = twice(i);
    }
    done = done || insertExpected(reading, at, false);
    done = done || insertBefore(0, ServeLexer.FOR, layout.type(0) == ServeLexer.EACH);
    for (int i : near) {
      done = done || insertStarter(i);
    }
    for (int i : near) {
      done = done || swap(i);
    }
    done = done || insertSource(at);
    for (int i : near) {
      for (int type : Insertions.VALUES) {
        done =
            done
                || (layout.startsLine(i)
                    && TokenKinds.awaitsValue(layout.type(i - 1))
                    && insert(i, type));
      }
    }
    done = done || insertExpected(reading, at, true);
    done = done || (reading.recovery().expected().isNil() && insert(at, ServeLexer.EQ));
    done = done || insertBeforeBlock(at);
    boolean named = TokenKinds.isKey(layout.type(at)) && TokenKinds.isKey(layout.type(at - 1));
    done = done || (named && insert(at, ServeLexer.ON));
    for (int i : near) {
      done = done || delete(i);
    }
    for (int i : near) {
      for (int type : Insertions.INSERTED) {
        done = done || insert(i, type);
      }
    }
    for (int i : near) {
      done = done || insertKind(i);
    }
  }

  /** A declaration within braces may lack its first word. */
  private boolean insertKind(int at) {
    boolean begins =
        at > 0
            && at < words.size()
            && (layout.startsLine(at) || layout.type(at - 1) == ServeLexer.LBRACE);
    return begins && mayTry() && attempt(Edits.insertKind(file, words, at));
  }

  private boolean insert(int at, int type) {
    boolean name = type == ServeLexer.NAME || type == ServeLexer.TYPENAME;
    boolean opens = Healer.isOpener(layout.type(at));
    return mayTry()
        && (attempt(Edits.insert(file, words, at, type))
            || (name && opens && attempt(Edits.insert(file, words, at, type, false))));
  }

  private boolean insertBefore(int at, int type, boolean applies) {
    return applies && mayTry() && attempt(Edits.insertBefore(file, words, at, type));
  }

  private boolean insertSource(int at) {
    return layout.type(at) == ServeLexer.LBRACE
        && layout.type(at - 1) == ServeLexer.FROM
        && insert(at, ServeLexer.STRING);
  }

  /** A line may lack the word that the line before it begins with, such as {@code gate}. */
  private boolean insertStarter(int at) {
    if (at <= 0 || at >= words.size() || !layout.startsLine(at)) {
      return false;
    }
    int type = layout.type(layout.lineStart(at - 1));
    boolean statement = type >= ServeLexer.GATE && type <= ServeLexer.STUB;
    return insertBefore(at, type, statement);
  }

  /** What a block is of may be missing before it, which is seen within it or behind it. */
  private boolean insertBeforeBlock(int at) {
    for (int open : new int[] {around(at), around(at - 1)}) {
      for (int type : Insertions.OF_BLOCKS) {
        if (layout.type(open) == ServeLexer.LBRACE && insert(open, type)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Index of the bracket that is open before a word, or -1. */
  private int around(int at) {
    int depth = 0;
    for (int i = Math.min(at, words.size()) - 1; i >= 0; i--) {
      int type = layout.type(i);
      if (Healer.isOpener(type) && depth-- == 0) {
        return i;
      }
      depth += Healer.isCloser(type) ? 1 : 0;
    }
    return -1;
  }

  /**
   * What might have stood where the error is: words that are always written alike, or the others.
   */
  private boolean insertExpected(Reading reading, int at, boolean variable) {
    for (int type : Insertions.INSERTED) {
      if (reading.recovery().expected().contains(type)
          && Words.literal(type).isEmpty() == variable
          && insert(at, type)) {
        return true;
      }
    }
    return false;
  }

  private void brackets() {
    var pairs = Brackets.suspects(file, words);
    for (int closer : pairs.closers()) {
      if (twice(closer) || swapAround(closer) || opener(closer)) {
        return;
      }
    }
    for (int opener : pairs.openers()) {
      if (twiceOnLine(opener) || swapAround(opener) || closer(opener)) {
        return;
      }
    }
    for (int closer : pairs.closers()) {
      delete(closer);
    }
    for (int opener : pairs.openers()) {
      delete(opener);
    }
  }

  private boolean swapAround(int at) {
    return swap(at) || swap(at - 1) || swap(at + 1) || swap(at - 2);
  }

  private boolean twiceOnLine(int opener) {
    int end = layout.lineEnd(opener);
    for (int i = opener; i < end; i++) {
      if (Healer.isOpener(layout.type(i)) && twice(i)) {
        return true;
      }
    }
    return false;
  }

  private boolean twice(int at) {
    return isTwice(at)
        && mayTry()
        && (attempt(Edits.delete(file, words, at)) || attempt(Edits.deleteTwin(file, words, at)));
  }

  private boolean delete(int at) {
    return at >= 0 && at < words.size() && mayTry() && attempt(Edits.delete(file, words, at));
  }

  /** Where a closing bracket lacks its partner: behind the line that heads it, else on its line. */
  private boolean opener(int stray) {
    int type = words.get(stray).type();
    int opener = OPENERS[0];
    for (int each : OPENERS) {
      opener = Healer.closer(each) == type ? each : opener;
    }
    if (layout.startsLine(stray)) {
      int column = layout.column(stray);
      for (int i = stray - 1; i >= 0; i--) {
        if (layout.startsLine(i) && layout.column(i) <= column) {
          return attemptOpener(layout.lineEnd(i), opener, stray);
        }
      }
      return false;
    }
    int first = layout.lineStart(stray);
    for (int i = first; i <= stray && mayTry(); i++) {
      if (i > 0 && attemptOpener(i, opener, stray)) {
        return true;
      }
    }
    for (int i = stray; i > first && mayTry() && opener != ServeLexer.LBRACE; i--) {
      if (attemptGlued(i, opener, stray)) {
        return true;
      }
    }
    return false;
  }

  /** Without the bracket two names have become one, so that the second is missing as well. */
  private boolean attemptGlued(int at, int opener, int stray) {
    int before = layout.type(at - 1);
    var change = TokenKinds.isKey(before) ? Edits.insert(file, words, at, opener) : null;
    if (change == null) {
      return false;
    }
    var both = new ArrayList<>(change.words());
    int place = both.get(at).end();
    both.add(at + 1, new Word(ServeLexer.NAME, place, place));
    String nothing = "this `" + text(stray) + "` closes nothing";
    return attempt(new Change(both, change.diagnostic()).relating(file, words.get(stray), nothing));
  }

  /**
   * Where an opening bracket lacks its partner: before the first line that goes back, else here.
   */
  private boolean closer(int opener) {
    int closer = Healer.closer(words.get(opener).type());
    int first = layout.lineStart(opener);
    int lineEnd = layout.lineEnd(opener);
    int back = lineEnd;
    while (back < words.size()
        && !(layout.startsLine(back) && layout.column(back) <= layout.column(first))) {
      back++;
    }
    if (back > lineEnd) {
      int indent = layout.column(first);
      if (attemptCloser(Edits.close(file, words, back, closer, indent), opener)) {
        return true;
      }
    }
    for (int i = lineEnd; i > opener && mayTry(); i--) {
      if (attemptCloser(Edits.insert(file, words, i, closer), opener)) {
        return true;
      }
    }
    return false;
  }

  private boolean attemptCloser(@Nullable Change change, int opener) {
    Word word = words.get(opener);
    String never = "this `" + text(opener) + "` is never closed";
    return change != null && attempt(change.relating(file, word, never));
  }

  private boolean attemptOpener(int at, int opener, int stray) {
    Word word = words.get(stray);
    String nothing = "this `" + text(stray) + "` closes nothing";
    var close = Edits.insert(file, words, at, opener, true);
    var apart = Edits.insert(file, words, at, opener, false);
    return (close != null && attempt(close.relating(file, word, nothing)))
        || (apart != null
            && opener != ServeLexer.LBRACE
            && attempt(apart.relating(file, word, nothing)));
  }

  private boolean swap(int left) {
    if (left < 0 || left + 1 >= words.size() || !mayTry()) {
      return false;
    }
    boolean sourceAsName =
        words.get(left + 1).type() == ServeLexer.STRING
            ? words.get(left).type() == ServeLexer.FROM
            : words.get(left).type() == ServeLexer.STRING
                && words.get(left + 1).type() == ServeLexer.LBRACE;
    boolean brackets = isBracket(left) && isBracket(left + 1) && Healer.isBalanced(words);
    return !sourceAsName && !brackets && attempt(Edits.swap(file, words, left));
  }

  private boolean isBracket(int at) {
    return Healer.isOpener(layout.type(at)) || Healer.isCloser(layout.type(at));
  }

  private boolean mayTry() {
    return found == null && budget.allows(words.size());
  }

  private boolean attempt(@Nullable Change change) {
    if (change == null || found != null || !budget.take(words.size())) {
      return false;
    }
    if (!Healer.isBalanced(change.words())) {
      return false;
    }
    Reading reading = Reading.of(file, change.words());
    if (reading.isClean()) {
      found = change;
      return true;
    }
    if (partly == null && !left.isEmpty() && others(reading, -1).equals(left)) {
      partly = change;
    }
    return false;
  }

  /** {@code model fraud "s3://…"}, without the word between. */
  private boolean isSourceOfName(int at) {
    return layout.type(at) == ServeLexer.STRING
        && layout.type(at + 1) != ServeLexer.FROM
        && layout.type(at - 1) == ServeLexer.NAME
        && (layout.type(at - 2) == ServeLexer.MODEL || layout.type(at - 2) == ServeLexer.SECRET);
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
}
