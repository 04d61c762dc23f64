package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.TextReport;
import dev.salver.compiler.format.Formatted;
import dev.salver.compiler.format.Formatting;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every program in the pages about the language compiles as it stands, in every environment. What a
 * snippet leaves out stands before it in a comment, {@code <!-- beside: … -->}. Where a report
 * follows, it is what the program is told, and nothing else is.
 */
class GuideTest {
  private static final Pattern SNIPPET =
      Pattern.compile(
          "(?:<!-- beside:\n(.*?)-->\n+)?```serve\n(.*?)\n```(?:\n+```text\n((?:error|warning)\\[.*?)\n```)?",
          Pattern.DOTALL);

  /** What a program without a lock, or beside nothing else, is told in any case. */
  private static final Set<String> EXPECTED = Set.of("SV7020");

  private record Snippet(int line, String beside, String text, String report) {}

  @TestFactory
  Stream<DynamicTest> programsOfTheGuideCompile() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    try (Stream<Path> pages = Files.list(Golden.folder("../docs/language"))) {
      for (Path page : pages.sorted().toList()) {
        for (Snippet snippet : snippets(Files.readString(page))) {
          tests.add(
              DynamicTest.dynamicTest(
                  page.getFileName() + ":" + snippet.line(), () -> compiles(snippet)));
        }
      }
    }
    assertFalse(tests.isEmpty());
    return tests.stream();
  }

  private static void compiles(Snippet snippet) {
    var texts = new TreeMap<String, String>();
    texts.put("guide.serve", snippet.text() + "\n");
    if (!snippet.beside().isEmpty()) {
      texts.put("beside.serve", snippet.beside());
    }
    if (texts.values().stream().noneMatch(text -> text.contains("project "))) {
      texts.put("project.serve", "project guide { }\n");
    }
    var program = Compiler.check(SourceFolder.of(texts));
    assertEquals(snippet.report(), TextReport.render(told(program.diagnostics())).strip());
    if (!snippet.report().isEmpty()) {
      return;
    }
    assertEquals("", TextReport.render(told(Compiler.lint(program))));
    SourceFile file = SourceFile.of("guide.serve", texts.get("guide.serve"));
    var formatted = assertInstanceOf(Formatted.Done.class, Formatting.format(file));
    assertEquals(formatted.text(), file.text());
    for (String environment : program.environments()) {
      Output output = Compiler.compile(program, environment, Target.cluster());
      assertEquals("", TextReport.render(told(output.diagnostics())));
    }
  }

  private static List<Diagnostic> told(List<Diagnostic> diagnostics) {
    return diagnostics.stream().filter(each -> !EXPECTED.contains(each.code().name())).toList();
  }

  private static List<Snippet> snippets(String page) {
    var snippets = new ArrayList<Snippet>();
    Matcher found = SNIPPET.matcher(page);
    while (found.find()) {
      String beside = found.group(1) == null ? "" : found.group(1);
      String report = found.group(3) == null ? "" : found.group(3);
      int line = (int) page.substring(0, found.start(2)).lines().count();
      snippets.add(new Snippet(line + 1, beside, found.group(2), report.strip()));
    }
    return snippets;
  }
}
