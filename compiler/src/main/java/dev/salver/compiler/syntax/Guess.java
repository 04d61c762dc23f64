package dev.salver.compiler.syntax;

import dev.salver.compiler.source.SourceFile;
import dev.salver.dsl.ServeLexer;
import java.util.List;
import java.util.Map;

/** What a declaration without its first word is most likely of: its header and settings tell. */
final class Guess {
  private static final Map<String, Integer> SETTINGS =
      Map.ofEntries(
          Map.entry("deliver", ServeLexer.PROJECT),
          Map.entry("lint", ServeLexer.PROJECT),
          Map.entry("limit", ServeLexer.ACCELERATOR),
          Map.entry("price", ServeLexer.ACCELERATOR),
          Map.entry("node", ServeLexer.ACCELERATOR),
          Map.entry("tolerate", ServeLexer.ACCELERATOR),
          Map.entry("formats", ServeLexer.RUNTIME),
          Map.entry("port", ServeLexer.RUNTIME),
          Map.entry("namespace", ServeLexer.ENV),
          Map.entry("params", ServeLexer.ENV),
          Map.entry("pinned", ServeLexer.ENV),
          Map.entry("steps", ServeLexer.ROLLOUT),
          Map.entry("patience", ServeLexer.ROLLOUT),
          Map.entry("on-fail", ServeLexer.ROLLOUT));

  private Guess() {}

  /**
   * A word that begins declarations, or {@link ServeLexer#EOF}.
   *
   * @param at where one should stand, and something else does
   */
  static int kind(SourceFile file, List<Word> words, int at) {
    boolean bare = TokenKinds.isHeader(type(words, at + 1));
    boolean named =
        TokenKinds.isKey(type(words, at + 1)) && TokenKinds.isHeader(type(words, at + 2));
    if (!bare && !named) {
      return ServeLexer.EOF;
    }
    int name = bare ? at : at + 1;
    boolean quoted = type(words, name) == ServeLexer.STRING;
    return switch (type(words, name + 1)) {
      case ServeLexer.LBRACE -> quoted ? ServeLexer.TEST : ofBody(file, words, name + 2);
      case ServeLexer.ON ->
          quoted
              ? ServeLexer.TEST
              : isTarget(words, name + 2) ? ServeLexer.POLICY : ServeLexer.MODEL;
      case ServeLexer.FROM ->
          isSecret(file, words, name + 2) ? ServeLexer.SECRET : ServeLexer.MODEL;
      case ServeLexer.COLON -> hasFlow(words, name) ? graphOrParam(words, name) : ServeLexer.MODEL;
      case ServeLexer.EXTENDS -> ServeLexer.ENV;
      case ServeLexer.LPAREN -> ServeLexer.GRAPH;
      case ServeLexer.LBRACK -> hasFlow(words, name) ? ServeLexer.GRAPH : ServeLexer.MODEL;
      case ServeLexer.EQ -> isType(words, name) ? ServeLexer.TYPE : ServeLexer.EOF;
      default -> ServeLexer.EOF;
    };
  }

  private static int ofBody(SourceFile file, List<Word> words, int from) {
    int depth = 0;
    for (int i = from; i < words.size() && depth >= 0; i++) {
      int type = words.get(i).type();
      depth += Healer.isOpener(type) ? 1 : Healer.isCloser(type) ? -1 : 0;
      if (depth > 0) {
        continue;
      }
      switch (type) {
        case ServeLexer.GATE -> {
          return ServeLexer.ROLLOUT;
        }
        case ServeLexer.DENY, ServeLexer.REQUIRE -> {
          return ServeLexer.POLICY;
        }
        case ServeLexer.EXPECT, ServeLexer.STUB -> {
          return ServeLexer.TEST;
        }
        case ServeLexer.MODEL, ServeLexer.RUNTIME, ServeLexer.ACCELERATOR -> {
          return ServeLexer.ENV;
        }
        case ServeLexer.NAME -> {
          Integer kind = SETTINGS.get(text(file, words.get(i)));
          if (kind != null) {
            return kind;
          }
        }
        default -> {}
      }
    }
    return ServeLexer.MODEL;
  }

  private static boolean isTarget(List<Word> words, int at) {
    int type = type(words, at);
    return type == ServeLexer.GRAPH || (type >= ServeLexer.PROJECT && type <= ServeLexer.TEST);
  }

  private static boolean isSecret(SourceFile file, List<Word> words, int at) {
    return type(words, at) == ServeLexer.STRING
        && text(file, words.get(at)).startsWith("\"kubernetes:");
  }

  /** Whether {@code =} stands in the header. */
  private static boolean hasFlow(List<Word> words, int at) {
    for (int i = at; i < words.size(); i++) {
      switch (words.get(i).type()) {
        case ServeLexer.EQ -> {
          return true;
        }
        case ServeLexer.FROM, ServeLexer.ON, ServeLexer.LBRACE -> {
          return false;
        }
        default -> {}
      }
    }
    return false;
  }

  private static int graphOrParam(List<Word> words, int name) {
    return type(words, name + 2) == ServeLexer.TYPENAME ? ServeLexer.GRAPH : ServeLexer.PARAM;
  }

  private static boolean isType(List<Word> words, int name) {
    return type(words, name) == ServeLexer.TYPENAME;
  }

  private static int type(List<Word> words, int at) {
    return at < 0 || at >= words.size() ? ServeLexer.EOF : words.get(at).type();
  }

  private static String text(SourceFile file, Word word) {
    return file.text().substring(word.start(), word.end());
  }
}
