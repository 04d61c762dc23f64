package dev.salver.compiler.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.Fixture;
import dev.salver.compiler.Golden;
import dev.salver.compiler.diagnostic.Fixing;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.syntax.SourceUnit;
import dev.salver.compiler.syntax.Token;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** One way to write a program down, which says what the author's way said. */
class FormattingTest {
  private static final Path PAIRS = Golden.folder("src/test/resources/format");
  private static final String BEFORE = ".before.serve";

  @TestFactory
  Stream<DynamicTest> before() throws IOException {
    return pairs().stream()
        .map(
            file -> {
              String name = file.getFileName().toString().replace(BEFORE, "");
              return DynamicTest.dynamicTest(name, () -> check(file, name));
            });
  }

  private static void check(Path file, String name) throws IOException {
    String text = Files.readString(file);
    Golden.check(PAIRS.resolve(name + ".after.serve"), kept(text));
  }

  private static List<Path> pairs() throws IOException {
    try (Stream<Path> files = Files.list(PAIRS)) {
      return files.filter(file -> file.toString().endsWith(BEFORE)).sorted().toList();
    }
  }

  /** Formats a text and checks all that holds of every result. */
  private static String kept(String text) {
    SourceUnit unit = Shape.parse(text);
    assertEquals(List.of(), unit.diagnostics(), text);
    String formatted = format(text);
    SourceUnit after = Shape.parse(formatted);
    assertEquals(List.of(), after.diagnostics(), () -> text + "\n→\n" + formatted);
    assertEquals(Shape.tree(unit), Shape.tree(after), () -> text + "\n→\n" + formatted);
    assertEquals(Shape.comments(unit), Shape.comments(after), () -> text + "\n→\n" + formatted);
    assertEquals(formatted, format(formatted), () -> "not its own result:\n" + text);
    assertTrue(formatted.isEmpty() || formatted.endsWith("\n"));
    assertFalse(formatted.contains(" \n") || formatted.contains("\n\n\n"), formatted);
    return formatted;
  }

  private static String format(String text) {
    return assertInstanceOf(
            Formatted.Done.class, Formatting.format(SourceFile.of("t.serve", text)), text)
        .text();
  }

  /** Every healthy program that the repository has. */
  private static List<String> corpus() throws IOException {
    var texts = new ArrayList<String>();
    for (Fixture fixture : Fixture.all()) {
      texts.add(fixture.source());
    }
    for (Path file : Sources.all()) {
      texts.add(Files.readString(file));
    }
    for (Path file : pairs()) {
      texts.add(Files.readString(file));
    }
    texts.removeIf(text -> !Shape.parse(text).diagnostics().isEmpty());
    assertTrue(texts.size() > 30);
    return texts;
  }

  @Test
  void everyProgramMeansTheSameAndKeepsItsComments() throws IOException {
    corpus().forEach(FormattingTest::kept);
  }

  @Test
  void everyProgramSurvivesCommentsAndLinesAnywhere() throws IOException {
    var random = new SplittableRandom(20_261_122);
    int legal = 0;
    for (String text : corpus()) {
      List<Token> tokens = Shape.parse(text).tokens();
      for (int round = 0; round < 20; round++) {
        String mutant = mutant(text, tokens, random);
        if (Shape.parse(mutant).diagnostics().isEmpty()) {
          legal++;
          kept(mutant);
        }
      }
    }
    assertTrue(legal > 400, legal + " programs");
  }

