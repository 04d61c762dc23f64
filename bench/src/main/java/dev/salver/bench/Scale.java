package dev.salver.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * From the command to manifests of large projects, cold: a thousand models in ten thousand lines
 * beside an empty JVM, and about ten times as many (a program has at most 10,000 declarations)
 * beside the thousand.
 */
final class Scale {
  private static final int THOUSAND = 1_000;
  private static final int TEN_THOUSAND = 9_980;
  private static final int PER_FILE = 20;

  private final Build build;
  private final Path log;

  Scale(Build build, Path log) {
    this.build = build;
    this.log = log;
  }

  List<Measured> measure(int rounds) throws IOException, InterruptedException {
    Path small = ManyModels.written(THOUSAND, PER_FILE);
    Path large = ManyModels.written(TEN_THOUSAND, PER_FILE);
    double[] thousand = new double[rounds];
    double[] tenThousand = new double[rounds];
    double[] empty = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      empty[round] = Child.run(build.emptyJvm(), log).toNanos() / 1e6;
      thousand[round] = compiled(small);
      tenThousand[round] = compiled(large);
    }
    return List.of(
        Measured.of("1,000 models to manifests", "ms", thousand, "an empty JVM", empty),
        Measured.of("10,000 models to manifests", "ms", tenThousand, "1,000 models", thousand));
  }

  private double compiled(Path project) throws IOException, InterruptedException {
    Path out = project.resolveSibling(project.getFileName() + "-out");
    List<String> command =
        build.profile(
            "cli", "compile", project.toString(), "--env", "prod", "--to", out.toString());
    return Child.run(command, log).toNanos() / 1e6;
  }
}
