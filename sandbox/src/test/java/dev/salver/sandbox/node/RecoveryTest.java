package dev.salver.sandbox.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node does about processes of a predecessor that was killed. */
final class RecoveryTest {
  @TempDir Path state;

  @Test
  void aProcessThatThePodsFolderRecordedIsEnded() throws Exception {
    Process left = sleeper();
    record("demo_iris_1", ProcessId.of(left.toHandle()).orElseThrow().line());
    assertEquals(1, Leftovers.end(state));
    assertFalse(left.isAlive());
    assertFalse(Files.exists(PodFolder.pods(state)));
  }

  @Test
  void aStrangerThatGotTheNumberLaterIsLeftAlone() throws Exception {
    Process stranger = sleeper();
    try {
      ProcessId id = ProcessId.of(stranger.toHandle()).orElseThrow();
      record("demo_iris_1", new ProcessId(id.pid(), "another boot 4711").line());
      record("demo_iris_2", "not a process");
      assertEquals(0, Leftovers.end(state));
      assertTrue(stranger.isAlive());
      assertFalse(Files.exists(PodFolder.pods(state)));
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void aProcessKeepsItsIdentityAndAnotherHasAnother() throws Exception {
    Process first = sleeper();
    Process second = sleeper();
    try {
      ProcessId id = ProcessId.of(first.toHandle()).orElseThrow();
      assertEquals(id, ProcessId.parse(id.line()).orElseThrow());
      assertTrue(id.alive().isPresent());
      assertFalse(
          new ProcessId(second.pid(), id.start())
                  .equals(ProcessId.of(second.toHandle()).orElseThrow())
              && first.pid() == second.pid());
    } finally {
      first.destroyForcibly().waitFor();
      second.destroyForcibly().waitFor();
    }
    assertTrue(ProcessId.of(first.toHandle()).flatMap(ProcessId::alive).isEmpty());
  }

  private Process sleeper() throws IOException {
    return Processes.start(List.of("/bin/sleep", "300"), Map.of(), state);
  }

  private void record(String pod, String line) throws IOException {
    Path folder = PodFolder.pods(state).resolve(pod).resolve("containers").resolve("main");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("process"), line);
  }
}
