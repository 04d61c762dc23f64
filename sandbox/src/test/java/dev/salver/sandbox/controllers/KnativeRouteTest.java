package dev.salver.sandbox.controllers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names, URLs and traffic. */
final class KnativeRouteTest {
  private static String state(World world, String revision) {
    return world
        .get(ResourceTypes.REVISION, revision)
        .label("serving.knative.dev/routingState")
        .orElse("");
  }

  private static String reachability(World world, String revision) {
    return world.get(ResourceTypes.POD_AUTOSCALER, revision).spec().path("reachability").asText();
  }

  @Test
  void a_cluster_local_service_has_a_name_in_the_cluster_alone() {
    try (var world = World.localhost()) {
      world.put(
          KnativeRestTest.HELLO.replace(
              "namespace: kn}",
              "namespace: kn, labels: {networking.knative.dev/visibility: cluster-local}}"));
      world.settle();
      var service = world.get(ResourceTypes.KNATIVE_SERVICE, "hello");
      assertEquals("http://hello.kn.svc.cluster.local", service.status().path("url").asText());
      assertEquals(
          "http://hello.kn.svc.cluster.local",
          service.status().path("address").path("url").asText());
    }
  }

  @Test
  void a_tag_has_an_url_of_its_own_and_keeps_its_revision_in_use() {
    try (var world = World.localhost()) {
      world.put(KnativeRestTest.HELLO);
      world.settle();
      String tagged =
          KnativeRestTest.HELLO.replace("hello:1", "hello:2")
              + """
                traffic:
                - {revisionName: hello-00001, percent: 0, tag: old}
                - {latestRevision: true, percent: 100}
              """;
      world.put(tagged);
      world.settle();

      var traffic = world.get(ResourceTypes.ROUTE, "hello").status().path("traffic");
      assertEquals("http://old-hello.kn.localhost:8080", traffic.path(0).path("url").asText());
      assertEquals("hello-00002", traffic.path(1).path("revisionName").asText());
      assertTrue(world.find(ResourceTypes.SERVICE, "old-hello").isPresent());
      assertEquals("active", state(world, "hello-00001"));
      assertEquals("Reachable", reachability(world, "hello-00001"));

      world.put(KnativeRestTest.HELLO.replace("hello:1", "hello:2"));
      world.settle();
      assertFalse(world.find(ResourceTypes.SERVICE, "old-hello").isPresent());
      assertEquals("reserve", state(world, "hello-00001"));
      assertEquals("Unreachable", reachability(world, "hello-00001"));
      assertEquals(List.of(), world.failures);
    }
  }

  @Test
  void a_rollback_by_traffic_makes_the_old_revision_reachable_again() {
    try (var world = World.localhost()) {
      world.put(KnativeRestTest.HELLO);
      world.settle();
      world.put(KnativeRestTest.HELLO.replace("hello:1", "hello:2"));
      world.settle();
      world.put(
          KnativeRestTest.HELLO.replace("hello:1", "hello:2")
              + "  traffic: [{revisionName: hello-00001, percent: 100}]\n");
      world.settle();

      assertEquals("active", state(world, "hello-00001"));
      assertEquals("Reachable", reachability(world, "hello-00001"));
      assertEquals("reserve", state(world, "hello-00002"));
      assertTrue(world.get(ResourceTypes.KNATIVE_SERVICE, "hello").is("Ready"));
    }
  }

  @Test
  void another_services_revision_is_not_ones_own() {
    try (var world = World.localhost()) {
      world.put(KnativeRestTest.HELLO);
      world.put(
          KnativeRestTest.HELLO.replace("name: hello", "name: other")
              + "  traffic: [{revisionName: hello-00001, percent: 100}]\n");
      world.settle();
      var condition = world.get(ResourceTypes.KNATIVE_SERVICE, "other").condition("RoutesReady");
      assertEquals("RevisionNotOwned", condition.path("reason").asText());
      assertEquals(
          "Revision \"hello-00001\" belongs to Service \"hello\", not Service \"other\".",
          condition.path("message").asText());
    }
  }

  @Test
  void a_pinned_revision_that_appears_later_gets_its_traffic() {
    try (var world = World.localhost()) {
      world.put(
          KnativeRestTest.HELLO.replace(
                  "template:\n", "template:\n    metadata: {name: hello-one}\n")
              + "  traffic: [{revisionName: hello-two, percent: 100}]\n");
      world.settle();
      assertFalse(world.get(ResourceTypes.ROUTE, "hello").is("Ready"));
      world.put(
          KnativeRestTest.HELLO
                  .replace("template:\n", "template:\n    metadata: {name: hello-two}\n")
                  .replace("hello:1", "hello:2")
              + "  traffic: [{revisionName: hello-two, percent: 100}]\n");
      world.settle();
      KubeObject service = world.get(ResourceTypes.KNATIVE_SERVICE, "hello");
      assertTrue(service.is("Ready"), service.status()::toPrettyString);
    }
  }

  @Test
  void old_revisions_without_traffic_go_beyond_a_number() {
    try (var world = World.localhost()) {
      for (int i = 1; i <= 14; i++) {
        world.put(KnativeRestTest.HELLO.replace("hello:1", "hello:" + i));
        world.settle();
      }
      var names = world.list(ResourceTypes.REVISION).stream().map(KubeObject::name).toList();
      assertEquals(11, names.size(), names::toString);
      assertEquals("hello-00014", names.getLast());
      assertEquals(11, world.list(ResourceTypes.DEPLOYMENT).size());
    }
  }
}
