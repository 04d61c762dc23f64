package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.dsl.ServeParser;
import dev.salver.dsl.ServeParser.ArgContext;
import dev.salver.dsl.ServeParser.ExprContext;
import dev.salver.dsl.ServeParser.PostfixContext;
import dev.salver.dsl.ServeParser.PrimaryContext;
import dev.salver.dsl.ServeParser.UnaryContext;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Expressions of the parse tree as records; a part that is not there is {@link Expr.Missing}. */
final class ExprBuilder {
  private final SourceFile file;
  private final List<Diagnostic> diagnostics;

  ExprBuilder(SourceFile file, List<Diagnostic> diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
  }

  Span span(ParserRuleContext context) {
    Token start = context.getStart();
    Token stop = context.getStop();
    int from = start.getStartIndex();
    return new Span(file, from, stop == null ? from : Math.max(from, stop.getStopIndex()));
  }

  Span span(Token token) {
    return new Span(file, token.getStartIndex(), token.getStopIndex());
  }

  /** Whether a word stands in the text; else it was put in where one is missing. */
  static boolean isWritten(Token token) {
    return token.getStartIndex() < token.getStopIndex();
  }

  Name name(Token token) {
    Span span = span(token);
    boolean quoted = token.getType() == ServeParser.STRING;
    return new Name(quoted ? Texts.plain(file, span, diagnostics) : token.getText(), span);
  }

  /** {@code platform.triton} as one name. */
  Name dotted(ParserRuleContext context) {
    return new Name(context.getText(), span(context));
  }

  Expr expr(@Nullable ExprContext context, Span place) {
    if (context == null || context.orExpr() == null) {
      return new Expr.Missing(place);
    }
    Expr condition = operators(context.orExpr());
    if (context.QUESTION() == null) {
      return condition;
    }
    Span all = span(context);
    return new Expr.Conditional(
        condition, expr(context.expr(0), all), expr(context.expr(1), all), all);
  }

  /** The strata between {@code ||} and {@code *} all read operand, operator, operand, …. */
  Expr operators(ParserRuleContext context) {
    if (context instanceof UnaryContext unary) {
      return unary(unary);
    }
    Expr left = null;
    String operator = null;
    for (int i = 0; i < context.getChildCount(); i++) {
      ParseTree child = context.getChild(i);
      if (child instanceof TerminalNode terminal) {
        operator = terminal.getText();
      } else if (child instanceof ParserRuleContext operand) {
        Expr right = operators(operand);
        left =
            left == null || operator == null
                ? right
                : new Expr.Binary(operator, left, right, left.span().to(right.span()));
      }
    }
    return left == null ? new Expr.Missing(span(context)) : left;
  }

  Expr unary(@Nullable UnaryContext context) {
    if (context == null) {
      throw new IllegalArgumentException("no operand");
    }
    if (context.unary() != null) {
      return new Expr.Unary(context.getStart().getText(), unary(context.unary()), span(context));
    }
    return postfix(context.postfix(), span(context));
  }

  Expr postfix(@Nullable PostfixContext context, Span place) {
    if (context == null || context.primary() == null) {
      return new Expr.Missing(place);
    }
    Expr result = primary(context.primary());
    Token opener = null;
    for (int i = 1; i < context.getChildCount(); i++) {
      ParseTree child = context.getChild(i);
      if (child instanceof ServeParser.KeyContext key) {
        if (key.exception == null && isWritten(key.getStart())) {
          Name name = name(key.getStart());
          result = new Expr.Member(result, name, result.span().to(name.span()));
        }
      } else if (child instanceof TerminalNode terminal) {
        opener = terminal.getSymbol();
      } else if (child instanceof ServeParser.ArgsContext args && opener != null) {
        Span all = result.span().to(closing(context, i, args));
        var arguments = arguments(args);
        result =
            opener.getType() == ServeParser.CALL
                ? new Expr.Call(result, arguments, all)
                : new Expr.Index(result, arguments, all);
      }
    }
    return result;
  }

  private Span closing(PostfixContext context, int at, ServeParser.ArgsContext args) {
    ParseTree next = at + 1 < context.getChildCount() ? context.getChild(at + 1) : null;
    return next instanceof TerminalNode closer ? span(closer.getSymbol()) : span(args);
  }

  List<Expr.Argument> arguments(ServeParser.ArgsContext args) {
    var arguments = new ArrayList<Expr.Argument>();
    for (ArgContext arg : args.arg()) {
      Expr first = expr(arg.expr(0), span(arg));
      boolean named = arg.EQ() != null && first instanceof Expr.Word;
      arguments.add(
          named
              ? new Expr.Argument(
                  new Name(((Expr.Word) first).text(), first.span()), expr(arg.expr(1), span(arg)))
              : new Expr.Argument(null, first));
    }
    return arguments;
  }

  private Expr primary(PrimaryContext context) {
    Span span = span(context);
    if (context.getChildCount() == 0) {
      return new Expr.Missing(span);
    }
    if (context.block() != null) {
      return new Expr.MapOf(new EntryBuilder(file, diagnostics).block(context.block()), span);
    }
    Token token = context.getStart();
    if (TokenKinds.isKey(token.getType()) && !isWritten(token)) {
      return new Expr.Missing(span);
    }
    return switch (token.getType()) {
      case ServeParser.NUMBER, ServeParser.QUANTITY, ServeParser.MONEY ->
          new Expr.Quantity(token.getText(), span);
      case ServeParser.STRING -> Texts.read(file, span, diagnostics);
      case ServeParser.TRUE, ServeParser.FALSE ->
          new Expr.Bool(token.getType() == ServeParser.TRUE, span);
      case ServeParser.NAME, ServeParser.TYPENAME, ServeParser.ENV ->
          new Expr.Word(token.getText(), span);
      case ServeParser.QUESTION -> new Expr.Open(span);
      case ServeParser.UNSET -> new Expr.Unset(span);
      case ServeParser.LPAREN -> expr(context.expr(0), span);
      case ServeParser.LBRACK ->
          new Expr.ListOf(context.expr().stream().map(item -> expr(item, span)).toList(), span);
      default -> new Expr.Missing(span);
    };
  }
}
