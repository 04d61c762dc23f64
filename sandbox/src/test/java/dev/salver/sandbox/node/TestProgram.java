package dev.salver.sandbox.node;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** A server to run as a pod: answers with its name, can be slow, fail, and be made to end. */
public final class TestProgram {
  private TestProgram() {}

  /** The command that starts it, on this JVM and class path. */
  public static List<String> command() {
    return List.of(
        ProcessHandle.current().info().command().orElse("java"),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx64m",
        "-Xshare:auto",
        "-cp",
        Path.of("target", "test-classes").toAbsolutePath()
            + File.pathSeparator
            + Path.of("target", "classes").toAbsolutePath(),
        TestProgram.class.getName());
  }

  /** Runs the image {@code test:server} as this program and {@code test:sh} as a shell. */
  public static Programs programs() {
    return image ->
        switch (image) {
          case "test:server" ->
              java.util.Optional.of(new Programs.Program(command(), Map.of("FROM_TABLE", "yes")));
          case "test:sh" ->
              java.util.Optional.of(new Programs.Program(List.of("/bin/sh", "-c"), Map.of()));
          default -> java.util.Optional.empty();
        };
  }

  /** Serves until it is told to end. */
  public static void main(String[] args) throws IOException {
    String name = System.getenv().getOrDefault("NAME", "unnamed");
    long startDelay = Long.parseLong(System.getenv().getOrDefault("START_MILLIS", "0"));
    var server =
        HttpServer.create(
            new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(System.getenv("PORT"))),
            0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    long readyAt = System.nanoTime() + startDelay * 1_000_000;
    var gate = new Semaphore(0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          byte[] body = exchange.getRequestBody().readAllBytes();
          int code = 200;
          String answer = name + " " + path + " " + body.length;
          switch (path) {
            case "/ready" -> code = System.nanoTime() >= readyAt ? 200 : 503;
            case "/env" -> answer = System.getenv().toString();
            case "/headers" -> answer = exchange.getRequestHeaders().entrySet().toString();
            case "/hold" -> gate.acquireUninterruptibly();
            case "/letgo" -> gate.release(100);
            case "/slow" -> gate(Long.parseLong(exchange.getRequestURI().getQuery()));
            case "/die" -> {
              Files.writeString(Path.of(System.getenv("TERMINATION_LOG")), "asked to die");
              Runtime.getRuntime().halt(7);
            }
            default -> {}
          }
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(code, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    System.out.println("listening");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(5)));
  }

  private static void gate(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
