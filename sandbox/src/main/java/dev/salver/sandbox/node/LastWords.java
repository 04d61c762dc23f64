package dev.salver.sandbox.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Why a program ended, from its exit status, its termination message and its log. */
final class LastWords {
  /** Kubernetes' bounds for a termination message, and for one taken from the log. */
  private static final int MAX_MESSAGE = 4096;

  private static final int MAX_FROM_LOG = 2048;
  private static final int MAX_LINES = 80;
  private static final int SIGNALLED = 128;
  private static final int KILLED = SIGNALLED + 9;
  private static final int JAVA_OUT_OF_MEMORY = 3;
  private static final Path CGROUP = Path.of("/sys/fs/cgroup/memory.events");

  private final Path message;
  private final ContainerLog log;
  private final long killsBefore = kills();

  LastWords(Path message, ContainerLog log) {
    this.message = message;
    this.log = log;
  }

  /** Reads what is left to read; the log is complete by now. */
  ContainerState.Terminated terminated(
      JsonNode container,
      int exitCode,
      boolean asked,
      Instant startedAt,
      Instant finishedAt,
      long pid) {
    String words = read();
    boolean fromLog =
        container.path("terminationMessagePolicy").asText().equals("FallbackToLogsOnError");
    if (words.isEmpty() && fromLog && exitCode != 0) {
      words = log.tail(MAX_LINES, MAX_FROM_LOG).strip();
      if (exitCode > SIGNALLED && !asked) {
        words = ("ended by signal " + signal(exitCode) + "; its last words:\n" + words).strip();
      }
    }
    return new ContainerState.Terminated(
        exitCode, reason(exitCode, asked), words, startedAt, finishedAt, pid);
  }

  private String reason(int exitCode, boolean asked) {
    if (exitCode == 0) {
      return "Completed";
    }
    boolean killed = exitCode == KILLED && !asked && kills() > killsBefore;
    boolean javaGaveUp =
        exitCode == JAVA_OUT_OF_MEMORY
            && log.tail(MAX_LINES, MAX_FROM_LOG).contains("java.lang.OutOfMemoryError");
    return killed || javaGaveUp ? "OOMKilled" : "Error";
  }

  /** A process that was killed had no chance to say so; its log only tells what it did before. */
  private static String signal(int exitCode) {
    int number = exitCode - SIGNALLED;
    return switch (number) {
      case 6 -> "6 (SIGABRT)";
      case 9 -> "9 (SIGKILL)";
      case 11 -> "11 (SIGSEGV)";
      case 15 -> "15 (SIGTERM)";
      default -> Integer.toString(number);
    };
  }

  private String read() {
    try (InputStream in = Files.newInputStream(message)) {
      return new String(in.readNBytes(MAX_MESSAGE), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** How often the kernel killed for memory in this control group; all that is known about why. */
  private static long kills() {
    try {
      return Files.readAllLines(CGROUP).stream()
          .filter(line -> line.startsWith("oom_kill "))
          .mapToLong(line -> Long.parseLong(line.substring(9).strip()))
          .sum();
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }
}
