package dev.salver.compiler.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.salver.compiler.Compiler;
import dev.salver.compiler.Output;
import dev.salver.compiler.Program;
import dev.salver.compiler.Stubbed;
import dev.salver.compiler.Target;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.TextReport;
import dev.salver.compiler.format.Formatted;
import dev.salver.compiler.format.Formatting;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.compiler.syntax.SourceUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/**
 * What fits is accepted, and what it emits is valid; one mistake is one diagnostic. {@code
 * -Drandom.programs=100000} for more of them, {@code -Drandom.seed=…} for others; {@code
 * CONTRIBUTING.md} has the command. A program costs 30 to 40 ms of one core once the JVM is warm,
 * two mutants included, and each failure is printed as soon as it is found.
 */
class RandomProgramsTest {
  private static final int PROGRAMS = Integer.getInteger("random.programs", 180);
  private static final long SEED = Long.getLong("random.seed", 20_261_122L);
  private static final int SHOWN = 20;

  @Test
  void programsThatFitAreAcceptedAndWhatTheyEmitIsValidAlsoOnceFormatted() {
    forEach(
        seed -> {
          Map<String, String> files = RandomProgram.of(seed).files();
          Program program = accepted(files);
          Program formatted = accepted(formatted(program));
          for (SourceUnit unit : formatted.units()) {
            assertEquals(unit.file().text(), format(unit), "formatting twice is formatting once");
          }
          for (String environment : program.environments()) {
            Output output = Compiler.compile(program, environment, Target.cluster());
            Manifests.check(output);
            assertEquals(
                manifests(output),
                manifests(Compiler.compile(formatted, environment, Target.cluster())),
                "formatting changes a manifest of " + environment);
          }
          program
              .tests()
              .forEach(
                  test ->
                      assertEquals(List.of(), Stubbed.run(program, test).failures(), test.name()));
        });
  }

  @Test
  void eachMistakeInThemIsToldOnce() {
    forEach(
        seed -> {
          RandomProgram program = RandomProgram.of(seed);
          var random = new SplittableRandom(seed);
          for (int turn = 0; turn < 2; turn++) {
            RandomProgram.Mutant mutant = program.mutant(random.nextInt(program.mutants()));
            List<Diagnostic> found = check(mutant.files()).diagnostics();
            assertEquals(
                List.of(mutant.code()),
                found.stream().map(Diagnostic::code).toList(),
                () -> mutant.mistake() + "\n" + TextReport.render(found));
          }
        });
  }

  private static void forEach(LongConsumer behaviour) {
    var failures = new ArrayList<String>();
    for (int i = 0; i < PROGRAMS && failures.size() < SHOWN; i++) {
      long seed = SEED + i;
      try {
        behaviour.accept(seed);
      } catch (AssertionError | RuntimeException e) {
        var trace = e instanceof RuntimeException ? "\n" + List.of(e.getStackTrace()) : "";
        failures.add("seed " + seed + ": " + e + trace + "\n");
        System.out.println(failures.getLast());
      }
    }
    assertEquals(0, failures.size(), () -> String.join("\n", failures));
  }

  private static Program check(Map<String, String> files) {
    return Compiler.check(SourceFolder.of(files));
  }

  private static Program accepted(Map<String, String> files) {
    Program program = check(files);
    assertEquals("", TextReport.render(program.diagnostics()));
    return program;
  }

  private static Map<String, String> formatted(Program program) {
    var formatted = new TreeMap<String, String>();
    program.units().forEach(unit -> formatted.put(unit.file().path(), format(unit)));
    return formatted;
  }

  private static String format(SourceUnit unit) {
    return assertInstanceOf(Formatted.Done.class, Formatting.format(unit)).text();
  }

  /** All but the places in the sources, which formatting moves. */
  private static Map<String, String> manifests(Output output) {
    var texts = new TreeMap<String, String>();
    output
        .files()
        .forEach(
            (file, bytes) -> {
              if (file.endsWith(".yaml")) {
                texts.put(file, new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
              }
            });
    return texts;
  }
}
