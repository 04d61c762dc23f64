package dev.salver.sandbox.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.sandbox.api.ApiException;
import dev.salver.sandbox.api.LogSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Logs of containers are kept within bounds, and followed. */
class NodeLogsTest extends RunningNode {
  @Test
  void logsAreRotatedAtTheirBound() throws Exception {
    node.close();
    node = Node.start(api, TestProgram.programs(), options().withMaxLog(20_000), scheduler);
    Pods.put(
        api,
        Pods.shell(
            "loud",
            "i=0; while [ $i -lt 4000 ]; do echo line $i; i=$((i+1)); done; echo end; sleep 60"));
    ready("loud");
    ContainerLog logs = node.logFiles("demo", "loud", "main").get();
    Until.holds("the last line", () -> Files.readString(logs.current()).endsWith("end\n"));
    assertTrue(Files.size(logs.current()) <= 20_000);
    assertTrue(Files.size(logs.older()) <= 20_000);
  }

  @Test
  void aLogIsFollowedAcrossRotationToTheEndOfTheRunAndThePreviousOneIsKept() throws Exception {
    node.close();
    node = Node.start(api, TestProgram.programs(), options().withMaxLog(20_000), scheduler);
    Pods.put(
        api,
        Pods.shell(
            "talk",
            "i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done; read x; exit 1"));
    LogSource logs = new NodeLogs(node);
    ready("talk");
    ContainerLog written = node.logFiles("demo", "talk", "main").get();
    Until.holds("the last line", () -> Files.readString(written.current()).endsWith("line 2999\n"));
    var refused = assertThrows(ApiException.class, () -> logs.open("demo", "talk", "main", true));
    assertEquals(400, refused.code());
    var text = new StringBuilder();
    try (LogSource.Log log = logs.open("demo", "talk", "", false)) {
      process("talk").destroy();
      byte[] buffer = new byte[4096];
      for (int n = 0; n >= 0; n = log.read(buffer, Duration.ofSeconds(10))) {
        text.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
      }
    }
    assertTrue(text.toString().endsWith("\n"), "the log is cut off");
    Until.holds("a restart", () -> container("talk").path("restartCount").asInt() >= 1);
    logs.open("demo", "talk", "main", true).close();
  }
}
