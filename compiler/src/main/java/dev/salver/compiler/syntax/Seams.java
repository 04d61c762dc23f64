package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.syntax.Edits.Change;
import dev.salver.dsl.ServeLexer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one declaration ends and the next begins: the last word of the one may have changed places
 * with the first of the other, so that neither can be read alone.
 */
final class Seams {
  /**
   * The words of a declaration.
   *
   * @param swapped what was told of its first or last word, which has been put right; else null
   * @param isSecond whether the one before it has told that
   */
  record Chunk(List<Word> words, @Nullable Diagnostic swapped, boolean isSecond) {}

  private final SourceFile file;
  private final Budget budget;
  private final List<Chunk> out = new ArrayList<>();

  private Seams(SourceFile file, Budget budget) {
    this.file = file;
    this.budget = budget;
  }

  static List<Chunk> mended(SourceFile file, List<List<Word>> chunks, Budget budget) {
    var seams = new Seams(file, budget);
    int i = 0;
    while (i < chunks.size()) {
      boolean two = i + 1 < chunks.size() && seams.mends(chunks.get(i), chunks.get(i + 1));
      if (!two) {
        seams.out.add(new Chunk(chunks.get(i), null, false));
      }
      i += two ? 2 : 1;
    }
    return seams.out;
  }

  private boolean mends(List<Word> before, List<Word> after) {
    int at = misplaced(before, after);
    if (at < 0 || !budget.take(2 * (before.size() + after.size()))) {
      return false;
    }
    var all = new ArrayList<>(before);
    all.addAll(after);
    Change swap = Edits.swap(file, all, at);
    List<Word> words = swap.words();
    List<Word> first = words.subList(0, at + 1);
    List<Word> second = words.subList(at + 1, words.size());
    if (reads(first) && reads(second)) {
      out.add(new Chunk(first, swap.diagnostic(), false));
      out.add(new Chunk(second, swap.diagnostic(), true));
      return true;
    }
    if (reads(words)) {
      out.add(new Chunk(words, swap.diagnostic(), false));
      return true;
    }
    return false;
  }

  private boolean reads(List<Word> words) {
    return Healer.isBalanced(words) && Reading.of(file, words).isClean();
  }

  /** Index, in both together, of a word that begins declarations and ends its line; or -1. */
  private int misplaced(List<Word> before, List<Word> after) {
    int last = before.size() - 1;
    boolean marks = last == 0 && after.getFirst().type() == ServeLexer.AT_SIGN;
    if (marks
        && before.getFirst().type() == ServeLexer.NAME
        && line(before.getFirst()) == line(after.getFirst())) {
      return 0;
    }
    if (last > 0 && begins(before.get(last)) && line(before.get(last)) < line(after.getFirst())) {
      return line(before.get(last - 1)) == line(before.get(last)) ? last : -1;
    }
    boolean closes = last > 1 && Healer.isCloser(before.get(last).type());
    return closes
            && begins(before.get(last - 1))
            && line(before.get(last - 1)) < line(before.get(last))
            && line(before.get(last - 2)) == line(before.get(last - 1))
        ? last - 1
        : -1;
  }

  private static boolean begins(Word word) {
    return TokenKinds.isDeclaration(word.type())
        || word.type() == ServeLexer.FOR
        || word.type() == ServeLexer.AT_SIGN;
  }

  private int line(Word word) {
    return file.lines().lineAt(word.start());
  }
}
