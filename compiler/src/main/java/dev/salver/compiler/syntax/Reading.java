package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.dsl.ServeParser;
import dev.salver.dsl.ServeParser.EntryContext;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;

/**
 * One way to read the words of a declaration: healed, repaired, parsed.
 *
 * @param diagnostics what is wrong with its form; a text's inside is not looked at here
 * @param isRepaired whether there is one mistake, and the words alone have told it
 */
record Reading(
    List<EntryContext> entries,
    List<Diagnostic> diagnostics,
    boolean isRepaired,
    Recovery recovery) {
  static Reading of(SourceFile file, List<Word> words) {
    var diagnostics = new ArrayList<Diagnostic>();
    List<Word> healed = Healer.heal(file, words, diagnostics);
    int unhealed = diagnostics.size();
    List<Word> repaired = Repairs.apply(file, healed, diagnostics);
    boolean one = unhealed == 0 && diagnostics.size() == 1;
    var recovery = new Recovery(file, diagnostics);
    boolean nothingLeft =
        repaired.stream().noneMatch(word -> TokenKinds.isDeclaration(word.type()));
    if (nothingLeft && diagnostics.stream().anyMatch(each -> each.code() == Code.SV0102)) {
      return new Reading(List.of(), diagnostics, one, recovery);
    }
    List<EntryContext> entries = entries(parser(file, Roles.assign(repaired), recovery), recovery);
    if (diagnostics.isEmpty()) {
      recovery.firstError(Shape.check(file, entries, diagnostics));
    }
    return new Reading(entries, diagnostics, one && diagnostics.size() == 1, recovery);
  }

  static ServeParser parser(SourceFile file, List<Word> words, Recovery recovery) {
    var parser = new ServeParser(new CommonTokenStream(new WordSource(file, words)));
    parser.removeErrorListeners();
    parser.setErrorHandler(recovery);
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    return parser;
  }

  boolean isClean() {
    return diagnostics.isEmpty();
  }

  /** A declaration, and statements on lines of their own behind it; the rest is left out. */
  private static List<EntryContext> entries(ServeParser parser, Recovery recovery) {
    var entries = new ArrayList<EntryContext>();
    var tokens = parser.getInputStream();
    int column = tokens.LT(1).getCharPositionInLine();
    while (tokens.LA(1) != Token.EOF) {
      boolean first = tokens.index() == 0;
      boolean moved =
          !first
              && TokenKinds.isDeclaration(tokens.LA(1))
              && tokens.LT(-1).getStartIndex() > tokens.LT(1).getStartIndex();
      boolean sameLine = !first && tokens.LT(-1).getLine() == tokens.LT(1).getLine();
      if (!moved && (sameLine || tokens.LT(1).getCharPositionInLine() > column)) {
        recovery.leftOver(parser);
        return entries;
      }
      int before = tokens.index();
      entries.add(parser.entry());
      if (tokens.LA(1) == ServeParser.COMMA) {
        tokens.consume();
      }
      if (tokens.index() == before) {
        recovery.leftOver(parser);
        tokens.consume();
      }
    }
    return entries;
  }
}
