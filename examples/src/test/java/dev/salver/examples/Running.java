package dev.salver.examples;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One {@code salver up} as a process of its own, as a user has it in a terminal. */
final class Running {
  static final Duration START = Duration.ofMinutes(2);
  private static final int STACK = 12;
  private static final Pattern GATEWAY = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/serving/");

  private final Path project;
  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Running(Path project, Process process) {
    this.project = project;
    this.process = process;
  }

  /** Starts and waits for the line that says that files are followed. */
  static Running up(Path project, String... options) throws Exception {
    var arguments = new ArrayList<>(List.of("up", project.toString(), "--port", "0"));
    arguments.addAll(List.of(options));
    var running = new Running(project, salver(arguments).redirectErrorStream(true).start());
    Thread.ofVirtual().start(running::read);
    running.await("following", START);
    return running;
  }

  /** A command line of Salver from the class path under test. */
  static ProcessBuilder salver(List<String> arguments) {
    var command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.salver.cli.Main"));
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  /** What a command that ends by itself says and answers. */
  record Said(int code, String text) {}

  static Said run(String... arguments) throws IOException, InterruptedException {
    Process process = salver(List.of(arguments)).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }

  Process process() {
    return process;
  }

  Path project() {
    return project;
  }

  /** Everything printed so far. */
  String output() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  int linesSoFar() {
    synchronized (lines) {
      return lines.size();
    }
  }

  /** Waits for a line that contains a text. */
  String await(String text, Duration patience) throws Exception {
    return await(text, 0, patience);
  }

  /** The same, among the lines after the first so many. */
  String await(String text, int after, Duration patience) throws Exception {
    var found = new String[1];
    until(
        () -> {
          synchronized (lines) {
            for (int i = after; i < lines.size(); i++) {
              if (lines.get(i).contains(text)) {
                found[0] = lines.get(i);
                return true;
              }
            }
          }
          return !process.isAlive();
        },
        patience,
        "no line with \"" + text + "\"");
    if (found[0] == null) {
      throw new AssertionError("up ended without \"" + text + "\":\n" + output());
    }
    return found[0];
  }

  /** Waits for a condition with a deadline. */
  void until(BooleanSupplier condition, Duration patience, String otherwise) throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new TimeoutException(
            otherwise + " within " + patience + ":\n" + output() + "\n" + stacks());
      }
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }

  int gatewayPort() {
    Matcher matcher = GATEWAY.matcher(output());
    if (!matcher.find()) {
      throw new AssertionError("no address was printed:\n" + output());
    }
    return Integer.parseInt(matcher.group(1));
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + gatewayPort() + "/serving/quickstart/" + path))
            .timeout(Duration.ofMinutes(1))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Processes that {@code up} started for pods. */
  List<ProcessHandle> servers() {
    return process.descendants().filter(ProcessHandle::isAlive).toList();
  }

  List<ProcessHandle> servers(String model) {
    return servers().stream()
        .filter(handle -> handle.info().commandLine().orElse("").contains("--model_name=" + model))
        .toList();
  }

  /** What the threads of {@code up} are at, virtual ones included, as far as it is its own code. */
  private String stacks() throws IOException, InterruptedException {
    Path dump = Files.createTempFile("up", ".threads");
    try {
      Process jcmd =
          new ProcessBuilder(
                  System.getProperty("java.home")
                      + File.separator
                      + "bin"
                      + File.separator
                      + "jcmd",
                  Long.toString(process.pid()),
                  "Thread.dump_to_file",
                  "-overwrite",
                  dump.toString())
              .redirectErrorStream(true)
              .start();
      String said =
          new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return jcmd.waitFor() != 0
          ? said
          : Stream.of(Files.readString(dump).split("\n\n"))
              .filter(thread -> thread.contains("dev.salver."))
              .map(thread -> thread.lines().limit(STACK).collect(Collectors.joining("\n")))
              .collect(Collectors.joining("\n"));
    } finally {
      Files.deleteIfExists(dump);
    }
  }

  /** Ends it as Ctrl-C would, and makes sure of it. */
  void end() throws Exception {
    client.close();
    List<ProcessHandle> children = servers();
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
      throw new AssertionError("up did not end:\n" + output());
    }
  }

  /** A copy of an example to work on. */
  static Path copy(Path example, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(example)) {
      for (Path file : files.toList()) {
        Path relative = example.relativize(file);
        if (relative.toString().startsWith(".salver")) {
          continue;
        }
        Path target = to.resolve(relative.toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    return to;
  }

  private void read() {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (lines) {
          lines.add(line);
        }
      }
    } catch (IOException e) {
      synchronized (lines) {
        lines.add("(its output broke off: " + e.getMessage() + ")");
      }
    }
  }
}
