package dev.salver.compiler.syntax;

import dev.salver.dsl.ServeParser;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Sets of tokens in words of people, four at most. */
final class Expected {
  private static final int MAX = 4;

  private Expected() {}

  /** Empty when there is nothing short to say. */
  static String describe(IntervalSet expected) {
    var words = new ArrayList<String>();
    boolean value = expected.contains(ServeParser.NUMBER);
    boolean statement =
        expected.contains(ServeParser.MODEL) && expected.contains(ServeParser.GRAPH);
    if (statement) {
      words.add("a setting");
    }
    if (value) {
      words.add("a value");
    }
    if (!value && !statement && expected.contains(ServeParser.NAME)) {
      words.add("a name");
    } else if (!value && !statement && expected.contains(ServeParser.TYPENAME)) {
      words.add("a type");
    }
    for (int type : expected.toList()) {
      if (type > Token.EPSILON && isShown(type, value, statement)) {
        words.add("`" + literal(type) + "`");
      }
    }
    return words.size() > MAX ? join(words.subList(0, value || statement ? 1 : 0)) : join(words);
  }

  private static boolean isShown(int type, boolean value, boolean statement) {
    String literal = ServeParser.VOCABULARY.getLiteralName(type);
    boolean opens =
        type == ServeParser.LBRACE || type == ServeParser.LBRACK || type == ServeParser.LPAREN;
    return literal != null
        && type != ServeParser.COMMA
        && type != ServeParser.STRING
        && !(value && (opens || TokenKinds.isKeyword(type) || isPrefix(type)))
        && !(statement && (TokenKinds.isKeyword(type) || type == ServeParser.AT_SIGN))
        && !isOperator(type);
  }

  private static boolean isPrefix(int type) {
    return type == ServeParser.NOT || type == ServeParser.QUESTION;
  }

  private static boolean isOperator(int type) {
    return (type >= ServeParser.DOTDOT && type <= ServeParser.DOT)
        || (type >= ServeParser.EQEQ && type <= ServeParser.OROR)
        || (type >= ServeParser.PLUS && type <= ServeParser.QUESTION)
        || type == ServeParser.IN
        || type == ServeParser.FOR;
  }

  private static String literal(int type) {
    String quoted = ServeParser.VOCABULARY.getLiteralName(type);
    return quoted.substring(1, quoted.length() - 1);
  }

  private static String join(List<String> words) {
    return switch (words.size()) {
      case 0 -> "";
      case 1 -> words.getFirst();
      default -> String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    };
  }
}
