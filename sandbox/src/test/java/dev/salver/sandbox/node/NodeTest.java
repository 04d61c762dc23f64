package dev.salver.sandbox.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.run.SystemScheduler;
import dev.salver.sandbox.api.Api;
import dev.salver.sandbox.api.ApiException;
import dev.salver.sandbox.api.DeleteOptions;
import dev.salver.sandbox.api.LogSource;
import dev.salver.sandbox.api.SandboxApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeTest {
  @TempDir Path state;
  private final SystemScheduler scheduler = new SystemScheduler();
  private final SandboxApi api = Pods.api(scheduler);
  private final HttpClient client = HttpClient.newHttpClient();
  private Node node;

  @BeforeEach
  void start() throws IOException {
    node = Node.start(api, TestProgram.programs(), options(), scheduler);
  }

  @AfterEach
  void stop() {
    node.close();
    scheduler.close();
    client.close();
    api.close();
  }

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
  void initContainersFillAVolumeBeforeTheContainerStarts() throws Exception {
    Pods.put(
        api,
        Pods.object(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: demo}
            data: {greeting: hello}
            """));
    Pods.put(
        api,
        Pods.object(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: keys, namespace: demo}
            data: {token: c2VjcmV0}
            """));
    Pods.put(
        api,
        Pods.object(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: two, namespace: demo}
            spec:
              restartPolicy: Never
              volumes:
              - {name: model, emptyDir: {}}
              - {name: keys, secret: {secretName: keys}}
              initContainers:
              - name: fetch
                image: test:sh
                args: ["echo weights > /mnt/models/m.bin"]
                volumeMounts: [{name: model, mountPath: /mnt/models}]
              containers:
              - name: main
                image: test:sh
                args: ["cat $MODEL /etc/keys/token; echo $GREETING $ME; stat -c %a /etc/keys/token"]
                env:
                - {name: MODEL, value: /mnt/models/m.bin}
                - {name: ME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                - name: GREETING
                  valueFrom: {configMapKeyRef: {name: settings, key: greeting}}
                volumeMounts:
                - {name: model, mountPath: /mnt/models, readOnly: true}
                - {name: keys, mountPath: /etc/keys}
            """));
    KubeObject pod =
        Until.gives(
                "the end",
                () -> pod("two"),
                p -> p.get().status().path("phase").asText().equals("Succeeded"))
            .get();
    String log = Files.readString(node.logFiles("demo", "two", "main").get().current());
    assertEquals("weights\nsecrethello two\n600\n", log);
    assertEquals(
        "Completed",
        pod.status()
            .path("initContainerStatuses")
            .path(0)
            .path("state")
            .path("terminated")
            .path("reason")
            .asText());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(
                PodFolder.of(state, pod).path().resolve("volumes/keys/token"))));
  }

  @Test
  void aMissingConfigMapHoldsTheContainerUntilItIsThere() throws Exception {
    KubeObject pod = Pods.shell("late", "echo $A; sleep 60");
    ((com.fasterxml.jackson.databind.node.ObjectNode) pod.spec().path("containers").path(0))
        .putArray("envFrom")
        .addObject()
        .putObject("configMapRef")
        .put("name", "settings");
    Pods.put(api, pod);
    Until.gives(
        "the reason",
        () -> container("late").path("state").path("waiting"),
        n ->
            n.path("reason").asText().equals("CreateContainerConfigError")
                && n.path("message").asText().contains("\"settings\" not found"));
    Pods.put(
        api,
        Pods.object(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: demo}
            data: {A: b}
            """));
    ready("late");
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

  private NodeOptions options() {
    return NodeOptions.of(state, "http://127.0.0.1:9")
        .withBackOff(Duration.ofMillis(50), Duration.ofSeconds(60), Duration.ofMinutes(10));
  }

  private Optional<KubeObject> pod(String name) {
    return api.get(Pods.key("demo", name));
  }

  private KubeObject ready(String name) throws Exception {
    return Until.gives(
            name + " ready", () -> pod(name), pod -> pod.isPresent() && pod.get().is("Ready"))
        .get();
  }

  private JsonNode container(String name) {
    return pod(name).get().status().path("containerStatuses").path(0);
  }

  private ProcessHandle process(String name) {
    String id = container(name).path("containerID").asText();
    return ProcessHandle.of(Long.parseLong(id.substring("process://".length()))).orElseThrow();
  }

  private String get(KubeObject pod, String path) throws IOException, InterruptedException {
    int port = PodPorts.of(pod).local(8080).orElseThrow();
    return client
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }
}
