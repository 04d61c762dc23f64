package dev.salver.compiler.lint;

import dev.salver.compiler.syntax.SourceUnit;
import dev.salver.compiler.syntax.Token;
import java.util.List;

/** The tokens of a file that mean something: all but space and comments. */
final class Significant {
  private final String text;
  private final List<Token> tokens;

  Significant(SourceUnit unit) {
    this.text = unit.file().text();
    this.tokens =
        unit.tokens().stream()
            .filter(
                token ->
                    switch (token.kind()) {
                      case SPACE, NEWLINE, COMMENT, DOC -> false;
                      default -> true;
                    })
            .toList();
  }

  int size() {
    return tokens.size();
  }

  Token token(int at) {
    return tokens.get(at);
  }

  /** Empty before the first and behind the last. */
  String text(int at) {
    return at < 0 || at >= tokens.size()
        ? ""
        : text.substring(tokens.get(at).start(), tokens.get(at).end());
  }

  boolean isKeyword(int at) {
    return at >= 0 && at < tokens.size() && tokens.get(at).kind() == Token.Kind.KEYWORD;
  }
}
