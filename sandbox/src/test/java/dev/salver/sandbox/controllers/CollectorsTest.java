package dev.salver.sandbox.controllers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.sandbox.api.Api;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left when something goes. */
final class CollectorsTest {
  private static final List<ResourceType> OF_A_SERVICE =
      List.of(
          ResourceTypes.CONFIGURATION,
          ResourceTypes.ROUTE,
          ResourceTypes.REVISION,
          ResourceTypes.POD_AUTOSCALER,
          ResourceTypes.DEPLOYMENT,
          ResourceTypes.REPLICA_SET,
          ResourceTypes.POD,
          ResourceTypes.SERVICE);

  @Test
  void deleting_a_service_takes_everything_of_it_down_to_the_pods() {
    try (var world = World.localhost()) {
      world.put(KnativeRestTest.HELLO);
      world.settle();
      world.delete(ResourceTypes.KNATIVE_SERVICE, "hello");
      world.pass(Duration.ofSeconds(1));
      for (ResourceType type : OF_A_SERVICE) {
        assertEquals(List.of(), world.list(type), type.gvk().kind());
      }
      assertEquals(List.of(), world.failures);
    }
  }

  @Test
  void a_service_made_again_under_the_name_starts_anew() {
    try (var world = World.localhost()) {
      world.put(KnativeRestTest.HELLO);
      world.settle();
      world.delete(ResourceTypes.KNATIVE_SERVICE, "hello");
      world.put(KnativeRestTest.HELLO);
      world.pass(Duration.ofMinutes(1));
      KubeObject service = world.get(ResourceTypes.KNATIVE_SERVICE, "hello");
      assertTrue(service.is("Ready"), service.status()::toPrettyString);
      assertEquals(1, world.list(ResourceTypes.POD).size());
    }
  }

  @Test
  void a_namespace_goes_with_all_that_is_in_it() {
    try (var world = World.localhost()) {
      world.put(KnativeRestTest.HELLO);
      world.settle();
      var key = new ObjectKey(ResourceTypes.NAMESPACE.gvk(), "", World.NAMESPACE);
      world.api.delete(key, Api.Preconditions.NONE);
      world.pass(Duration.ofMinutes(1));
      assertTrue(world.api.get(key).isEmpty());
      assertEquals(List.of(), world.list(ResourceTypes.POD));
    }
  }

  @Test
  void an_owner_of_the_same_name_but_another_uid_does_not_hold_an_object() {
    try (var world = World.localhost()) {
      world.put("{apiVersion: v1, kind: ConfigMap, metadata: {name: owner, namespace: kn}}");
      KubeObject owner = world.get(ResourceTypes.CONFIG_MAP, "owner");
      KubeObject held = Writer.child(owner, ResourceTypes.CONFIG_MAP, "held");
      KubeObject stray = Writer.child(owner, ResourceTypes.CONFIG_MAP, "stray");
      ((ObjectNode) stray.controllerReference()).put("uid", "gone");
      world.put(held);
      world.put(stray);
      world.settle();
      assertTrue(world.find(ResourceTypes.CONFIG_MAP, "held").isPresent());
      assertTrue(world.find(ResourceTypes.CONFIG_MAP, "stray").isEmpty());
    }
  }

  @Test
  void events_go_an_hour_after_they_last_happened() {
    try (var world = World.localhost()) {
      world.put(KnativeRestTest.HELLO);
      world.settle();
      assertTrue(world.list(ResourceTypes.EVENT).size() > 1);
      world.pass(Duration.ofMinutes(59));
      assertTrue(world.list(ResourceTypes.EVENT).size() > 1);
      world.pass(Duration.ofMinutes(2));
      assertEquals(List.of(), world.list(ResourceTypes.EVENT));
    }
  }
}
