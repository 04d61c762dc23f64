package dev.salver.sandbox.api;

import static dev.salver.sandbox.api.Objects.configMap;
import static dev.salver.sandbox.api.Objects.deployment;
import static dev.salver.sandbox.api.Objects.with;
import static dev.salver.sandbox.api.Objects.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Patches, scale and deletions, as HTTP clients see them. */
final class HttpsWritesTest extends HttpsCase {
  @Test
  void eachKindOfPatchDoesItsOwn() {
    KubeObject made = target.core().create(deployment("default", "patched", 1, "a:1"), "test");
    String path = DEPLOYMENTS + "/patched";
    patch(path, "merge-patch+json", "{\"metadata\":{\"labels\":{\"app\":null,\"new\":\"y\"}}}");
    patch(
        path, "json-patch+json", "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":4}]");
    JsonNode strategic =
        patch(
            path,
            "strategic-merge-patch+json",
            "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"side\",\"image\":\"b\"}]}}}}");
    assertEquals("{\"new\":\"y\"}", Json.write(strategic.at("/metadata/labels")));
    assertEquals(4, strategic.at("/spec/replicas").asInt());
    assertEquals(2, strategic.at("/spec/template/spec/containers").size());
    assertEquals(made.uid(), strategic.at("/metadata/uid").asText());
    assertEquals(3, strategic.at("/metadata/generation").asInt());
    var refused =
        assertThrows(
            ApiException.class,
            () ->
                patch(
                    path,
                    "json-patch+json",
                    "[{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":1}]"));
    assertEquals(422, refused.code());
    target
        .core()
        .create(
            yaml(
                "{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, metadata: {name: p,"
                    + " namespace: default}, spec: {}}"),
            "test");
    assertRefused(
        415,
        "PATCH",
        "/apis/serving.kserve.io/v1beta1/namespaces/default/inferenceservices/p",
        "application/strategic-merge-patch+json",
        "{}",
        "accepted media types include: application/json-patch+json");
  }

  @Test
  void aDryRunShowsTheResultAndChangesNothing() {
    String version = Long.toString(target.core().version());
    JsonNode made =
        client.write(
            "POST",
            MAPS + "?dryRun=All",
            "application/json",
            Json.write(configMap("default", "dry", "{}").tree()));
    assertFalse(made.at("/metadata/uid").asText().isEmpty());
    assertTrue(target.core().get(configMap("default", "dry", "{}").key()).isEmpty());
    assertEquals(version, Long.toString(target.core().version()));
  }

  @Test
  void scaleIsASubresource() {
    target.core().create(deployment("default", "scaled", 1, "a:1"), "test");
    String path = DEPLOYMENTS + "/scaled/scale";
    assertEquals(1, client.json(path).at("/spec/replicas").asInt());
    patch(path, "merge-patch+json", "{\"spec\":{\"replicas\":3}}");
    KubeObject scaled =
        target.core().get(deployment("default", "scaled", 1, "x").key()).orElseThrow();
    assertEquals(3, scaled.spec().path("replicas").asInt());
    assertEquals(2, scaled.generation());
  }

  @Test
  void aNamespaceTakesItsContentsWithIt() {
    String space = space("doomed");
    KubeObject held =
        target
            .core()
            .create(
                with(
                    configMap(space, "held", "{}"),
                    tree ->
                        tree.withObject("/metadata").putArray("finalizers").add("salver.dev/x")),
                "test");
    target.core().create(configMap(space, "free", "{}"), "test");
    client.write("DELETE", "/api/v1/namespaces/" + space, "application/json", "");
    assertEquals(
        "Terminating", client.json("/api/v1/namespaces/" + space).at("/status/phase").asText());
    assertEquals(List.of("held"), names("/api/v1/namespaces/" + space + "/configmaps"));
    assertRefused(
        403,
        "POST",
        "/api/v1/namespaces/" + space + "/configmaps",
        "application/json",
        Json.write(configMap(space, "late", "{}").tree()),
        "because it is being terminated");
    KubeObject dying = target.core().get(held.key()).orElseThrow();
    target
        .core()
        .update(with(dying, tree -> tree.withObject("/metadata").remove("finalizers")), "test");
    assertEquals(404, client.json("/api/v1/namespaces/" + space).path("code").asInt());
  }

  @Test
  void orphansLoseTheirOwnerAndStay() {
    KubeObject owner = target.core().create(configMap("default", "owner", "{}"), "test");
    KubeObject child =
        target
            .core()
            .create(
                with(
                    configMap("default", "child", "{}"),
                    tree ->
                        tree.withObject("/metadata")
                            .putArray("ownerReferences")
                            .addObject()
                            .put("apiVersion", "v1")
                            .put("kind", "ConfigMap")
                            .put("name", "owner")
                            .put("uid", owner.uid())),
                "test");
    client.write("DELETE", MAPS + "/owner?propagationPolicy=Orphan", "application/json", "");
    KubeObject left = target.core().get(child.key()).orElseThrow();
    assertTrue(left.metadata().path("ownerReferences").isMissingNode());
  }

  @Test
  void aCollectionIsDeletedBySelector() {
    String space = space("collection");
    for (String name : List.of("a", "b", "c")) {
      target
          .core()
          .create(
              with(
                  configMap(space, name, "{}"),
                  tree ->
                      tree.withObject("/metadata/labels").put("go", name.equals("c") ? "no" : "y")),
              "test");
    }
    client.write(
        "DELETE",
        "/api/v1/namespaces/" + space + "/configmaps?labelSelector=go%3Dy",
        "application/json",
        "");
    assertEquals(List.of("c"), names("/api/v1/namespaces/" + space + "/configmaps"));
  }
}
