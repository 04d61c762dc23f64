package dev.salver.sandbox.node;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts and ends programs so that nothing of them is left behind. */
final class Processes {
  private static final Optional<String> SETSID =
      List.of("/usr/bin/setsid", "/bin/setsid").stream()
          .filter(path -> Files.isExecutable(Path.of(path)))
          .findFirst();
  private static final Duration REAP = Duration.ofSeconds(5);

  private Processes() {}

  /**
   * Starts a program in a session of its own where {@code setsid} is at hand, so that Ctrl-C at the
   * terminal does not reach it. Its standard input is a pipe that ends with this process.
   */
  static Process start(List<String> command, Map<String, String> environment, Path folder)
      throws IOException {
    var line = new ArrayList<String>();
    SETSID.ifPresent(line::add);
    line.addAll(command);
    var builder = new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /**
   * End of input and SIGTERM, then SIGKILL for what is left of the program and its children after
   * the grace period.
   *
   * @return whether the program ended by itself in time
   */
  static boolean terminate(ProcessHandle process, Duration grace) {
    List<ProcessHandle> family = family(process);
    process.destroy();
    boolean ended = await(process, grace);
    family.addAll(session(process.pid()));
    family.forEach(ProcessHandle::destroyForcibly);
    if (!ended) {
      process.destroyForcibly();
      await(process, REAP);
    }
    return ended;
  }

  /** Ends what a program left running in its session. */
  static void sweep(long pid) {
    session(pid).forEach(ProcessHandle::destroyForcibly);
  }

  static void closeInput(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The reader is gone already, which is what was wanted.
    }
  }

  private static List<ProcessHandle> family(ProcessHandle process) {
    var result = new ArrayList<ProcessHandle>();
    process.descendants().forEach(result::add);
    return result;
  }

  private static boolean await(ProcessHandle process, Duration patience) {
    CompletableFuture<ProcessHandle> exit = process.onExit();
    try {
      exit.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      return !process.isAlive();
    }
  }

  /** Members of the session that a program led; a session's number is its leader's. */
  private static List<ProcessHandle> session(long leader) {
    var result = new ArrayList<ProcessHandle>();
    if (SETSID.isEmpty()) {
      return result;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      String wanted = Long.toString(leader);
      for (Path each : all) {
        long pid = Long.parseLong(each.getFileName().toString());
        if (pid != leader && ProcessId.field(pid, 6).filter(wanted::equals).isPresent()) {
          ProcessHandle.of(pid).ifPresent(result::add);
        }
      }
    } catch (IOException | NumberFormatException e) {
      // Without /proc the descendants taken before the signal have to do.
    }
    return result;
  }
}
