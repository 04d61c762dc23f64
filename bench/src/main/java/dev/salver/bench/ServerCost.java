package dev.salver.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The server's CPU per request for the quickstart's iris model, beside ONNX Runtime alone and
 * beside a fixed reply of the same HTTP stack. Rounds are interleaved, so that a neighbour on the
 * machine disturbs both.
 */
final class ServerCost {
  private static final String INFER = "/v2/models/iris/infer";
  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final Duration ROUND = Duration.ofSeconds(3);

  private final Build build;
  private final Path log;

  ServerCost(Build build, Path log) {
    this.build = build;
    this.log = log;
  }

  List<Measured> measure(int rounds) throws IOException, InterruptedException {
    double[] served = new double[rounds];
    double[] fixed = new double[rounds];
    Path models = Files.createTempDirectory("bench-models");
    Files.copy(build.irisModel(), models.resolve("iris.onnx"));
    try (Child server =
            Child.server(
                build.profile("server", "model", "--model_name=iris", "--model_dir=" + models),
                Map.of(),
                log);
        Child reply = Child.server(build.ownMain(FixedReply.class), Map.of(), log)) {
      server.firstAnswer(INFER, build.irisRequest());
      reply.firstAnswer(INFER, build.irisRequest());
      var toServer = new Load(server.port(), INFER, build.irisRequest());
      var toReply = new Load(reply.port(), INFER, build.irisRequest());
      toServer.run(WARM_UP);
      toReply.run(WARM_UP);
      for (int round = 0; round < rounds; round++) {
        served[round] = cost(server, toServer);
        fixed[round] = cost(reply, toReply);
      }
    }
    double[] raw = raw(rounds);
    return List.of(
        Measured.of(
            "CPU per request, iris, V2 JSON", "µs", served, "fixed reply, same stack", fixed),
        Measured.of(
            "CPU per request, iris, V2 JSON", "µs", served, "ONNX Runtime in process", raw));
  }

  private static double cost(Child child, Load load) throws IOException, InterruptedException {
    Duration before = child.cpu();
    long answers = load.run(ROUND);
    return child.cpu().minus(before).toNanos() / 1000.0 / answers;
  }

  private double[] raw(int rounds) throws IOException {
    var command =
        build.ownMain(
            RawInference.class, build.irisModel().toString(), "input", Integer.toString(rounds));
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    var costs = new ArrayList<Double>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        costs.add(Long.parseLong(line) / 1000.0);
      }
    }
    if (costs.size() != rounds) {
      throw new IOException("ONNX Runtime alone did not finish; see " + log);
    }
    return costs.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
