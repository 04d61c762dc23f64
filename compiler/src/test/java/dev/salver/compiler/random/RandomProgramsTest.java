package dev.salver.compiler.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.salver.compiler.Compiler;
import dev.salver.compiler.Program;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFolder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RandomProgramsTest {
  private static final int PROGRAMS = Integer.getInteger("random.programs", 250);
  private static final long SEED = Long.getLong("random.seed", 20_261_122L);

  @Test
  void scratch() {
    var seen = new java.util.TreeMap<String, Integer>();
    var examples = new java.util.TreeMap<String, String>();
    int good = 0;
    for (int i = 0; i < PROGRAMS; i++) {
      RandomProgram program = RandomProgram.of(SEED + i);
      try {
      var found = check(program.files()).diagnostics();
      if (found.isEmpty()) { good++;
        var r = new java.util.SplittableRandom(SEED + i);
        for (int k = 0; k < 4; k++) {
          var m = program.mutant(r.nextInt(program.mutants()));
          var f = check(m.files()).diagnostics();
          if (!f.stream().map(Diagnostic::code).toList().equals(List.of(m.code()))) {
            String key = "MUT " + m.mistake().replaceAll("[0-9]+", "N") + " want " + m.code() + " got " + f.stream().map(d -> d.code().toString()).distinct().toList();
            seen.merge(key, 1, Integer::sum);
            examples.putIfAbsent(key, "seed " + (SEED + i) + " " + dev.salver.compiler.diagnostic.TextReport.render(f));
          }
        }
      }
      for (var d : found) {
        String key = d.code() + " " + d.message().replaceAll("`[^`]*`", "X").replaceAll("[0-9]+", "N");
        seen.merge(key, 1, Integer::sum);
        examples.putIfAbsent(key, "seed " + (SEED + i) + " " + dev.salver.compiler.diagnostic.TextReport.render(List.of(d)));
      }
      } catch (RuntimeException e) { var w = new java.io.StringWriter(); e.printStackTrace(new java.io.PrintWriter(w)); examples.putIfAbsent("EXC " + e, "seed " + (SEED+i) + " " + w.toString().lines().limit(12).collect(java.util.stream.Collectors.joining("\n"))); seen.merge("EXC " + e, 1, Integer::sum); }
    }
    System.out.println("GOOD " + good + " of " + PROGRAMS);
    seen.forEach((k, n) -> System.out.println("## " + n + " " + k + "\n" + examples.get(k)));
  }

  static Program check(Map<String, String> files) {
    return Compiler.check(SourceFolder.of(files));
  }
}
