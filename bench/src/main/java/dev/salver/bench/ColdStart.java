package dev.salver.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * From a command to its result: the server's first answer, and {@code check}, beside an empty JVM.
 */
final class ColdStart {
  private final Build build;
  private final Path log;

  ColdStart(Build build, Path log) {
    this.build = build;
    this.log = log;
  }

  List<Measured> measure(int rounds) throws IOException, InterruptedException {
    double[] server = new double[rounds];
    double[] check = new double[rounds];
    double[] empty = new double[rounds];
    Path models = Files.createTempDirectory("bench-models");
    Files.copy(build.irisModel(), models.resolve("iris.onnx"));
    for (int round = 0; round < rounds; round++) {
      empty[round] = millis(Child.run(build.emptyJvm(), log));
      check[round] =
          millis(Child.run(build.profile("check", "check", build.quickstart().toString()), log));
      try (Child child =
          Child.server(
              build.profile("server", "model", "--model_name=iris", "--model_dir=" + models),
              Map.of(),
              log)) {
        server[round] = millis(child.firstAnswer("/v2/models/iris/infer", build.irisRequest()));
      }
    }
    return List.of(
        Measured.of("server, start to first answer", "ms", server, "an empty JVM", empty),
        Measured.of("salver check, quickstart", "ms", check, "an empty JVM", empty));
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
