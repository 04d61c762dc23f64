package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.salver.compiler.diagnostic.TextReport;
import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every program in the guide compiles as it stands. */
class GuideTest {
  private static final String FENCE = "```serve\n";

  @TestFactory
  Stream<DynamicTest> programsOfTheGuideCompile() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    try (Stream<Path> pages = Files.list(Golden.folder("../docs/language"))) {
      for (Path page : pages.sorted().toList()) {
        List<String> programs = programs(Files.readString(page));
        for (int i = 0; i < programs.size(); i++) {
          String program = programs.get(i);
          tests.add(
              DynamicTest.dynamicTest(page.getFileName() + " " + (i + 1), () -> compiles(program)));
        }
      }
    }
    assertFalse(tests.isEmpty());
    return tests.stream();
  }

  private static void compiles(String text) {
    var texts = new TreeMap<String, String>();
    texts.put("guide.serve", text);
    if (!text.contains("project ")) {
      texts.put("project.serve", "project guide { }\n");
    }
    var program = Compiler.check(SourceFolder.of(texts));
    assertEquals("", TextReport.render(program.diagnostics()));
    for (String environment : program.environments()) {
      assertEquals(
          List.of(), Compiler.compile(program, environment, Target.cluster()).diagnostics());
    }
  }

  private static List<String> programs(String page) {
    var programs = new ArrayList<String>();
    for (int at = page.indexOf(FENCE); at >= 0; at = page.indexOf(FENCE, at)) {
      int end = page.indexOf("\n```\n", at);
      programs.add(page.substring(at + FENCE.length(), end + 1));
      at = end;
    }
    return programs;
  }
}
