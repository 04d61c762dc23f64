package dev.salver.compiler.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.Compiler;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFolder;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What fits is accepted; one mistake is one diagnostic. {@code -Drandom.programs=100000} for more.
 */
class RandomProgramsTest {
  private static final int PROGRAMS = Integer.getInteger("random.programs", 250);

  @Test
  void programsThatFitAreAcceptedAndEachMistakeInThemIsToldOnce() {
    var programs = new RandomPrograms(20_261_122);
    var random = new SplittableRandom(20_261_122);
    int mutants = 0;
    for (int i = 0; i < PROGRAMS; i++) {
      RandomPrograms.Generated program = programs.next();
      assertEquals(List.of(), diagnostics(program.text()), program::text);
      for (int turn = 0; turn < 2; turn++) {
        RandomPrograms.Mutant mutant =
            program.mutants().get(random.nextInt(program.mutants().size()));
        mutants++;
        List<Diagnostic> found = diagnostics(mutant.text());
        assertEquals(
            List.of(mutant.code()),
            found.stream().map(Diagnostic::code).toList(),
            () -> mutant.mistake() + "\n" + found + "\n" + mutant.text());
      }
    }
    assertTrue(mutants == 2 * PROGRAMS);
  }

  private static List<Diagnostic> diagnostics(String text) {
    return Compiler.check(SourceFolder.of(Map.of("p.serve", text))).diagnostics();
  }
}
