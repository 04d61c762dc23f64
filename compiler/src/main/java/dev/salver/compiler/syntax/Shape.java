package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.dsl.ServeParser;
import dev.salver.dsl.ServeParser.BlockContext;
import dev.salver.dsl.ServeParser.ClauseContext;
import dev.salver.dsl.ServeParser.EntryContext;
import dev.salver.dsl.ServeParser.GraphStepContext;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;

/** What the grammar takes, so that one word of look-ahead is enough, and the language does not. */
final class Shape {
  private final SourceFile file;
  private final List<Diagnostic> diagnostics;
  private int firstError = -1;

  private Shape(SourceFile file, List<Diagnostic> diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
  }

  /** Offset of the first word that is out of shape, or -1. */
  static int check(
      SourceFile file, List<? extends ParserRuleContext> contexts, List<Diagnostic> diagnostics) {
    var shape = new Shape(file, diagnostics);
    contexts.forEach(shape::look);
    return shape.firstError;
  }

  private void look(ParserRuleContext context) {
    if (context instanceof BlockContext block) {
      headers(block.entry());
    } else if (context instanceof GraphStepContext step && step.EQ() != null) {
      name(step);
    } else if (context instanceof EntryContext entry) {
      annotated(entry);
    } else if (context instanceof ClauseContext clause && clause.FROM() != null) {
      source(clause);
    }
    for (int i = 0; i < context.getChildCount(); i++) {
      ParseTree child = context.getChild(i);
      if (child instanceof ParserRuleContext rule) {
        look(rule);
      }
    }
  }

  /** Before {@code =} stands the name of a step; the grammar takes any flow there. */
  private void name(GraphStepContext step) {
    Token start = step.flow(0).getStart();
    Token stop = step.flow(0).getStop();
    if (start.getTokenIndex() != stop.getTokenIndex() || start.getType() != ServeParser.NAME) {
      report(start, stop, "before `=` stands the name of a step");
    }
  }

  /** Behind {@code from} a block is no source, but what stands behind one. */
  private void source(ClauseContext clause) {
    if (clause.postfix() != null
        && clause.postfix().primary() != null
        && clause.postfix().primary().block() != null) {
      Token start = clause.postfix().getStart();
      report(start, start, "a source is missing behind `from`");
    }
  }

  private void annotated(EntryContext entry) {
    boolean declares =
        entry.resource() != null
            || entry.typeDecl() != null
            || entry.param() != null
            || entry.graph() != null;
    if (!declares && !entry.annotation().isEmpty()) {
      var annotation = entry.annotation(0);
      report(
          annotation.getStart(),
          annotation.getStop(),
          "an annotation stands before a declaration only");
    }
  }

  /** Behind a header without a block its line is over. */
  private void headers(List<EntryContext> entries) {
    for (int i = 1; i < entries.size(); i++) {
      var before = entries.get(i - 1).resource();
      Token start = entries.get(i).getStart();
      Token stop = entries.get(i - 1).getStop();
      if (before != null
          && before.block() == null
          && stop != null
          && stop.getLine() == start.getLine()
          && stop.getTokenIndex() + 1 == start.getTokenIndex()) {
        report(start, start, Shown.text(start.getText()) + " does not belong here");
      }
    }
  }

  private void report(Token start, @Nullable Token stop, String message) {
    int end = stop == null ? start.getStopIndex() : stop.getStopIndex();
    var span = new Span(file, start.getStartIndex(), Math.max(start.getStartIndex(), end));
    if (firstError < 0) {
      firstError = span.start();
      diagnostics.add(Diagnostic.of(Code.SV0106, span, message));
    }
  }
}
