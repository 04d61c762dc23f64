package dev.salver.dsl;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Lexer;

/**
 * Reads strings by hand, in one pass over their characters: a recursive rule would keep every way
 * to read a text whose {@code ${…}} parts never end.
 */
public abstract class TextLexer extends Lexer {
  private static final int MAX_DEPTH = 16;

  protected TextLexer(CharStream input) {
    super(input);
  }

  /** Reads on behind the first quote, up to the last one or the end of the line. */
  protected void text() {
    // Braces that are open in the part of each level; -1 stands for being within quotes.
    int[] open = new int[MAX_DEPTH * 2 + 2];
    int level = 0;
    open[0] = -1;
    boolean deep = false;
    while (level >= 0) {
      int c = _input.LA(1);
      if (c == CharStream.EOF || c == '\n' || c == '\r') {
        setType(deep ? ServeLexer.DEEP_STRING : ServeLexer.OPEN_STRING);
        return;
      }
      if (c == '\\' && open[level] < 0 && !endsLine(_input.LA(2))) {
        consume();
      } else if (c == '"') {
        level = open[level] < 0 ? level - 1 : enter(open, level, -1);
      } else if (c == '$' && open[level] < 0 && _input.LA(2) == '{') {
        consume();
        level = enter(open, level, 0);
      } else if (open[level] >= 0 && c == '{') {
        open[level]++;
      } else if (open[level] >= 0 && c == '}') {
        level = open[level]-- == 0 ? level - 1 : level;
      }
      deep |= level == open.length - 1;
      consume();
    }
    setType(deep ? ServeLexer.DEEP_STRING : ServeLexer.STRING);
  }

  /** The deepest level is not left again: what follows on the line is part of it. */
  private static int enter(int[] open, int level, int braces) {
    if (level == open.length - 1) {
      return level;
    }
    open[level + 1] = braces;
    return level + 1;
  }

  private static boolean endsLine(int c) {
    return c == CharStream.EOF || c == '\n' || c == '\r';
  }

  private void consume() {
    getInterpreter().consume(_input);
  }
}
