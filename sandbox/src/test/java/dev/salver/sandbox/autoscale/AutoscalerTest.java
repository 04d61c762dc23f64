package dev.salver.sandbox.autoscale;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.run.VirtualScheduler;
import dev.salver.sandbox.api.SandboxApi;
import dev.salver.sandbox.node.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In virtual time: a minute passes in a moment, the same way every time. */
final class AutoscalerTest {
  private static final Statistics.Revision IRIS = new Statistics.Revision("default", "iris-00001");

  private final VirtualScheduler time = new VirtualScheduler(Instant.ofEpochSecond(1_800_000_000));
  private final SandboxApi api = SandboxApi.inMemory(time, SandboxApi.Options.standard());
  private final Traffic traffic = new Traffic();

  /** Requests as a test says them. */
  private static final class Traffic implements Statistics {
    private double concurrency;
    private final List<Consumer<Revision>> consumers = new ArrayList<>();

    @Override
    public Optional<Sample> take(Revision revision) {
      return Optional.of(new Sample(concurrency, concurrency));
    }

    @Override
    public AutoCloseable onWaiting(Consumer<Revision> consumer) {
      consumers.add(consumer);
      return () -> consumers.remove(consumer);
    }
  }

  @BeforeEach
  void start() {
    Autoscaler.start(api, traffic, time);
  }

  @Test
  void anIdleRevisionGoesToZeroAfterItsWindowAndItsRetention() {
    autoscaler("window: 10s, scale-to-zero-pod-retention-period: 6s");
    pods(1);
    traffic.concurrency = 1;
    time.advance(Duration.ofSeconds(20));
    assertEquals(1, desired());
    traffic.concurrency = 0;
    time.advance(Duration.ofSeconds(13));
    assertEquals(1, desired());
    time.advance(Duration.ofSeconds(8));
    assertEquals(0, desired());
  }

  @Test
  void aRequestWakesASleepingRevisionAtOnce() {
    autoscaler("window: 6s");
    pods(1);
    traffic.concurrency = 1;
    time.advance(Duration.ofSeconds(4));
    traffic.concurrency = 0;
    time.advance(Duration.ofSeconds(12));
    assertEquals(0, desired());
    pods(0);
    time.advance(Duration.ofSeconds(30));
    assertEquals(0, desired());
    traffic.consumers.forEach(consumer -> consumer.accept(IRIS));
    time.settle();
    assertEquals(1, desired());
  }

  @Test
  void wakingUpMayAskForMoreThanOnePod() {
    autoscaler("window: 6s, activation-scale: '3'");
    pods(1);
    traffic.concurrency = 0;
    time.advance(Duration.ofSeconds(20));
    assertEquals(0, desired());
    pods(0);
    time.advance(Duration.ofSeconds(2));
    traffic.consumers.forEach(consumer -> consumer.accept(IRIS));
    time.settle();
    assertEquals(3, desired());
  }

  @Test
  void loadScalesUpToTheMaximumAndNeverBelowTheMinimum() {
    autoscaler("window: 6s, target: '10', min-scale: '2', max-scale: '5'");
    pods(2);
    traffic.concurrency = 14;
    time.advance(Duration.ofSeconds(8));
    assertEquals(2, desired());
    traffic.concurrency = 300;
    time.advance(Duration.ofSeconds(4));
    assertEquals(5, desired());
    pods(5);
    traffic.concurrency = 0;
    time.advance(Duration.ofMinutes(2));
    assertEquals(2, desired());
  }

  @Test
  void requestsPerSecondCountWhereTheRevisionSaysSo() {
    autoscaler("window: 6s, metric: rps, target: '10', target-utilization-percentage: '100'");
    pods(1);
    traffic.concurrency = 25;
    time.advance(Duration.ofSeconds(8));
    assertEquals(3, desired());
  }

  @Test
  void aHardLimitIsTheTargetWhereItIsTheSmallerOne() {
    autoscaler("window: 6s, target: '100'", "containerConcurrency: 2");
    pods(1);
    traffic.concurrency = 7;
    time.advance(Duration.ofSeconds(8));
    assertEquals(5, desired());
  }

  @Test
  void anUnroutedRevisionHasNoMinimum() {
    autoscaler("window: 6s, min-scale: '2'", "reachability: Unreachable");
    pods(2);
    time.advance(Duration.ofSeconds(20));
    assertEquals(0, desired());
  }

  @Test
  void theClustersDefaultsHoldWhereARevisionSaysNothing() {
    api.create(
        Pods.object("{apiVersion: v1, kind: Namespace, metadata: {name: knative-serving}}"),
        "test");
    api.create(
        Pods.object(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: config-autoscaler, namespace: knative-serving}
            data: {enable-scale-to-zero: "false", stable-window: 6s}
            """),
        "test");
    autoscaler("min-scale: '0'");
    pods(1);
    time.advance(Duration.ofSeconds(40));
    assertEquals(1, desired());
  }

  private int desired() {
    return api.get(new ObjectKey(ResourceTypes.POD_AUTOSCALER.gvk(), "default", "iris-00001"))
        .orElseThrow()
        .status()
        .path("desiredScale")
        .asInt(-1);
  }

  private void autoscaler(String annotations) {
    autoscaler(annotations, "reachability: Reachable");
  }

  private void autoscaler(String annotations, String spec) {
    KubeObject object =
        Pods.object(
            """
            apiVersion: autoscaling.internal.knative.dev/v1alpha1
            kind: PodAutoscaler
            metadata: {name: iris-00001, namespace: default}
            spec: {%s}
            """
                .formatted(spec));
    ObjectNode into = ((ObjectNode) object.metadata()).putObject("annotations");
    Pods.object("{" + annotations + "}")
        .tree()
        .properties()
        .forEach(e -> into.put("autoscaling.knative.dev/" + e.getKey(), e.getValue().asText()));
    api.create(object, "test");
  }

  /** Makes so many pods ready, and no others. */
  private void pods(int count) {
    for (KubeObject pod :
        api.list(ResourceTypes.POD, "default", dev.salver.sandbox.api.Selector.ANY).items()) {
      api.delete(pod.key(), dev.salver.sandbox.api.Api.Preconditions.NONE);
    }
    for (int i = 0; i < count; i++) {
      KubeObject pod =
          Pods.object(
              """
              apiVersion: v1
              kind: Pod
              metadata:
                name: iris-%d
                namespace: default
                labels: {serving.knative.dev/revision: iris-00001}
              spec: {containers: [{name: main, image: x}]}
              """
                  .formatted(i));
      KubeObject created = api.create(pod, "test").copy();
      created
          .tree()
          .putObject("status")
          .putArray("conditions")
          .addObject()
          .put("type", "Ready")
          .put("status", "True");
      api.updateStatus(created, "test");
    }
  }
}
