package dev.salver.compiler.syntax;

import dev.salver.dsl.ServeLexer;
import java.util.List;

/** Words that are put in where one is missing, to see whether that is all. */
final class Insertions {
  /** Words that may be put in where something is missing, the likeliest first. */
  static final List<Integer> INSERTED =
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
          ServeLexer.SWITCH,
          ServeLexer.ALL);

  static final List<Integer> OF_BLOCKS =
      List.of(ServeLexer.SWITCH, ServeLexer.WITH, ServeLexer.SPLIT, ServeLexer.ALL);

  /** What may be missing at the end of a line, the likeliest first. */
  static final List<Integer> VALUES =
      List.of(ServeLexer.MISSING, ServeLexer.NAME, ServeLexer.TYPENAME);

  private Insertions() {}
}
