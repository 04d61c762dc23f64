package dev.salver.compiler.syntax;

import dev.salver.compiler.source.SourceFile;
import dev.salver.dsl.ServeLexer;
import java.util.List;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenFactory;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenFactory;
import org.antlr.v4.runtime.TokenSource;

/** Hands words to the generated parser; a token's indexes are the word's offsets. */
final class WordSource implements TokenSource {
  private final SourceFile file;
  private final List<Word> words;
  private int next;

  WordSource(SourceFile file, List<Word> words) {
    this.file = file;
    this.words = words;
  }

  @Override
  public Token nextToken() {
    int end = words.isEmpty() ? 0 : words.getLast().end();
    var word = next < words.size() ? words.get(next++) : new Word(Token.EOF, end, end);
    var token = new CommonToken(word.type());
    token.setText(
        word.type() == Token.EOF
            ? "<EOF>"
            : word.isInserted() || isSign(word.type())
                ? Words.literal(word.type())
                : file.text().substring(word.start(), word.end()));
    token.setStartIndex(word.start());
    token.setStopIndex(word.end());
    int line = file.lines().lineAt(word.start());
    token.setLine(line + 1);
    token.setCharPositionInLine(word.start() - file.lines().start(line));
    return token;
  }

  /** What is always written alike; the text may have another sign for it. */
  private static boolean isSign(int type) {
    return type >= ServeLexer.LBRACE && type <= ServeLexer.AT_SIGN;
  }

  @Override
  public int getLine() {
    return 0;
  }

  @Override
  public int getCharPositionInLine() {
    return 0;
  }

  @Override
  @SuppressWarnings("NullAway") // the interface allows no stream, its library is not annotated
  public CharStream getInputStream() {
    return null;
  }

  @Override
  public String getSourceName() {
    return file.path();
  }

  @Override
  public void setTokenFactory(TokenFactory<?> factory) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TokenFactory<?> getTokenFactory() {
    return CommonTokenFactory.DEFAULT;
  }
}
