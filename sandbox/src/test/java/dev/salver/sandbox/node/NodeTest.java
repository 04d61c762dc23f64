package dev.salver.sandbox.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.sandbox.api.Api;
import dev.salver.sandbox.api.DeleteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Pods are run as processes, and end as they do on a cluster. */
class NodeTest extends RunningNode {
  @Test
  void aPodIsRunUntilReadyAndItsPortIsWrittenDown() throws Exception {
    Pods.put(api, Pods.server("web", "app: web", "- {name: START_MILLIS, value: \"300\"}"));
    KubeObject pod = ready("web");
    assertEquals("local", pod.spec().path("nodeName").asText());
    assertEquals("Running", pod.status().path("phase").asText());
    assertEquals("127.0.0.1", pod.status().path("podIP").asText());
    assertEquals("web / 0", get(pod, "/"));
    String environment = get(pod, "/env");
    assertTrue(environment.contains("http_proxy=http://127.0.0.1:9"), environment);
    assertTrue(environment.contains("FROM_TABLE=yes"), environment);
    assertTrue(api.get(new ObjectKey(ResourceTypes.NODE.gvk(), "", "local")).get().is("Ready"));
  }

  @Test
  void aDeletedPodLeavesTheApiAfterItsProcessEnded() throws Exception {
    Pods.put(api, Pods.server("web", "app: web", ""));
    ProcessHandle process = process(ready("web").name());
    api.delete(Pods.key("demo", "web"), Api.Preconditions.NONE);
    Until.holds("the pod's end", () -> pod("web").isEmpty());
    assertFalse(process.isAlive());
    Until.holds("an empty folder", () -> isEmpty(state.resolve("pods")));
  }

  @Test
  void anImageWithoutAProgramWaitsAndSaysWhatWouldRunIt() throws Exception {
    KubeObject pod = Pods.shell("stranger", "true");
    ((com.fasterxml.jackson.databind.node.ObjectNode) pod.spec().path("containers").path(0))
        .put("image", "example.com/unknown:1");
    Pods.put(api, pod);
    JsonNode waiting =
        Until.gives(
            "the reason",
            () -> container("stranger").path("state").path("waiting"),
            node -> node.path("reason").asText().equals("ImageNotRunnable"));
    assertTrue(waiting.path("message").asText().contains("example.com/unknown:1"));
    assertTrue(waiting.path("message").asText().contains("Kubernetes cluster"));
    assertEquals("Pending", pod("stranger").get().status().path("phase").asText());
    api.delete(Pods.key("demo", "stranger"), Api.Preconditions.NONE);
    Until.holds("its end", () -> pod("stranger").isEmpty());
  }

  @Test
  void aProcessThatIgnoresTheSignalIsKilledAfterItsGracePeriodWithItsChildren() throws Exception {
    KubeObject pod =
        Pods.shell("deaf", "trap '' TERM; sleep 300 & echo $!; while :; do sleep 300; done");
    ((com.fasterxml.jackson.databind.node.ObjectNode) pod.spec())
        .put("terminationGracePeriodSeconds", 1);
    Pods.put(api, pod);
    ready("deaf");
    Path log = node.logFiles("demo", "deaf", "main").get().current();
    Until.holds("the child's number", () -> Files.readString(log).endsWith("\n"));
    long child = Long.parseLong(Files.readString(log).strip());
    ProcessHandle main = process("deaf");
    api.delete(Pods.key("demo", "deaf"), Api.Preconditions.NONE);
    Until.holds("its end", () -> pod("deaf").isEmpty());
    assertFalse(main.isAlive());
    Until.holds(
        "the child's end", () -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void aSecondDeletionWithoutGraceKillsAtOnceAndPodsHaveASessionOfTheirOwn() throws Exception {
    KubeObject pod = Pods.shell("deaf", "trap '' TERM; while :; do sleep 1; done");
    ((com.fasterxml.jackson.databind.node.ObjectNode) pod.spec())
        .put("terminationGracePeriodSeconds", 600);
    Pods.put(api, pod);
    ready("deaf");
    ProcessHandle process = process("deaf");
    if (Files.exists(Path.of("/usr/bin/setsid"))) {
      assertEquals(Long.toString(process.pid()), ProcessId.field(process.pid(), 6).orElseThrow());
    }
    api.delete(Pods.key("demo", "deaf"), Api.Preconditions.NONE);
    Until.holds("the mark", () -> pod("deaf").get().isBeingDeleted());
    api.delete(
        Pods.key("demo", "deaf"),
        new DeleteOptions(
            Api.Preconditions.NONE,
            OptionalLong.of(0),
            DeleteOptions.Propagation.BACKGROUND,
            false));
    Until.holds("its end", () -> pod("deaf").isEmpty());
    assertFalse(process.isAlive());
  }

  @Test
  void closingTheNodeLeavesNoProcessAndANewNodeStartsThePodAnew() throws Exception {
    Pods.put(api, Pods.server("web", "app: web", ""));
    ProcessHandle first = process(ready("web").name());
    node.close();
    assertFalse(first.isAlive());
    assertFalse(pod("web").get().is("Ready"));
    node = Node.start(api, TestProgram.programs(), options(), scheduler);
    KubeObject again = ready("web");
    assertNotEquals(first.pid(), process(again.name()).pid());
    assertEquals("web / 0", get(again, "/"));
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }
}
