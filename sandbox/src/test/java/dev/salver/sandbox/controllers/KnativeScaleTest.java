package dev.salver.sandbox.controllers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the autoscaler's word does to a revision. */
final class KnativeScaleTest {
  private static final String MIN_TWO =
      """
      apiVersion: serving.knative.dev/v1
      kind: Service
      metadata: {name: hello, namespace: kn}
      spec:
        template:
          metadata: {annotations: {autoscaling.knative.dev/min-scale: '2'}}
          spec:
            containers: [{image: 'localhost/hello:1'}]
      """;

  private static int pods(World world, String revision) {
    return world.pods(Map.of("serving.knative.dev/revision", revision)).size();
  }

  private static String condition(KubeObject object, String type) {
    var condition = object.condition(type);
    return condition.path("status").asText() + " " + condition.path("reason").asText("");
  }

  @Test
  void a_revision_without_traffic_goes_to_zero_and_stays_ready() {
    try (var world = World.localhost()) {
      world.put(KnativeRestTest.HELLO);
      world.settle();
      world.scale("hello-00001", 0);

      assertEquals(0, pods(world, "hello-00001"));
      var autoscaler = world.get(ResourceTypes.POD_AUTOSCALER, "hello-00001");
      assertEquals("False NoTraffic", condition(autoscaler, "Active"));
      var revision = world.get(ResourceTypes.REVISION, "hello-00001");
      assertEquals("False NoTraffic", condition(revision, "Active"));
      assertEquals(
          "The target is not receiving traffic.",
          revision.condition("Active").path("message").asText());
      assertTrue(revision.is("Ready"));
      assertTrue(world.get(ResourceTypes.KNATIVE_SERVICE, "hello").is("Ready"));
    }
  }

  @Test
  void a_revision_at_zero_wakes_and_is_active_once_a_pod_is_ready() {
    try (var world = World.localhost()) {
      world.put(KnativeRestTest.HELLO);
      world.settle();
      world.scale("hello-00001", 0);
      world.node.fate("localhost/hello:1", StandInNode.notReady());
      world.scale("hello-00001", 1);
      assertEquals(
          "Unknown Queued",
          condition(world.get(ResourceTypes.POD_AUTOSCALER, "hello-00001"), "Active"));

      world.node.fate("localhost/hello:1", StandInNode.ready());
      world.settle();
      assertTrue(world.get(ResourceTypes.POD_AUTOSCALER, "hello-00001").is("Active"));
      assertTrue(world.get(ResourceTypes.REVISION, "hello-00001").is("Active"));
    }
  }

  @Test
  void min_scale_holds_a_revision_up_only_while_a_route_leads_to_it() {
    try (var world = World.localhost()) {
      world.put(MIN_TWO);
      world.settle();
      assertEquals(2, pods(world, "hello-00001"));
      world.scale("hello-00001", 0);
      assertEquals(2, pods(world, "hello-00001"));

      world.put(MIN_TWO.replace("hello:1", "hello:2"));
      world.settle();
      world.scale("hello-00001", 0);
      assertEquals(0, pods(world, "hello-00001"));
      assertEquals(2, pods(world, "hello-00002"));
    }
  }

  @Test
  void the_scale_follows_the_autoscaler_up_and_down() {
    try (var world = World.localhost()) {
      world.put(KnativeRestTest.HELLO);
      world.settle();
      world.scale("hello-00001", 4);
      assertEquals(4, pods(world, "hello-00001"));
      assertEquals(
          4,
          world
              .get(ResourceTypes.POD_AUTOSCALER, "hello-00001")
              .status()
              .path("actualScale")
              .asInt());
      world.scale("hello-00001", 1);
      assertEquals(1, pods(world, "hello-00001"));
      assertEquals(List.of(), world.failures);
    }
  }

  @Test
  void a_revision_that_never_gets_ready_is_given_up_after_its_deadline() {
    try (var world = World.localhost()) {
      world.put(
          MIN_TWO
              .replace("hello:1", "fail:1")
              .replace(
                  "autoscaling.knative.dev/min-scale: '2'",
                  "serving.knative.dev/progress-deadline: 60s"));
      world.settle();
      world.pass(Duration.ofSeconds(50));
      assertEquals(1, pods(world, "hello-00001"));

      world.pass(Duration.ofSeconds(60));
      assertEquals(0, pods(world, "hello-00001"));
      var revision = world.get(ResourceTypes.REVISION, "hello-00001");
      assertEquals("False ProgressDeadlineExceeded", condition(revision, "Ready"));
      assertFalse(world.get(ResourceTypes.KNATIVE_SERVICE, "hello").is("Ready"));
    }
  }
}
