package dev.salver.sandbox.controllers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.ResourceTypes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A Knative Service on its way to pods. */
final class KnativeRestTest {
  static final String HELLO =
      """
      apiVersion: serving.knative.dev/v1
      kind: Service
      metadata: {name: hello, namespace: kn}
      spec:
        template:
          spec:
            containers: [{image: 'localhost/hello:1', ports: [{containerPort: 8080}]}]
      """;

  @Test
  void a_service_becomes_a_ready_pod_and_gets_its_url() {
    try (var world = World.localhost()) {
      world.put(HELLO);
      world.settle();

      var service = world.get(ResourceTypes.KNATIVE_SERVICE, "hello");
      assertTrue(service.is("Ready"), service.status().toPrettyString());
      assertEquals("http://hello.kn.localhost:8080", service.status().path("url").asText());
      assertEquals(1, world.pods(Map.of("serving.knative.dev/revision", "hello-00001")).size());
      assertTrue(world.get(ResourceTypes.DEPLOYMENT, "hello-00001-deployment").is("Available"));
      assertEquals(List.of(), world.failures);
    }
  }
}
