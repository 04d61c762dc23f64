package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.dsl.ServeLexer;
import dev.salver.dsl.ServeParser;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.atn.PredictionMode;

/** From a file's text to its tree; always answers, whatever the text is. */
public final class Parsing {
  private static final int MAX_ERRORS = 50;
  private static final int MAX_NESTING = 200;

  private Parsing() {}

  public static SourceUnit parse(SourceFile file) {
    var diagnostics = new ArrayList<Diagnostic>();
    Words lexed = Words.of(file);
    diagnostics.addAll(lexed.diagnostics());
    var entries = new ArrayList<Entry>();
    if (isShallow(file, lexed.words(), diagnostics)) {
      List<Word> healed = Healer.heal(file, lexed.words(), diagnostics);
      List<Word> repaired = Repairs.apply(file, healed, diagnostics);
      for (List<Word> chunk : Chunks.of(Roles.assign(repaired))) {
        ServeParser parser = parser(file, chunk, diagnostics);
        entries.addAll(new EntryBuilder(file, diagnostics).entries(parser.file().entry()));
      }
    }
    return new SourceUnit(file, lexed.all(), entries, bounded(file, diagnostics));
  }

  /** The expression of a {@code ${…}} part of a string, or a missing one. */
  static Expr hole(SourceFile file, int start, int end, List<Diagnostic> diagnostics) {
    Words lexed = Words.of(file, start, end);
    diagnostics.addAll(lexed.diagnostics());
    var span = new Span(file, start, end);
    if (lexed.words().isEmpty()) {
      diagnostics.add(Diagnostic.of(Code.SV0104, span, "between `${` and `}` a value must stand"));
      return new Expr.Missing(span);
    }
    ServeParser parser = parser(file, Roles.assign(lexed.words()), diagnostics);
    return new ExprBuilder(file, diagnostics).expr(parser.hole().expr(), span);
  }

  private static ServeParser parser(
      SourceFile file, List<Word> words, List<Diagnostic> diagnostics) {
    var parser = new ServeParser(new CommonTokenStream(new WordSource(file, words)));
    parser.removeErrorListeners();
    parser.setErrorHandler(new Recovery(file, diagnostics));
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    return parser;
  }

  /**
   * Brackets are counted, and so is everything else that makes the parser go one level down within
   * one declaration: prefix operators, conditionals, arrows of types.
   */
  private static boolean isShallow(
      SourceFile file, List<Word> words, List<Diagnostic> diagnostics) {
    int depth = 0;
    int run = 0;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      int type = word.type();
      depth = Math.max(0, depth + (Healer.isOpener(type) ? 1 : Healer.isCloser(type) ? -1 : 0));
      boolean deepens =
          type == ServeLexer.NOT
              || type == ServeLexer.MINUS
              || type == ServeLexer.QUESTION
              || type == ServeLexer.ARROW;
      boolean settles = type == ServeLexer.EQ || type == ServeLexer.RBRACE;
      run = deepens ? run + 1 : settles ? 0 : run;
      if (depth > MAX_NESTING || run > MAX_NESTING) {
        var span = new Span(file, word.start(), word.end());
        diagnostics.add(
            Diagnostic.of(Code.SV0003, span, "this is nested more than " + MAX_NESTING + " deep"));
        return false;
      }
    }
    return true;
  }

  private static List<Diagnostic> bounded(SourceFile file, List<Diagnostic> found) {
    var sorted = found.stream().sorted(Diagnostic.ORDER).toList();
    if (sorted.size() <= MAX_ERRORS) {
      return sorted;
    }
    var kept = new ArrayList<>(sorted.subList(0, MAX_ERRORS));
    var span = sorted.get(MAX_ERRORS).span();
    kept.add(
        Diagnostic.of(
            Code.SV0004,
            span,
            "`"
                + file.path()
                + "` has more than "
                + MAX_ERRORS
                + " syntax errors, the rest is left out"));
    return kept;
  }
}
