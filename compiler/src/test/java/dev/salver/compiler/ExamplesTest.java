package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.TextReport;
import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The example without models of its own: each environment compiles, and its tests pass. */
class ExamplesTest {
  private static Program fraud() throws IOException {
    return Compiler.check(SourceFolder.read(Golden.folder("../examples/fraud")));
  }

  /** Its sources are made up, so there is nothing to pin. */
  private static String told(List<Diagnostic> diagnostics) {
    return TextReport.render(
        diagnostics.stream().filter(each -> !each.code().name().equals("SV7020")).toList());
  }

  @Test
  void everyEnvironmentCompilesWithoutAWord() throws IOException {
    Program program = fraud();
    var all = new ArrayList<>(program.diagnostics());
    all.addAll(Compiler.lint(program));
    assertEquals("", told(all));
    assertEquals(4, program.environments().size());
    for (String environment : program.environments()) {
      Output output = Compiler.compile(program, environment, Target.cluster());
      assertEquals("", told(output.diagnostics()));
      assertFalse(output.files().isEmpty());
    }
  }

  @TestFactory
  Stream<DynamicTest> itsTestsPass() throws IOException {
    Program program = fraud();
    assertFalse(program.tests().isEmpty());
    return program.tests().stream()
        .map(
            test ->
                DynamicTest.dynamicTest(
                    test.name(),
                    () -> assertEquals(List.of(), Stubbed.run(program, test).failures())));
  }
}
