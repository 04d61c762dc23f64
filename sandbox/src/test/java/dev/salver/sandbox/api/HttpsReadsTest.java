package dev.salver.sandbox.api;

import static dev.salver.sandbox.api.Objects.configMap;
import static dev.salver.sandbox.api.Objects.with;
import static dev.salver.sandbox.api.Objects.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.run.SystemScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists, watches and tables, as HTTP clients see them. */
final class HttpsReadsTest extends HttpsCase {
  @Test
  void listsComeInPagesOfOneVersion() {
    String space = space("pages");
    for (int i = 0; i < 7; i++) {
      target.core().create(configMap(space, "m" + i, "{}"), "test");
    }
    var names = new ArrayList<String>();
    String path = "/api/v1/namespaces/" + space + "/configmaps?limit=3";
    JsonNode page = client.json(path);
    String version = page.at("/metadata/resourceVersion").asText();
    assertEquals(4, page.at("/metadata/remainingItemCount").asInt());
    target.core().create(configMap(space, "m5a", "{}"), "test");
    target.core().delete(configMap(space, "m6", "{}").key(), Api.Preconditions.NONE);
    while (true) {
      page.path("items").forEach(item -> names.add(item.at("/metadata/name").asText()));
      assertEquals(version, page.at("/metadata/resourceVersion").asText());
      String next = page.at("/metadata/continue").asText();
      if (next.isEmpty()) {
        break;
      }
      page = client.json(path + "&continue=" + next);
    }
    assertEquals(List.of("m0", "m1", "m2", "m3", "m4", "m5", "m6"), names);
    assertEquals(400, client.json(path + "&continue=nonsense").path("code").asInt());
  }

  @Test
  void selectorsSelectAndUnknownFieldsAreRefused() {
    String space = space("selectors");
    for (String tier : List.of("front", "back", "middle")) {
      target
          .core()
          .create(
              with(
                  configMap(space, tier, "{}"),
                  tree -> tree.withObject("/metadata/labels").put("tier", tier)),
              "test");
    }
    String path = "/api/v1/namespaces/" + space + "/configmaps?";
    assertEquals(List.of("back"), names(path + "labelSelector=tier%3Dback"));
    assertEquals(List.of("front", "middle"), names(path + "labelSelector=tier!%3Dback"));
    assertEquals(List.of("back", "front"), names(path + "labelSelector=tier+in+(front,+back)"));
    assertEquals(List.of("middle"), names(path + "labelSelector=tier+notin+(front,back),tier"));
    assertEquals(List.of(), names(path + "labelSelector=!tier"));
    assertEquals(List.of("front"), names(path + "fieldSelector=metadata.name%3Dfront"));
    assertEquals(
        "field label not supported: data.k",
        client.json(path + "fieldSelector=data.k%3Dv").path("message").asText());
    assertEquals(400, client.json(path + "labelSelector=a+b+c").path("code").asInt());
  }

  @Test
  void aWatchGoesOnFromAVersionAndEndsInTime() {
    String space = space("watched");
    long before = target.core().version();
    target.core().create(configMap(space, "a", "{}"), "test");
    target.core().create(configMap(space, "b", "{}"), "test");
    target.core().delete(configMap(space, "a", "{}").key(), Api.Preconditions.NONE);
    var lines =
        client
            .lines(
                "/api/v1/namespaces/"
                    + space
                    + "/configmaps?watch=1&timeoutSeconds=1&resourceVersion="
                    + before)
            .map(Json::parse)
            .map(event -> event.path("type").asText() + event.at("/object/metadata/name").asText())
            .toList();
    assertEquals(List.of("ADDEDa", "ADDEDb", "DELETEDa"), lines);
  }

  @Test
  void aWatchFromTooLongAgoIsGone() {
    try (var scheduler = new SystemScheduler();
        var api = SandboxApi.inMemory(scheduler, SandboxApi.Options.standard().withHistory(4));
        Feed old = api.feedAfter(ResourceTypes.CONFIG_MAP, object -> true, 1)) {
      for (int i = 0; i < 8; i++) {
        api.create(configMap("default", "m" + i, "{}"), "test");
      }
      var gone = assertThrows(ApiException.class, () -> old.next(Duration.ofSeconds(5)));
      assertEquals(410, gone.code());
      assertEquals("Expired", gone.reason());
      assertTrue(gone.getMessage().startsWith("too old resource version: 1 ("));
    }
  }

