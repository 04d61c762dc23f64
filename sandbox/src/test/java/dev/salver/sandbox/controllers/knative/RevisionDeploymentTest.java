package dev.salver.sandbox.controllers.knative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Yaml;
import org.junit.jupiter.api.Test;

/** Containers of a revision as they are to run. */
final class RevisionDeploymentTest {
  private static JsonNode pod(String spec) {
    KubeObject revision = KubeObject.named(ResourceTypes.REVISION.gvk(), "kn", "hello-00001");
    revision.tree().set("spec", Yaml.documents(spec).getFirst());
    ((ObjectNode) revision.metadata()).put("uid", "u");
    return RevisionDeployment.make(revision).spec().path("template").path("spec");
  }

  @Test
  void probes_without_a_port_of_their_own_go_to_the_users_port() {
    JsonNode container =
        pod("""
                containers:
                - name: a
                  image: x/y:1
                  ports: [{containerPort: 9000, name: http1}]
                  readinessProbe: {httpGet: {path: /ready, port: http1}, periodSeconds: 1}
                  livenessProbe: {httpGet: {path: /live, port: 1234}}
                """)
            .path("containers")
            .path(0);
    JsonNode ready = container.path("readinessProbe");
    assertEquals(9000, ready.path("httpGet").path("port").asInt());
    assertEquals("HTTP", ready.path("httpGet").path("scheme").asText());
    assertEquals(1, ready.path("periodSeconds").asInt());
    assertEquals(9000, container.path("livenessProbe").path("httpGet").path("port").asInt());
    assertEquals("user-port", container.path("ports").path(0).path("name").asText());
  }

  @Test
  void knatives_environment_comes_after_the_users() {
    JsonNode env =
        pod("containers: [{name: a, image: x, env: [{name: A, value: '1'}]}]")
            .path("containers")
            .path(0)
            .path("env");
    assertEquals("A", env.path(0).path("name").asText());
    assertEquals("PORT", env.path(1).path("name").asText());
    assertEquals("8080", env.path(1).path("value").asText());
    assertEquals("K_SERVICE", env.path(4).path("name").asText());
  }

  @Test
  void a_sidecar_gets_no_port() {
    JsonNode containers =
        pod("""
                containers:
                - {name: a, image: 'x:1', ports: [{containerPort: 9000}]}
                - {name: b, image: 'y'}
                """)
            .path("containers");
    assertTrue(containers.path(1).path("ports").isMissingNode());
    assertEquals("K_REVISION", containers.path(1).path("env").path(0).path("name").asText());
    assertEquals("Always", containers.path(1).path("imagePullPolicy").asText());
  }
}
