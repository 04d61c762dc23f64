package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import java.io.IOException;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** One file is one case: a program, and behind a line of dashes what the compiler says about it. */
class DiagnosticFixturesTest {
  @TestFactory
  Stream<DynamicTest> theCompilerSays() throws IOException {
    return Fixture.all().stream()
        .map(fixture -> DynamicTest.dynamicTest(fixture.name(), () -> check(fixture)));
  }

  private static void check(Fixture fixture) throws IOException {
    Golden.check(fixture.file(), fixture.withReport(fixture.report()));
  }

  @Test
  void everyCodeHasAFixture() throws IOException {
    var missing = EnumSet.allOf(Code.class);
    for (Fixture fixture : Fixture.all()) {
      fixture.diagnostics().stream().map(Diagnostic::code).forEach(missing::remove);
    }
    assertTrue(missing.isEmpty(), () -> "no fixture shows " + missing);
  }
}
