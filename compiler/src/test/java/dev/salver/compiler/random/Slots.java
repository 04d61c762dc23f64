package dev.salver.compiler.random;

import dev.salver.compiler.diagnostic.Code;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts with places at which a mistake can be made. A place is marked within the text, so that
 * texts are put together as any others, and one place may lie in another.
 */
final class Slots {
  private static final char OPEN = '\ue000';
  private static final char TEXT = '\ue001';
  private static final char CLOSE = '\ue002';

  private final List<Mistake> mistakes = new ArrayList<>();
  private int count;

  /**
   * One mistake.
   *
   * @param what it is, for people
   * @param slot the place, or the places of one number
   * @param instead what stands there then
   * @param code what it has to be told by
   */
  record Mistake(String what, int slot, String instead, Code code) {}

  /** A place of its own with something right in it. */
  Slot slot(String right) {
    int number = count++;
    return new Slot(number, OPEN + Integer.toString(number) + TEXT + right + CLOSE);
  }

  /** A place where nothing stands. */
  Slot nothing() {
    return slot("");
  }

  /** A marked text; it may stand in several places, which are then changed together. */
  final class Slot {
    private final int number;
    private final String marked;

    private Slot(int number, String marked) {
      this.number = number;
      this.marked = marked;
    }

    Slot or(String what, String instead, Code code) {
      mistakes.add(new Mistake(what, number, instead, code));
      return this;
    }

    @Override
    public String toString() {
      return marked;
    }
  }

  List<Mistake> mistakes() {
    return List.copyOf(mistakes);
  }

  /** The text with everything right. */
  static String right(String marked) {
    return with(marked, -1, "");
  }

  /** The text with one mistake in it. */
  static String wrong(String marked, Mistake mistake) {
    return with(marked, mistake.slot(), right(mistake.instead()));
  }

  private static String with(String marked, int slot, String instead) {
    var text = new StringBuilder();
    for (int at = 0; at < marked.length(); at++) {
      char c = marked.charAt(at);
      if (c == OPEN) {
        int from = marked.indexOf(TEXT, at);
        if (Integer.parseInt(marked, at + 1, from, 10) == slot) {
          text.append(instead);
          at = end(marked, from);
        } else {
          at = from;
        }
      } else if (c != CLOSE) {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** Where the place ends whose text begins behind an offset. */
  private static int end(String marked, int from) {
    int depth = 1;
    int at = from;
    while (depth > 0) {
      at++;
      depth += marked.charAt(at) == OPEN ? 1 : marked.charAt(at) == CLOSE ? -1 : 0;
    }
    return at;
  }
}
