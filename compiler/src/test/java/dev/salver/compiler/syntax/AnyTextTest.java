package dev.salver.compiler.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.Compiler;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.compiler.syntax.Corpus.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever the text is: an answer, in which no character is lost, of bounded length. A draw of the
 * prefixes is tried, always the same; all with {@code -Dprefixes.all=true}.
 */
class AnyTextTest {
  private static final int PREFIXES = 25;
  private static final int MOST_DIAGNOSTICS = 51;

  @TestFactory
  Stream<DynamicTest> everyPrefixOfEveryProgramParses() throws IOException {
    return Corpus.all().stream()
        .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> prefixesParse(sample.text())));
  }

  private static void prefixesParse(String text) {
    boolean all = Boolean.getBoolean("prefixes.all");
    int length = text.length() + 1;
    IntStream ends =
        all ? IntStream.range(0, length) : new SplittableRandom(length).ints(PREFIXES, 0, length);
    ends.forEach(end -> parses(text.substring(0, end)));
  }

  /**
   * As somebody types: what is not there yet is missed once, in the declaration that is being
   * written.
   */
  @TestFactory
  Stream<DynamicTest> whatIsCutOffIsMissedAtTheEnd() throws IOException {
    return Corpus.clean().stream()
        .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> cutOffIsMissed(sample)));
  }

  private static void cutOffIsMissed(Sample sample) {
    SourceUnit unit = sample.parse();
    boolean all = Boolean.getBoolean("prefixes.all");
    var random = new SplittableRandom(unit.tokens().size());
    for (Token token : unit.tokens()) {
      if (!all && random.nextInt(PREFIXES) > 0) {
        continue;
      }
      String text = sample.text().substring(0, token.end());
      int last =
          unit.entries().stream()
              .map(each -> each.span().start())
              .filter(start -> start < text.length())
              .reduce(0, Math::max);
      List<Diagnostic> found = parses(text).diagnostics();
      assertTrue(found.size() <= 1 + open(unit, token), () -> text + "\n" + found);
      found.forEach(each -> assertTrue(each.span().end() >= last, () -> text + "\n" + each));
      if (all || random.nextInt(8) == 0) {
        sample.check(text);
      }
    }
  }

  /** Brackets that are not closed up to a token; each is told where it stands. */
  private static long open(SourceUnit unit, Token last) {
    long open = 0;
    for (Token token : unit.tokens()) {
      String text = unit.file().text().substring(token.start(), token.end());
      boolean bracket = token.kind() == Token.Kind.PUNCTUATION;
      open += bracket && "([{".contains(text) ? 1 : bracket && ")]}".contains(text) ? -1 : 0;
      if (token.equals(last)) {
        break;
      }
    }
    return Math.max(open, 1);
  }

  @Test
  void randomBytesParse() {
    var random = new SplittableRandom(1);
    for (int i = 0; i < 400; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      parses(new String(bytes, StandardCharsets.UTF_8));
      parses(new String(bytes, StandardCharsets.ISO_8859_1));
      parses(new String(bytes, StandardCharsets.UTF_16));
    }
  }

  @Test
  void randomWordsCompile() throws IOException {
    var random = new SplittableRandom(2);
    List<String> words = words();
    for (int i = 0; i < 600; i++) {
      var text = new StringBuilder("project p { }\n");
      int length = random.nextInt(40);
      for (int j = 0; j < length; j++) {
        text.append(words.get(random.nextInt(words.size())));
        text.append(random.nextInt(6) == 0 ? "\n" : random.nextInt(8) == 0 ? "" : " ");
      }
      compiles(text.toString());
    }
  }

  @Test
  void randomSplicesOfProgramsCompile() throws IOException {
    var random = new SplittableRandom(3);
    List<Sample> samples = Corpus.all();
    for (int i = 0; i < 300; i++) {
      var text = new StringBuilder();
      for (int j = 0; j < 4; j++) {
        String from = samples.get(random.nextInt(samples.size())).text();
        int start = random.nextInt(from.length());
        text.append(from, start, Math.min(from.length(), start + random.nextInt(150)));
      }
      compiles(text.toString());
    }
  }

  @Test
  void lineEndsMarksAndBlanksOfAllKindsAreRead() {
    String text =
        "model a from \"s3://m/a.onnx\" {\n\ttimeout = 10s\n}\nmodel b from \"s3://m/b.onnx\"\n";
    for (String variant :
        List.of(
            text,
            "\ufeff" + text,
            text.replace("\n", "\r\n"),
            text.replace("\n", "\r"),
            text.replace(" ", "\u00a0"),
            text.replace(" ", " \t\f "))) {
      SourceUnit unit = parses(variant);
      assertEquals(List.of(), unit.diagnostics());
      assertEquals(2, unit.entries().size());
      assertEquals(4, unit.entries().get(1).span().from().line());
    }
  }

  @Test
  void columnsCountCharactersAsPeopleDo() {
    String text = "model a from \"s3://m/\ud83d\ude00.onnx\" ; { timeout = 10s }";
    for (String variant : List.of(text, "\ufeff" + text)) {
      var unit = parses(variant);
      assertEquals(1, unit.diagnostics().size(), () -> unit.diagnostics().toString());
      assertEquals(30, unit.diagnostics().getFirst().span().from().column());
    }
  }

  @Test
  void aCharacterThatIsNotSeenIsNamed() {
    var unit = parses("model a\u0000 from \"s3://m/a.onnx\"\n");
    assertEquals(1, unit.diagnostics().size());
    assertTrue(unit.diagnostics().getFirst().message().contains("U+0000"));
  }

  private static List<String> words() throws IOException {
    var words = new ArrayList<String>();
    for (Sample sample : Corpus.language()) {
      for (Token token : sample.parse().tokens()) {
        words.add(sample.text().substring(token.start(), token.end()));
      }
    }
    words.addAll(List.of("\"", "${", "/*", "*/", "$", "\\", ";", "é", "\u2028"));
    return words;
  }

  private static void compiles(String text) {
    parses(text);
    Compiler.check(SourceFolder.of(Map.of("p.serve", text))).diagnostics();
  }

  private static SourceUnit parses(String text) {
    SourceUnit unit = Parsing.parse(SourceFile.of("t.serve", text));
    int at = 0;
    for (Token token : unit.tokens()) {
      assertEquals(at, token.start(), "a piece of the text is in no token");
      at = token.end();
    }
    assertEquals(text.length(), at);
    assertTrue(unit.diagnostics().size() <= MOST_DIAGNOSTICS);
    return unit;
  }
}
