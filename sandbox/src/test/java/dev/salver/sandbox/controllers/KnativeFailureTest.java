package dev.salver.sandbox.controllers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.ResourceTypes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a Service says when its containers do not come up. */
final class KnativeFailureTest {
  private static final String IMAGE = "localhost/hello:1";

  private static void says(JsonNode condition, String reason, String message) {
    assertEquals("False", condition.path("status").asText(), condition::toPrettyString);
    assertEquals(reason, condition.path("reason").asText());
    assertEquals(message, condition.path("message").asText());
  }

  @Test
  void a_container_that_exits_says_how_and_why_up_to_the_service() {
    try (var world = World.localhost()) {
      world.node.fate(IMAGE, StandInNode.crashing(3, "no such model: iris"));
      world.put(KnativeRestTest.HELLO);
      world.settle();

      var revision = world.get(ResourceTypes.REVISION, "hello-00001");
      String message = "Container failed with: no such model: iris";
      says(revision.condition("ContainerHealthy"), "ExitCode3", message);
      says(revision.condition("Ready"), "ExitCode3", message);
      var service = world.get(ResourceTypes.KNATIVE_SERVICE, "hello");
      says(
          service.condition("ConfigurationsReady"),
          "RevisionFailed",
          "Revision \"hello-00001\" failed with message: " + message + ".");
      says(
          service.condition("RoutesReady"),
          "RevisionMissing",
          "Configuration \"hello\" does not have any ready Revision.");
      assertEquals(
          "Unreachable",
          world
              .get(ResourceTypes.POD_AUTOSCALER, "hello-00001")
              .spec()
              .path("reachability")
              .asText());
    }
  }

  @Test
  void a_container_that_exits_without_a_word_still_has_a_message() {
    try (var world = World.localhost()) {
      world.node.fate(IMAGE, StandInNode.crashing(0, ""));
      world.put(KnativeRestTest.HELLO);
      world.settle();
      says(
          world.get(ResourceTypes.REVISION, "hello-00001").condition("ContainerHealthy"),
          "ExitCode0",
          "Container failed with: container exited with no error");
    }
  }

  @Test
  void an_image_that_nothing_here_runs_is_told_at_once() {
    try (var world = World.localhost()) {
      world.node.fate(IMAGE, StandInNode.stuck("ImageNotRunnable", "a container runtime would"));
      world.put(KnativeRestTest.HELLO);
      world.settle();
      says(
          world.get(ResourceTypes.REVISION, "hello-00001").condition("Ready"),
          "ContainerMissing",
          "Unable to fetch image \"localhost/hello:1\": a container runtime would");
    }
  }

  @Test
  void a_container_that_comes_up_after_all_makes_everything_ready() {
    try (var world = World.localhost()) {
      world.node.fate(IMAGE, StandInNode.crashing(1, "port in use"));
      world.put(KnativeRestTest.HELLO);
      world.settle();
      world.node.fate(IMAGE, StandInNode.ready());
      world.settle();

      assertTrue(world.get(ResourceTypes.REVISION, "hello-00001").is("Ready"));
      var service = world.get(ResourceTypes.KNATIVE_SERVICE, "hello");
      assertTrue(service.is("Ready"), service.status()::toPrettyString);
    }
  }

  @Test
  void a_failed_update_leaves_the_traffic_where_it_was() {
    try (var world = World.localhost()) {
      world.put(KnativeRestTest.HELLO);
      world.settle();
      world.node.fate("localhost/hello:2", StandInNode.crashing(1, "broken"));
      world.put(KnativeRestTest.HELLO.replace("hello:1", "hello:2"));
      world.settle();

      var service = world.get(ResourceTypes.KNATIVE_SERVICE, "hello");
      assertEquals("hello-00002", service.status().path("latestCreatedRevisionName").asText());
      assertEquals("hello-00001", service.status().path("latestReadyRevisionName").asText());
      assertEquals(
          "hello-00001", service.status().path("traffic").path(0).path("revisionName").asText());
      assertTrue(service.is("RoutesReady"));
      assertEquals("False", service.condition("Ready").path("status").asText());
    }
  }

  @Test
  void a_failed_revision_that_was_replaced_ends_its_pods_at_once() {
    try (var world = World.localhost()) {
      world.node.fate(IMAGE, StandInNode.crashing(1, "broken"));
      String warm =
          KnativeRestTest.HELLO.replace(
              "  template:\n",
              "  template:\n    metadata: {annotations: {autoscaling.knative.dev/min-scale: '1'}}\n");
      world.put(warm);
      world.settle();
      assertEquals(1, pods(world, "hello-00001"));

      world.put(warm.replace("hello:1", "hello:2"));
      world.settle();
      assertEquals(0, pods(world, "hello-00001"));
      assertEquals(1, pods(world, "hello-00002"));
      assertTrue(world.get(ResourceTypes.KNATIVE_SERVICE, "hello").is("Ready"));

      world.pass(Duration.ofMinutes(11));
      assertEquals(0, pods(world, "hello-00001"));
      assertEquals(List.of(), world.failures);
    }
  }

  @Test
  void the_newest_revision_is_tried_until_its_deadline_though_it_failed() {
    try (var world = World.localhost()) {
      world.put(KnativeRestTest.HELLO);
      world.settle();
      world.node.fate("localhost/hello:2", StandInNode.crashing(1, "broken"));
      world.put(KnativeRestTest.HELLO.replace("hello:1", "hello:2"));
      world.settle();
      world.pass(Duration.ofMinutes(5));
      assertEquals(1, pods(world, "hello-00001"));
      assertEquals(1, pods(world, "hello-00002"));
    }
  }

  private static int pods(World world, String revision) {
    return world.pods(Map.of("serving.knative.dev/revision", revision)).size();
  }
}
