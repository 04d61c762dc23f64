package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
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
    // Made of sources that no fixture file can be: see LimitsTest, EmissionTest, ImportsTest and
    // GpusTest and GraphPlanTest.
    missing.removeAll(
        List.of(
            Code.SV0001,
            Code.SV0002,
            Code.SV0003,
            Code.SV0004,
            Code.SV0005,
            Code.SV2127,
            Code.SV3006,
            Code.SV5030,
            Code.SV7001,
            Code.SV7002,
            Code.SV7003,
            Code.SV7004,
            Code.SV7005,
            Code.SV7006));
    // Said by `salver fmt --check` and not by the compiler: see FormattingTest.
    missing.remove(Code.SV0120);
    assertTrue(missing.isEmpty(), () -> "no fixture shows " + missing);
  }
}