  @Test
  void aStreamedListEndsWithABookmark() {
    String space = space("streamed");
    target.core().create(configMap(space, "a", "{}"), "test");
    var lines =
        client
            .lines(
                "/api/v1/namespaces/"
                    + space
                    + "/configmaps?watch=1&timeoutSeconds=1&sendInitialEvents=true"
                    + "&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true")
            .map(Json::parse)
            .toList();
    assertEquals("ADDED", lines.get(0).path("type").asText());
    assertEquals("BOOKMARK", lines.get(1).path("type").asText());
    assertEquals(
        "true",
        lines.get(1).at("/object/metadata/annotations/k8s.io~1initial-events-end").asText());
    assertEquals(422, client.json(MAPS + "?watch=1&sendInitialEvents=true").path("code").asInt());
  }

  @Test
  void tablesShowWhatPeopleLookForAndNoSecrets() {
    String space = space("tables");
    target
        .core()
        .create(
            yaml(
                "{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: %s}, stringData: {k:"
                        .formatted(space)
                    + " topsecret}}"),
            "test");
    KubeObject isvc =
        target
            .core()
            .create(
                yaml(
                    "{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, metadata: {name:"
                        + " iris, namespace: %s}, spec: {}}".formatted(space)),
                "test");
    target
        .core()
        .updateStatus(
            with(
                isvc,
                tree ->
                    tree.set(
                        "status",
                        Json.parse(
                            "{\"url\":\"http://iris\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}],"
                                + "\"components\":{\"predictor\":{\"traffic\":[{\"latestRevision\":true,"
                                + "\"percent\":100,\"revisionName\":\"iris-1\"}]}}}"))),
            "test");
    JsonNode secrets = table("/api/v1/namespaces/" + space + "/secrets");
    assertEquals("Opaque", secrets.at("/rows/0/cells/1").asText());
    assertEquals(1, secrets.at("/rows/0/cells/2").asInt());
    assertFalse(secrets.toString().contains("dG9wc2VjcmV0"), "a table shows a secret's value");
    JsonNode services =
        table("/apis/serving.kserve.io/v1beta1/namespaces/" + space + "/inferenceservices");
    var columns = new ArrayList<String>();
    services.path("columnDefinitions").forEach(column -> columns.add(column.path("name").asText()));
    assertEquals(
        List.of(
            "Name",
            "URL",
            "Ready",
            "Prev",
            "Latest",
            "PrevRolledoutRevision",
            "LatestReadyRevision",
            "Age"),
        columns);
    assertEquals(
        "[\"iris\",\"http://iris\",\"True\",\"\",\"100\",\"\",\"iris-1\"]",
        Json.write(services.at("/rows/0/cells")).replaceFirst(",\"[0-9]+s\"]$", "]"));
    assertEquals("PartialObjectMetadata", services.at("/rows/0/object/kind").asText());
  }

  @Test
  void metadataAloneCanBeAskedFor() {
    target.core().create(configMap("default", "partial", "{k: v}"), "test");
    JsonNode partial =
        Json.parse(
            client
                .send(
                    client
                        .request(MAPS + "/partial")
                        .header(
                            "accept",
                            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1")
                        .build())
                .body());
    assertEquals("PartialObjectMetadata", partial.path("kind").asText());
    assertTrue(partial.path("data").isMissingNode());
    assertEquals(
        406, client.send(client.request(MAPS).header("accept", "image/png").build()).statusCode());
  }

  @Test
  void discoveryTellsTheSameInBothItsForms() {
    JsonNode plain = client.json("/apis/serving.knative.dev/v1");
    var names = new ArrayList<String>();
    plain.path("resources").forEach(resource -> names.add(resource.path("name").asText()));
    assertTrue(
        names.containsAll(List.of("services", "services/status", "revisions")), names::toString);
    JsonNode aggregated =
        Json.parse(
            client
                .send(
                    client
                        .request("/apis")
                        .header(
                            "accept",
                            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
                                + "application/json")
                        .build())
                .body());
    assertEquals("APIGroupDiscoveryList", aggregated.path("kind").asText());
    assertEquals(client.json("/apis").path("groups").size(), aggregated.path("items").size());
    assertEquals("1", client.json("/version").path("major").asText());
    JsonNode index = client.json("/openapi/v3");
    String document = index.at("/paths/apis~1apps~1v1/serverRelativeURL").asText();
    JsonNode openApi = client.json(document);
    assertTrue(
        openApi
            .at("/paths/~1apis~1apps~1v1~1namespaces~1{namespace}~1deployments~1{name}/patch")
            .toString()
            .contains("fieldValidation"));
    assertEquals("ok", client.send(client.request("/readyz").build()).body());
  }
}
