package dev.salver.compiler.syntax;

import dev.salver.compiler.source.SourceFile;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with one token left out, written twice or swapped with its right neighbour.
 *
 * @param from first line of what was touched, counted from 1 as it stands in the mutant
 * @param until its last line
 * @param tokens offsets, in the text as it was, of the tokens that were touched
 */
record Mutant(String what, String text, int from, int until, List<Integer> tokens) {
  static List<Mutant> of(SourceUnit unit) {
    String text = unit.file().text();
    List<Token> tokens = unit.tokens().stream().filter(Mutant::isWord).toList();
    var mutants = new ArrayList<Mutant>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      String word = text(unit.file(), token);
      String before = text.substring(0, token.start());
      String after = text.substring(token.end());
      int line = unit.file().position(token.start()).line();
      List<Integer> touched = List.of(token.start());
      String place = " " + word + " in line " + line;
      mutants.add(new Mutant("delete" + place, before + after, line, line, touched));
      String twice = before + word + " " + word + after;
      mutants.add(new Mutant("double" + place, twice, line, line, touched));
      if (i + 1 < tokens.size()) {
        Token next = tokens.get(i + 1);
        String swapped =
            before
                + text(unit.file(), next)
                + text.substring(token.end(), next.start())
                + word
                + text.substring(next.end());
        int until = unit.file().position(next.start()).line();
        List<Integer> both = List.of(token.start(), next.start());
        mutants.add(new Mutant("swap" + place, swapped, line, until, both));
      }
    }
    return mutants;
  }

  /** Both mistakes in one text; they touch different places. */
  String and(Mutant other, String original) {
    Edit own = Edit.of(original, text);
    Edit second = Edit.of(original, other.text);
    return own.start() < second.start() ? own.in(second.in(original)) : second.in(own.in(original));
  }

  /** Where two texts differ. */
  private record Edit(int start, int end, String instead) {
    static Edit of(String before, String after) {
      int most = Math.min(before.length(), after.length());
      int start = 0;
      while (start < most && before.charAt(start) == after.charAt(start)) {
        start++;
      }
      int same = 0;
      while (same < most - start
          && before.charAt(before.length() - 1 - same) == after.charAt(after.length() - 1 - same)) {
        same++;
      }
      return new Edit(start, before.length() - same, after.substring(start, after.length() - same));
    }

    String in(String text) {
      return text.substring(0, start) + instead + text.substring(end);
    }
  }

  private static boolean isWord(Token token) {
    return switch (token.kind()) {
      case SPACE, NEWLINE, COMMENT, DOC -> false;
      default -> true;
    };
  }

  private static String text(SourceFile file, Token token) {
    return file.text().substring(token.start(), token.end());
  }
}
