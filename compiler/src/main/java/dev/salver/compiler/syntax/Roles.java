package dev.salver.compiler.syntax;

import dev.salver.dsl.ServeLexer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives words the role that their neighbours decide, so that the grammar needs one token of
 * look-ahead: brackets that touch are calls and indexes, keywords before {@code =} are keys.
 */
final class Roles {
  private Roles() {}

  static List<Word> assign(List<Word> words) {
    var out = new ArrayList<Word>(words.size());
    int depth = 0;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      Word before = i == 0 ? null : words.get(i - 1);
      int next = i + 1 < words.size() ? words.get(i + 1).type() : -1;
      int type = word.type();
      // A word that was moved to the left touches what it now stands behind.
      boolean moved = i + 1 < words.size() && words.get(i + 1).start() < word.start();
      boolean follows = i > 1 && follows(words.get(i - 2), words.get(i - 1), word);
      boolean touches = before != null && (moved || follows || before.end() >= word.start());
      out.add(word.as(role(word.type(), before, touches, next, depth)));
      if (type == ServeLexer.LBRACE) {
        depth++;
      } else if (type == ServeLexer.RBRACE) {
        depth--;
      }
    }
    return out;
  }

  /** Whether a word touches the one that the word before it has changed places with. */
  private static boolean follows(Word swapped, Word before, Word word) {
    return swapped.start() > before.start() && swapped.end() == word.start();
  }

  private static int role(int type, @Nullable Word before, boolean touches, int next, int depth) {
    int previous = before == null ? -1 : before.type();
    if (type == ServeLexer.LPAREN || type == ServeLexer.LBRACK) {
      boolean named =
          (TokenKinds.isKey(previous) && previous != ServeLexer.STRING)
              || previous == ServeLexer.RPAREN
              || previous == ServeLexer.RBRACK
              || TokenKinds.isKeyword(previous);
      boolean touching = touches && named;
      return !touching ? type : type == ServeLexer.LPAREN ? ServeLexer.CALL : ServeLexer.INDEX;
    }
    if (type == ServeLexer.MINUS && !endsOperand(previous)) {
      return ServeLexer.NEGATIVE;
    }
    if (type == ServeLexer.FOR && next == ServeLexer.EACH) {
      return ServeLexer.FOREACH;
    }
    if (!TokenKinds.isKeyword(type)) {
      return type;
    }
    boolean member = previous == ServeLexer.DOT && touches;
    boolean key =
        TokenKinds.isStarter(type)
            && previous != ServeLexer.ON
            && (next == ServeLexer.EQ
                || next == ServeLexer.DOT
                || (depth > 0 && next == ServeLexer.LBRACE && TokenKinds.isDeclaration(type)));
    return member || key ? ServeLexer.NAME : type;
  }

  private static boolean endsOperand(int type) {
    return TokenKinds.isKey(type)
        || TokenKinds.isLiteral(type)
        || Healer.isCloser(type)
        || type == ServeLexer.ENV
        || type == ServeLexer.UNSET
        || type == ServeLexer.MISSING;
  }
}
