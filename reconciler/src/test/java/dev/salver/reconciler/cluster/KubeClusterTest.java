package dev.salver.reconciler.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.Gvk;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Objects are read and written as the API server has it. */
class KubeClusterTest extends ServedCluster {
  @Test
  void anObjectIsReadOrAbsent() {
    server.handle(
        (request, answer) -> {
          if (request.path().endsWith("/m")) {
            answer.json(200, stored());
          } else {
            answer.json(404, status(404, "NotFound", "no"));
          }
        });
    assertEquals("u1", cluster.get(MAP).orElseThrow().uid());
    assertEquals(Optional.empty(), cluster.get(new ObjectKey(MAP.gvk(), "demo", "other")));
    assertEquals("GET /api/v1/namespaces/demo/configmaps/m", server.requests.getFirst().toString());
  }

  @Test
  void longListsComeInPages() {
    server.handle(
        (request, answer) ->
            answer.json(
                200,
                request.query().contains("continue=next")
                    ? "{\"metadata\": {\"resourceVersion\": \"9\"},"
                        + " \"items\": [{\"metadata\": {\"name\": \"b\"}}]}"
                    : "{\"metadata\": {\"resourceVersion\": \"9\", \"continue\": \"next\"},"
                        + " \"items\": [{\"metadata\": {\"name\": \"a\"}}]}"));
    var listing = cluster.list(ResourceTypes.CONFIG_MAP, "demo", "a=b");
    assertEquals("9", listing.resourceVersion());
    assertEquals(
        List.of("ConfigMap a", "ConfigMap b"),
        listing.items().stream().map(item -> item.key().toString()).toList());
    assertTrue(server.requests.getLast().query().contains("labelSelector=a%3Db"));
  }

  @Test
  void aListThatTheServerForgetsHalfwayStartsOver() {
    var calls = new AtomicInteger();
    server.handle(
        (request, answer) -> {
          switch (calls.getAndIncrement()) {
            case 0 ->
                answer.json(
                    200,
                    "{\"metadata\": {\"resourceVersion\": \"8\", \"continue\": \"x\"},"
                        + " \"items\": [{\"metadata\": {\"name\": \"old\"}}]}");
            case 1 -> answer.json(410, status(410, "Expired", "too old"));
            default ->
                answer.json(
                    200,
                    "{\"metadata\": {\"resourceVersion\": \"9\"},"
                        + " \"items\": [{\"metadata\": {\"name\": \"new\"}}]}");
          }
        });
    var listing = cluster.list(ResourceTypes.CONFIG_MAP, "", "");
    assertEquals(List.of("new"), listing.items().stream().map(KubeObject::name).toList());
  }

  @Test
  void applyIsAServerSideApply() {
    server.handle((request, answer) -> answer.json(200, stored()));
    var applied =
        assertInstanceOf(Cluster.Write.Applied.class, cluster.apply(map(), "salver-git", false));
    assertEquals("7", applied.object().resourceVersion());
    var request = server.requests.getFirst();
    assertEquals(
        "PATCH /api/v1/namespaces/demo/configmaps/m?fieldManager=salver-git&force=false",
        request.toString());
    assertEquals("application/apply-patch+yaml", request.type().split(";", 2)[0]);
    assertEquals(map().tree(), Json.parse(request.body()));
    cluster.applyStatus(map(), "salver-serving");
    assertEquals(
        "PATCH /api/v1/namespaces/demo/configmaps/m/status?fieldManager=salver-serving&force=true",
        server.requests.getLast().toString());
  }

  @Test
  void aConflictNamesManagersAndFields() {
    server.handle(
        (request, answer) ->
            answer.json(
                409,
                """
                {"kind": "Status", "reason": "Conflict", "details": {"causes": [
                  {"reason": "FieldManagerConflict", "field": ".data.k",
                   "message": "conflict with \\"kubectl\\" using v1"}]}}
                """));
    assertEquals(
        new Cluster.Write.Contested(
            "other field managers hold .data.k (conflict with \"kubectl\" using v1)"),
        cluster.apply(map(), "salver-git", false));
    assertEquals(1, server.requests.size());
  }

  @Test
  void aRefusalIsAValueWithTheServersWords() {
    server.handle(
        (request, answer) -> answer.json(422, status(422, "Invalid", "data.k: Required value")));
    assertEquals(
        new Cluster.Write.Refused(422, "data.k: Required value"),
        cluster.apply(map(), "salver-git", false));
  }

  @Test
  void anUnknownKindIsExplained() {
    server.handle((request, answer) -> answer.json(404, "404 page not found"));
    KubeObject thing = KubeObject.named(Gvk.of("example.com/v1", "Thing"), "demo", "t");
    var refused =
        assertInstanceOf(Cluster.Write.Refused.class, cluster.apply(thing, "salver-git", false));
    assertEquals(
        "the cluster does not serve kind Thing of example.com/v1; is its definition installed?",
        refused.message());
    assertFalse(cluster.serves(ResourceTypes.KNATIVE_SERVICE));
  }

  @Test
  void aKindThatOnlyTheServerKnowsIsFound() {
    server.handle(
        (request, answer) -> {
          if (request.path().equals("/apis/example.com/v1")) {
            answer.json(
                200,
                "{\"resources\": [{\"name\": \"thingies\", \"kind\": \"Thing\","
                    + " \"namespaced\": true}, {\"name\": \"thingies/status\","
                    + " \"kind\": \"Thing\"}]}");
          } else {
            answer.json(200, stored());
          }
        });
    KubeObject thing = KubeObject.named(Gvk.of("example.com/v1", "Thing"), "demo", "t");
    cluster.apply(thing, "salver-git", false);
    assertEquals(
        "/apis/example.com/v1/namespaces/demo/thingies/t", server.requests.getLast().path());
  }

  @Test
  void aDeleteReallyIsADeleteOfThatVeryObject() {
    server.handle((request, answer) -> answer.json(200, status(200, "", "")));
    assertTrue(cluster.delete(MAP, "u1"));
    var request = server.requests.getFirst();
    assertEquals("DELETE /api/v1/namespaces/demo/configmaps/m", request.toString());
    assertEquals("u1", Json.parse(request.body()).at("/preconditions/uid").asText());
    server.handle((r, answer) -> answer.json(409, status(409, "Conflict", "uid")));
    assertFalse(cluster.delete(MAP, "u1"));
    server.handle((r, answer) -> answer.json(404, status(404, "NotFound", "")));
    assertFalse(cluster.delete(MAP, ""));
  }

  @Test
  void anEventIsRecordedAndNeverGetsInTheWay() {
    server.handle((request, answer) -> answer.json(403, status(403, "Forbidden", "no")));
    cluster.event(map(), "Warning", "Reason", "words");
    var request = server.requests.getFirst();
    assertEquals("POST /api/v1/namespaces/demo/events", request.toString());
    assertEquals("m", Json.parse(request.body()).at("/involvedObject/name").asText());
  }
}
