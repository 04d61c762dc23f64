package dev.salver.sandbox.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A container that ends is started again, and its end is told. */
class NodeRestartTest extends RunningNode {
  @Test
  void aKilledProcessIsStartedAgainWithBackOffAndItsEndIsRemembered() throws Exception {
    Pods.put(api, Pods.server("web", "app: web", ""));
    KubeObject before = ready("web");
    process(before.name()).destroyForcibly();
    Until.holds("a restart", () -> container("web").path("restartCount").asInt() == 1);
    KubeObject after = ready("web");
    JsonNode last = container("web").path("lastState").path("terminated");
    assertEquals(137, last.path("exitCode").asInt());
    assertEquals("Error", last.path("reason").asText());
    assertEquals("web / 0", get(after, "/"));
  }

  @Test
  void aCrashingContainerBacksOffAndShowsItsTerminationMessage() throws Exception {
    Pods.put(api, Pods.shell("crash", "echo going down; echo because > $TERMINATION_LOG; exit 3"));
    Until.holds("two restarts", () -> container("crash").path("restartCount").asInt() >= 2);
    JsonNode last = container("crash").path("lastState").path("terminated");
    assertEquals(3, last.path("exitCode").asInt());
    assertEquals("because", last.path("message").asText());
    Until.holds(
        "the back-off",
        () ->
            container("crash")
                .path("state")
                .path("waiting")
                .path("reason")
                .asText()
                .equals("CrashLoopBackOff"));
    ContainerLog logs = node.logFiles("demo", "crash", "main").get();
    assertEquals("going down\n", Files.readString(logs.previous()));
  }

  @Test
  void theLogsEndIsTheMessageWhereThePolicySaysSo() throws Exception {
    KubeObject pod = Pods.shell("crash", "echo last words; exit 1");
    ((com.fasterxml.jackson.databind.node.ObjectNode) pod.spec().path("containers").path(0))
        .put("terminationMessagePolicy", "FallbackToLogsOnError");
    Pods.put(api, pod);
    Until.holds("a restart", () -> container("crash").path("restartCount").asInt() >= 1);
    assertEquals(
        "last words",
        container("crash").path("lastState").path("terminated").path("message").asText());
  }

  @Test
  void aKilledProcessIsSaidToBeKilledBeforeWhatItLoggedLast() throws Exception {
    KubeObject pod = Pods.shell("shot", "echo all is well; kill -9 $$$$");
    ((com.fasterxml.jackson.databind.node.ObjectNode) pod.spec().path("containers").path(0))
        .put("terminationMessagePolicy", "FallbackToLogsOnError");
    Pods.put(api, pod);
    Until.holds("a restart", () -> container("shot").path("restartCount").asInt() >= 1);
    assertEquals(
        "ended by signal 9 (SIGKILL); its last words:\nall is well",
        container("shot").path("lastState").path("terminated").path("message").asText());
  }

  @Test
  void aFailingLivenessProbeRestartsTheContainer() throws Exception {
    KubeObject pod = Pods.shell("sick", "touch alive; sleep 0.5; rm -f alive; sleep 60");
    ((com.fasterxml.jackson.databind.node.ObjectNode) pod.spec().path("containers").path(0))
        .set(
            "livenessProbe",
            Pods.object(
                    """
                    exec: {command: [test, -e, alive]}
                    periodSeconds: 1
                    failureThreshold: 1
                    """)
                .tree());
    Pods.put(api, pod);
    Until.holds("a restart", () -> container("sick").path("restartCount").asInt() >= 1);
    assertEquals(
        143, container("sick").path("lastState").path("terminated").path("exitCode").asInt());
  }
}
