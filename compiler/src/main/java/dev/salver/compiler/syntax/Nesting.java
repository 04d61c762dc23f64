package dev.salver.compiler.syntax;

import dev.salver.dsl.ServeLexer;
import java.util.List;
import java.util.Optional;

/**
 * Refuses what would make the parser, or whoever walks the tree, go down without end: brackets
 * within brackets, prefix operators, conditionals and arrows of types on the way down, and chains
 * of operators and members, which lean to the left.
 */
final class Nesting {
  static final int MAX = 200;
  static final int MAX_CHAIN = 1000;

  private final int[] open = new int[MAX + 1];
  private int depth;
  private int run;
  private int chain;

  private Nesting() {}

  /** The first word that is too much. */
  static Optional<Word> tooDeep(List<Word> words) {
    var nesting = new Nesting();
    for (int i = 0; i < words.size(); i++) {
      int next = i + 1 < words.size() ? words.get(i + 1).type() : -1;
      nesting.take(words.get(i).type(), next);
      if (nesting.depth > MAX || nesting.run > MAX || nesting.chain > MAX_CHAIN) {
        return Optional.of(words.get(i));
      }
    }
    return Optional.empty();
  }

  private void take(int type, int next) {
    if (Healer.isOpener(type)) {
      open[depth++] = Healer.closer(type);
    } else if (Healer.isCloser(type)) {
      close(type);
    }
    boolean prefix = type == ServeLexer.NOT || type == ServeLexer.MINUS;
    boolean arrow = type == ServeLexer.ARROW && next == ServeLexer.LPAREN;
    if (arrow || type == ServeLexer.QUESTION || (prefix && isPrefix(next))) {
      run++;
    } else if (separates(type)) {
      run = 0;
    }
    if (separates(type)) {
      chain = 0;
    } else if (links(type)) {
      chain++;
    }
  }

  /** Back to the bracket that it closes; one that closes nothing is none. */
  private void close(int type) {
    for (int i = depth - 1; i >= 0; i--) {
      if (open[i] == type) {
        depth = i;
        return;
      }
    }
  }

  private static boolean isPrefix(int type) {
    return type == ServeLexer.NOT || type == ServeLexer.MINUS;
  }

  private static boolean separates(int type) {
    return type == ServeLexer.COMMA
        || type == ServeLexer.EQ
        || type == ServeLexer.LBRACE
        || type == ServeLexer.RBRACE
        || type == ServeLexer.FATARROW
        || (type >= ServeLexer.GATE && type <= ServeLexer.EXPECT);
  }

  private static boolean links(int type) {
    return type == ServeLexer.DOT
        || type == ServeLexer.DOTDOT
        || type == ServeLexer.LPAREN
        || type == ServeLexer.LBRACK
        || type == ServeLexer.IN
        || type == ServeLexer.FOR
        || (type >= ServeLexer.EQEQ && type <= ServeLexer.OROR)
        || (type >= ServeLexer.PLUS && type <= ServeLexer.PERCENT);
  }
}
