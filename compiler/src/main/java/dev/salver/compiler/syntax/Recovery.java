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
 * behind the enclosing bracket. Nothing is invented and nothing is thrown. As long as fewer than
 * three words in a row have fitted, an error belongs to the one before.
 */
final class Recovery extends DefaultErrorStrategy {
  private static final int SETTLED = 3;

  private final SourceFile file;
  private final List<Diagnostic> diagnostics;
  private IntervalSet expected = new IntervalSet();
  private int firstError = -1;
  private int fitted = SETTLED;

  Recovery(SourceFile file, List<Diagnostic> diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
  }

  /** Offset of the first word that did not fit, or -1. */
  int firstError() {
    return firstError;
  }

  void firstError(int offset) {
    firstError = offset;
  }

  /** What might have stood there. */
  IntervalSet expected() {
    return expected;
  }

  @Override
  public void reportError(Parser parser, RecognitionException e) {
    report(parser, e.getOffendingToken(), e.getExpectedTokens());
  }

  /** The next word belongs to nothing. */
  void leftOver(Parser parser) {
    report(parser, parser.getInputStream().LT(1), new IntervalSet());
  }

  private void report(Parser parser, Token found, IntervalSet wanted) {
    beginErrorCondition(parser);
    boolean follows = fitted < SETTLED;
    fitted = 0;
    if (follows) {
      return;
    }
    if (firstError < 0) {
      firstError = found.getStartIndex();
      expected = wanted;
    }
    var span = new Span(file, found.getStartIndex(), found.getStopIndex());
    String what =
        found.getType() == Token.EOF || found.getStartIndex() == found.getStopIndex()
            ? "the declaration ends too early"
            : Shown.text(found.getText()) + " does not belong here";
    String words = Expected.describe(wanted);
    diagnostics.add(
        Diagnostic.of(Code.SV0106, span, words.isEmpty() ? what : what + ", expected " + words));
  }

  @Override
  public void reportMatch(Parser parser) {
    super.reportMatch(parser);
    fitted++;
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
            || rule == ServeParser.RULE_graphBody
            || rule == ServeParser.RULE_branches;
    if (!holdsEntries) {
      return;
    }
    IntervalSet wanted = parser.getATN().nextTokens(parser.getATN().states.get(parser.getState()));
    TokenStream tokens = parser.getInputStream();
    while (tokens.LA(1) != Token.EOF
        && !wanted.contains(tokens.LA(1))
        && !wanted.contains(Token.EPSILON)) {
      if (!inErrorRecoveryMode(parser)) {
        report(parser, tokens.LT(1), wanted);
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
    int line = tokens.LT(1).getLine();
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