  private static String mutant(String text, List<Token> tokens, SplittableRandom random) {
    String[] inserts = {
      " ", "\n", "\n\n\n", " /* %d */ ", "/*%d*/", " // %d\n", "\n// %d\n", " /* %d\n  x */ ", "\t"
    };
    var out = new StringBuilder();
    int rate = 1 + random.nextInt(40);
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      String words = text.substring(token.start(), token.end());
      if (random.nextInt(rate) == 0 || random.nextInt(tokens.size()) < 2) {
        out.append(inserts[random.nextInt(inserts.length)].replace("%d", Integer.toString(i)));
      }
      boolean blank = token.kind() == Token.Kind.SPACE || token.kind() == Token.Kind.NEWLINE;
      out.append(blank && random.nextInt(rate * 2) == 0 ? " " : words);
    }
    return out.toString();
  }

  @Test
  void linesOfWindowsBecomeThoseOfTheRest() throws IOException {
    for (String text : corpus()) {
      assertEquals(kept(text), kept(text.replace("\n", "\r\n")).replace("\r", ""));
    }
  }

  @Test
  void nothingIsNothing() {
    assertEquals("", kept(""));
    assertEquals("", kept("\ufeff \n\n\t"));
    assertEquals("// alone\n", kept("\n\n// alone"));
  }

  @Test
  void aFileWithSyntaxErrorsIsLeftAlone() {
    var refused =
        assertInstanceOf(
            Formatted.Refused.class,
            Formatting.format(SourceFile.of("t.serve", "model iris {\nmodel   b from \"s3://b\"")));
    assertEquals(1, refused.errors().size());
  }

  @TestFactory
  Stream<DynamicTest> everyFileOfTheRepositoryIsFormatted() throws IOException {
    return Sources.all().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.toString(), () -> Golden.check(file, kept(Files.readString(file)))));
  }

  @Test
  void programsOfTheGuideAreFormatted() throws IOException {
    Path guide = Golden.folder("../docs/language");
    try (Stream<Path> pages = Files.list(guide)) {
      for (Path page : pages.sorted().toList()) {
        String text = Files.readString(page);
        Golden.check(
            page,
            Pattern.compile("(?s)(?<=```serve\n).*?(?=```)")
                .matcher(text)
                .replaceAll(program -> Matcher.quoteReplacement(kept(program.group()))));
      }
    }
  }

  @Test
  void aDifferenceIsADiagnosticWhoseFixFormatsTheFile() {
    String text = "model a { x = 1 }\nmodel   b { }\n\n\n\nmodel c { }\n";
    var file = SourceFile.of("t.serve", text);
    var difference = Formatting.difference(file, format(text)).orElseThrow();
    assertEquals("t.serve:2:7", difference.span().toString());
    var texts = new TreeMap<>(Map.of("t.serve", text));
    var fixed = Fixing.once(texts, List.of(difference), new ArrayList<>());
    assertEquals(format(text), fixed.get("t.serve"));
    var same = SourceFile.of("t.serve", format(text));
    assertEquals(Optional.empty(), Formatting.difference(same, format(text)));
  }

  @Test
  void theWorkGrowsWithTheText() {
    String[] pieces = {
      "model a from \"s3://m/a.onnx\" { labels { a = \"b\" }, scale { replicas = 1..2 } }\n",
      "graph g(x: f32[n]) -> f32[n] = a -> split { 90% => b, 10% => c } -> all { d, e } by mean\n",
      "policy p on model { deny f([1, 2, 3], [4, 5, 6]) && [1, 2, 3, 4, 5] == self.cpu else \"no\" }\n"
    };
    for (String piece : pieces) {
      grows(piece.repeat(20), piece.repeat(200), piece.repeat(2000));
    }
    String lists = "[1, 2, 3, 4, 5, 6, 7] + ";
    grows(
        "type T = f32[n]\nmodel a { x = " + lists.repeat(100) + "1 }",
        "model a { x = " + lists.repeat(300) + "1 }",
        "model a { x = " + lists.repeat(3000) + "1 }");
    grows(nested(10, 2), nested(180, 2), nested(180, 20));
  }

  private static String nested(int depth, int times) {
    return ("model a { x = " + "[1, 2, ".repeat(depth) + "3" + "]".repeat(depth) + " }\n")
        .repeat(times);
  }

  private static void grows(String warm, String few, String many) {
    time(warm);
    long before = time(few);
    long after = time(many);
    assertTrue(
        after < 40 * Math.max(before, 2_000_000), () -> before + " ns, then " + after + " ns");
  }

  private static long time(String text) {
    SourceUnit unit = Shape.parse(text);
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    assertInstanceOf(Formatted.Done.class, Formatting.format(unit));
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
  }
}
