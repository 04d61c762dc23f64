package dev.salver.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code salver up}, second start: from the command to the first right answer through the gateway;
 * and a request that finds no process and wakes one. Beside the server's own start to first answer.
 */
final class UpToAnswer {
  private static final Pattern GATEWAY = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/serving/");
  private static final String WAKING = "digits/v2/models/digits/infer";
  private static final Duration ASLEEP = Duration.ofMinutes(1);

  private final Build build;
  private final Path log;

  UpToAnswer(Build build, Path log) {
    this.build = build;
    this.log = log;
  }

  List<Measured> measure(int rounds) throws IOException, InterruptedException {
    Path project = copy();
    Child.run(command(project, "--until-ready"), log);
    double[] up = new double[rounds];
    double[] woke = new double[rounds];
    double[] server = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      server[round] = serverAlone();
    }
    for (int round = 0; round < rounds; round++) {
      long started = System.nanoTime();
      Process process = new ProcessBuilder(command(project)).redirectError(log.toFile()).start();
      try (var lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        int port = gateway(lines);
        String body = Files.readString(project.resolve("requests/iris.json"));
        ask(port, "iris/v2/models/iris/infer", body);
        up[round] = (System.nanoTime() - started) / 1e6;
        woke[round] = wake(process, port, project);
      } finally {
        process.destroy();
        process.waitFor(60, TimeUnit.SECONDS);
      }
    }
    return List.of(
        Measured.of("second up, command to first answer", "ms", up, "the server alone", server),
        Measured.of("request that wakes a process", "ms", woke, "the server alone", server));
  }

  private double serverAlone() throws IOException, InterruptedException {
    Path models = Files.createTempDirectory("bench-models");
    Files.copy(build.irisModel(), models.resolve("iris.onnx"));
    try (Child child =
        Child.server(
            build.profile("server", "model", "--model_name=iris", "--model_dir=" + models),
            java.util.Map.of(),
            log)) {
      return child.firstAnswer("/v2/models/iris/infer", build.irisRequest()).toNanos() / 1e6;
    }
  }

  private static double wake(Process up, int port, Path project)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + ASLEEP.toNanos();
    while (up.descendants().anyMatch(UpToAnswer::isDigits)) {
      if (System.nanoTime() > end) {
        throw new IOException("digits did not scale to zero within " + ASLEEP);
      }
      up.waitFor(50, TimeUnit.MILLISECONDS);
    }
    String body = Files.readString(project.resolve("requests/digits.json"));
    long started = System.nanoTime();
    ask(port, WAKING, body);
    return (System.nanoTime() - started) / 1e6;
  }

  private static boolean isDigits(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("--model_name=digits");
  }

  private static void ask(int port, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/serving/quickstart/" + path))
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
      }
    }
  }

  private static int gateway(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher matcher = GATEWAY.matcher(line);
      if (matcher.find()) {
        return Integer.parseInt(matcher.group(1));
      }
    }
    throw new IOException("up ended before it was ready");
  }

  private List<String> command(Path project, String... more) {
    String[] arguments = new String[4 + more.length];
    arguments[0] = "up";
    arguments[1] = project.toString();
    arguments[2] = "--port";
    arguments[3] = "0";
    System.arraycopy(more, 0, arguments, 4, more.length);
    return build.profile("up", arguments);
  }

  /** The quickstart with an idle time as short as it goes, so that rounds do not wait for sleep. */
  private Path copy() throws IOException {
    Path project = Files.createTempDirectory("bench-quickstart");
    for (String folder : List.of("models", "requests")) {
      Files.createDirectory(project.resolve(folder));
      for (String model : List.of("iris", "digits")) {
        String name = model + (folder.equals("models") ? ".onnx" : ".json");
        Files.copy(
            build.quickstart().resolve(folder).resolve(name),
            project.resolve(folder).resolve(name),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.copy(build.quickstart().resolve("project.serve"), project.resolve("project.serve"));
    Files.writeString(
        project.resolve("environments.serve"),
        "env local {\n  model iris { scale.replicas = 1 }\n  model digits { scale.idle = 6s }\n}\n");
    return project;
  }
}
