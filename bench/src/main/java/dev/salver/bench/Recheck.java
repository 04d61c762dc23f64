package dev.salver.bench;

import dev.salver.compiler.Compiler;
import dev.salver.compiler.Program;
import dev.salver.compiler.Session;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.source.Imports;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.compiler.syntax.Parsing;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The CPU that a session takes after one edit in a project of 1,000 files, all environments
 * checked, beside checking all of it anew and beside reading the one file; the JVM warm.
 */
final class Recheck {
  private static final int MODELS = 1_000;
  private static final int WARM_UP = 150;
  private static final int WARM_UP_WHOLE = 30;
  private static final int EDITED = 7;

  List<Measured> measure(int rounds) {
    Map<String, String> texts = ManyModels.project(MODELS, 1);
    double[] again = new double[rounds];
    double[] whole = new double[rounds];
    double[] one = new double[rounds];
    var session = new Session();
    for (int round = -WARM_UP; round < rounds; round++) {
      String text = ManyModels.model(EDITED, 5 + Math.floorMod(round, 90));
      texts.put(ManyModels.path(EDITED), text);
      SourceFolder folder = SourceFolder.of(texts);
      double edit = millis(() -> session.check(folder, Imports.NONE, Lock.NONE));
      double parse = millis(() -> Parsing.parse(SourceFile.of("edited.serve", text)));
      double all = round < -WARM_UP_WHOLE ? 0 : millis(() -> Compiler.check(folder));
      if (round >= 0) {
        again[round] = edit;
        one[round] = parse;
        whole[round] = all;
      }
    }
    String name = "re-check after one edit in 1,000 files";
    return List.of(
        Measured.of(name, "ms CPU", again, "checking them all, warm", whole),
        Measured.of(name, "ms CPU", again, "reading the file", one));
  }

  private static double millis(Supplier<?> work) {
    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    Object result = work.get();
    long end = threads.getCurrentThreadCpuTime();
    if (result instanceof Program program && program.hasErrors()) {
      throw new IllegalStateException(program.diagnostics().getFirst().toString());
    }
    return (end - start) / 1e6;
  }
}
