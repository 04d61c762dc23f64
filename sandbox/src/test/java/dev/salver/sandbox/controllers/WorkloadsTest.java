package dev.salver.sandbox.controllers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Deployments on their way, and pods that go. */
final class WorkloadsTest {
  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: kn}
      spec:
        replicas: 4
        revisionHistoryLimit: 2
        strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers: [{name: web, image: 'localhost/web:1'}]
      """;

  private static Map<String, Long> images(World world) {
    return world.pods(Map.of("app", "web")).stream()
        .collect(
            Collectors.groupingBy(
                pod -> pod.spec().path("containers").path(0).path("image").asText(),
                Collectors.counting()));
  }

  private static String condition(World world, String type) {
    var condition = world.get(ResourceTypes.DEPLOYMENT, "web").condition(type);
    return condition.path("status").asText() + " " + condition.path("reason").asText();
  }

  @Test
  void a_deployment_runs_its_replicas_and_says_so() {
    try (var world = World.localhost()) {
      world.put(WEB);
      world.settle();
      var web = world.get(ResourceTypes.DEPLOYMENT, "web");
      assertEquals(Map.of("localhost/web:1", 4L), images(world));
      for (String field :
          List.of("replicas", "updatedReplicas", "readyReplicas", "availableReplicas")) {
        assertEquals(4, web.status().path(field).asInt(), field);
      }
      assertEquals("True MinimumReplicasAvailable", condition(world, "Available"));
      assertEquals("True NewReplicaSetAvailable", condition(world, "Progressing"));
      assertEquals(1, web.status().path("observedGeneration").asInt());
      assertEquals("1", web.annotation("deployment.kubernetes.io/revision").orElse(""));
    }
  }

  @Test
  void an_update_that_does_not_get_ready_leaves_every_old_pod_running() {
    try (var world = World.localhost()) {
      world.put(WEB);
      world.settle();
      world.put(WEB.replace("web:1", "fail:2"));
      world.settle();
      assertEquals(Map.of("localhost/web:1", 4L, "localhost/fail:2", 1L), images(world));
      assertEquals("True MinimumReplicasAvailable", condition(world, "Available"));

      world.pass(Duration.ofMinutes(11));
      assertEquals("False ProgressDeadlineExceeded", condition(world, "Progressing"));

      world.put(WEB);
      world.settle();
      assertEquals(Map.of("localhost/web:1", 4L), images(world));
      assertEquals("True NewReplicaSetAvailable", condition(world, "Progressing"));
    }
  }

  @Test
  void an_update_replaces_every_pod_and_going_back_reuses_the_old_set() {
    try (var world = World.localhost()) {
      world.put(WEB);
      world.settle();
      world.put(WEB.replace("web:1", "web:2"));
      world.settle();
      assertEquals(Map.of("localhost/web:2", 4L), images(world));
      world.put(WEB);
      world.settle();
      assertEquals(Map.of("localhost/web:1", 4L), images(world));
      assertEquals(2, world.list(ResourceTypes.REPLICA_SET).size());
      assertEquals(
          "3",
          world
              .get(ResourceTypes.DEPLOYMENT, "web")
              .annotation("deployment.kubernetes.io/revision")
              .orElse(""));
    }
  }

  @Test
  void old_sets_go_beyond_the_history() {
    try (var world = World.localhost()) {
      for (int i = 1; i <= 6; i++) {
        world.put(WEB.replace("web:1", "web:" + i));
        world.settle();
      }
      assertEquals(3, world.list(ResourceTypes.REPLICA_SET).size());
    }
  }

  @Test
  void a_pod_counts_as_available_only_after_it_was_ready_for_long_enough() {
    try (var world = World.localhost()) {
      world.put(WEB.replace("replicas: 4", "replicas: 4\n  minReadySeconds: 30"));
      world.settle();
      assertEquals("False MinimumReplicasUnavailable", condition(world, "Available"));
      world.pass(Duration.ofSeconds(31));
      assertEquals("True MinimumReplicasAvailable", condition(world, "Available"));
    }
  }

  @Test
  void recreate_ends_the_old_pods_before_the_new_ones_start() {
    try (var world = World.localhost()) {
      String recreate =
          WEB.replace(
              "{type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}",
              "{type: Recreate}");
      world.put(recreate);
      world.settle();
      world.put(recreate.replace("web:1", "web:2"));
      world.settle();
      assertEquals(Map.of("localhost/web:2", 4L), images(world));
    }
  }

  @Test
  void a_pod_that_is_deleted_or_over_is_replaced() {
    try (var world = World.localhost()) {
      world.put(WEB);
      world.settle();
      var pods = world.pods(Map.of("app", "web"));
      world.delete(ResourceTypes.POD, pods.get(0).name());
      world.settle();
      assertEquals(4, world.pods(Map.of("app", "web")).size());
      assertTrue(world.find(ResourceTypes.POD, pods.get(0).name()).isEmpty());

      KubeObject evicted = world.get(ResourceTypes.POD, pods.get(1).name()).copy();
      ((ObjectNode) evicted.status()).put("phase", "Failed");
      world.node.pause();
      world.api.updateStatus(evicted, "node");
      world.settle();
      assertTrue(world.get(ResourceTypes.POD, evicted.name()).isBeingDeleted());
      assertEquals(
          4,
          world.pods(Map.of("app", "web")).stream().filter(pod -> !pod.isBeingDeleted()).count());
    }
  }

  @Test
  void the_pod_that_is_not_ready_goes_first_and_then_the_youngest() {
    try (var world = World.localhost()) {
      world.put(WEB.replace("replicas: 4", "replicas: 1"));
      world.settle();
      String oldest = world.pods(Map.of("app", "web")).getFirst().name();
      world.pass(Duration.ofMinutes(1));
      world.put(WEB.replace("replicas: 4", "replicas: 2"));
      world.settle();
      world.pass(Duration.ofMinutes(1));
      world.put(WEB.replace("replicas: 4", "replicas: 3"));
      world.settle();
      String youngest =
          world.pods(Map.of("app", "web")).stream()
              .max(Comparator.comparing(pod -> pod.metadata().path("creationTimestamp").asText()))
              .orElseThrow()
              .name();
      assertNotEquals(oldest, youngest);

      world.put(WEB.replace("replicas: 4", "replicas: 2"));
      world.settle();
      assertTrue(world.find(ResourceTypes.POD, youngest).isEmpty());

      KubeObject sick = world.get(ResourceTypes.POD, oldest).copy();
      ((ObjectNode) sick.condition("Ready")).put("status", "False");
      world.node.pause();
      world.api.updateStatus(sick, "node");
      world.put(WEB.replace("replicas: 4", "replicas: 1"));
      world.settle();
      assertTrue(world.get(ResourceTypes.POD, oldest).isBeingDeleted());
    }
  }

  @Test
  void an_autoscaler_keeps_the_replicas_within_its_bounds() {
    try (var world = World.localhost()) {
      world.put(WEB);
      world.put(
          """
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata: {name: web, namespace: kn}
          spec:
            minReplicas: 1
            maxReplicas: 3
            scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          """);
      world.settle();
      assertEquals(3, images(world).get("localhost/web:1"));
      var status = world.get(ResourceTypes.HORIZONTAL_POD_AUTOSCALER, "web").status();
      assertEquals(3, status.path("desiredReplicas").asInt());
      assertEquals(3, status.path("currentReplicas").asInt());
    }
  }
}
