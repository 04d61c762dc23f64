package dev.salver.compiler.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.syntax.Corpus.Sample;
import dev.salver.dsl.ServeParser;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.DiagnosticErrorListener;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.atn.ATNConfigSet;
import org.antlr.v4.runtime.dfa.DFA;
import org.junit.jupiter.api.Test;

/** One word of look-ahead decides: parsing is quick, and says where it fails. */
class GrammarTest {
  private static final int MOST_PREDICTIONS = 3;

  @Test
  void noProgramIsAmbiguousOrNeedsItsContext() throws IOException {
    var findings = new ArrayList<String>();
    for (Sample sample : Corpus.clean()) {
      var file = SourceFile.of(sample.path(), sample.text());
      List<Word> words = Roles.assign(Words.of(file).words());
      var parser = new ServeParser(new CommonTokenStream(new WordSource(file, words)));
      parser.removeErrorListeners();
      parser.addErrorListener(new Findings(sample, findings));
      parser.file();
    }
    assertEquals(List.of(), findings);
  }

  private static final class Findings extends DiagnosticErrorListener {
    private final Sample sample;
    private final List<String> found;

    Findings(Sample sample, List<String> found) {
      super(false);
      this.sample = sample;
      this.found = found;
    }

    @Override
    public void syntaxError(
        org.antlr.v4.runtime.Recognizer<?, ?> recognizer,
        Object symbol,
        int line,
        int column,
        String message,
        org.antlr.v4.runtime.RecognitionException e) {
      found.add(sample + ":" + line + " " + message);
    }

    @Override
    public void reportAmbiguity(
        Parser parser,
        DFA dfa,
        int start,
        int stop,
        boolean exact,
        BitSet alternatives,
        ATNConfigSet configs) {
      found.add(sample + " is ambiguous in " + getDecisionDescription(parser, dfa));
    }

    @Override
    public void reportAttemptingFullContext(
        Parser parser, DFA dfa, int start, int stop, BitSet alternatives, ATNConfigSet configs) {
      found.add(sample + " needs the context of " + getDecisionDescription(parser, dfa));
    }

    @Override
    public void reportContextSensitivity(
        Parser parser, DFA dfa, int start, int stop, int prediction, ATNConfigSet configs) {
      found.add(sample + " depends on the context of " + getDecisionDescription(parser, dfa));
    }
  }

  @Test
  void theParserHardlyEverPredicts() throws IOException {
    String name = "/" + ServeParser.class.getName().replace('.', '/') + ".class";
    try (InputStream in = ServeParser.class.getResourceAsStream(name)) {
      var model = ClassFile.of().parse(in.readAllBytes());
      long predictions =
          model.methods().stream()
              .flatMap(method -> method.code().stream())
              .flatMap(code -> code.elementStream())
              .filter(
                  element ->
                      element instanceof InvokeInstruction call
                          && call.name().equalsString("adaptivePredict"))
              .count();
      assertTrue(predictions <= MOST_PREDICTIONS, () -> predictions + " calls");
    }
  }

  @Test
  void aMessageNamesFourThingsAtMost() throws IOException {
    for (Sample sample : Corpus.language()) {
      for (Mutant mutant : Mutant.of(sample.parse())) {
        for (Diagnostic each :
            Parsing.parse(SourceFile.of(sample.path(), mutant.text())).diagnostics()) {
          int wanted = each.message().indexOf("expected ");
          String list = wanted < 0 ? "" : each.message().substring(wanted);
          assertTrue(list.split(", | or ").length <= 4, each::message);
        }
      }
    }
  }
}
