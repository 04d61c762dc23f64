package dev.salver.sandbox.node;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ends what a killed predecessor left running, and nothing else: a process counts only if its
 * number and its start time are those that the pod's folder recorded.
 */
final class Leftovers {
  private static final Duration GRACE = Duration.ofSeconds(2);

  private Leftovers() {}

  /**
   * Ends the processes and removes the pods' folders.
   *
   * @return how many processes were ended
   */
  static int end(Path state) throws IOException {
    Path pods = PodFolder.pods(state);
    if (!Files.isDirectory(pods)) {
      return 0;
    }
    List<ProcessHandle> left = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(pods)) {
      for (Path pod : folders) {
        for (Path container : containers(pod)) {
          recorded(container.resolve("process")).flatMap(ProcessId::alive).ifPresent(left::add);
        }
      }
    }
    var threads = new ArrayList<Thread>();
    for (ProcessHandle each : left) {
      threads.add(Thread.ofVirtual().start(() -> Processes.terminate(each, GRACE)));
    }
    for (Thread each : threads) {
      try {
        each.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    PodFolder.delete(pods);
    return left.size();
  }

  private static List<Path> containers(Path pod) throws IOException {
    Path folder = pod.resolve("containers");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var result = new ArrayList<Path>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      all.forEach(result::add);
    }
    return result;
  }

  private static Optional<ProcessId> recorded(Path file) throws IOException {
    return Files.isRegularFile(file)
        ? ProcessId.parse(Files.readString(file).strip())
        : Optional.empty();
  }
}
