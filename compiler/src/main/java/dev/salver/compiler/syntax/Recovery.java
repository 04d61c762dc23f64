package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.dsl.ServeParser;
import java.util.List;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * What happens where the words do not fit the grammar: one sentence, then on with the next line or
 * behind the enclosing bracket. Nothing is invented and nothing is thrown.
 */
final class Recovery extends DefaultErrorStrategy {
  private final SourceFile file;
  private final List<Diagnostic> diagnostics;
  private int reportedUpTo = -1;

  Recovery(SourceFile file, List<Diagnostic> diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
  }

  @Override
  public void reportError(Parser parser, RecognitionException e) {
    report(parser, e.getOffendingToken(), e.getExpectedTokens());
  }

  private void report(Parser parser, Token found, IntervalSet expected) {
    beginErrorCondition(parser);
    if (found.getStartIndex() < reportedUpTo) {
      return;
    }
    reportedUpTo = Math.max(found.getStopIndex(), found.getStartIndex() + 1);
    var span = new Span(file, found.getStartIndex(), found.getStopIndex());
    String what =
        found.getType() == Token.EOF || found.getStartIndex() == found.getStopIndex()
            ? "the declaration ends too early"
            : Shown.text(found.getText()) + " does not belong here";
    String wanted = Expected.describe(expected);
    diagnostics.add(
        Diagnostic.of(Code.SV0106, span, wanted.isEmpty() ? what : what + ", expected " + wanted));
  }

  @Override
  public void recover(Parser parser, RecognitionException e) {
    skip(parser);
  }

  @Override
  public Token recoverInline(Parser parser) {
    throw new InputMismatchException(parser);
  }

  /** In front of each entry of a block: what cannot begin one is reported once and skipped. */
  @Override
  public void sync(Parser parser) {
    int rule = parser.getContext().getRuleIndex();
    boolean holdsEntries =
        rule == ServeParser.RULE_block
            || rule == ServeParser.RULE_file
            || rule == ServeParser.RULE_graphBody
            || rule == ServeParser.RULE_branches;
    if (!holdsEntries) {
      return;
    }
    IntervalSet expected =
        parser.getATN().nextTokens(parser.getATN().states.get(parser.getState()));
    TokenStream tokens = parser.getInputStream();
    while (tokens.LA(1) != Token.EOF
        && !expected.contains(tokens.LA(1))
        && !expected.contains(Token.EPSILON)) {
      if (!inErrorRecoveryMode(parser)) {
        report(parser, tokens.LT(1), expected);
      }
      int before = tokens.index();
      skip(parser);
      if (tokens.index() == before) {
        return;
      }
    }
  }

  /** Over the rest of the line and the brackets that open on it, up to one that closes more. */
  private static void skip(Parser parser) {
    TokenStream tokens = parser.getInputStream();
    int depth = 0;
    int line = tokens.index() > 0 ? tokens.LT(-1).getLine() : tokens.LT(1).getLine();
    line =
        Math.max(
            line,
            tokens.index() > 0 && tokens.LT(-1).getLine() < tokens.LT(1).getLine()
                ? tokens.LT(1).getLine()
                : line);
    while (tokens.LA(1) != Token.EOF) {
      Token token = tokens.LT(1);
      int type = token.getType();
      if (depth == 0 && (Healer.isCloser(type) || token.getLine() > line)) {
        return;
      }
      depth += opens(type) ? 1 : Healer.isCloser(type) ? -1 : 0;
      line = token.getLine();
      parser.consume();
    }
  }

  private static boolean opens(int type) {
    return Healer.isOpener(type) || type == ServeParser.CALL || type == ServeParser.INDEX;
  }
}
