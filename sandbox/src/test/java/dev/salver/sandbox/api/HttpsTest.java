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
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.run.SystemScheduler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the HTTPS face adds to the core, as HTTP clients see it. */
final class HttpsTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
  private static Target.Https target;
  private static HttpsApi client;

  @BeforeAll
  static void open() {
    target = new Target.Https();
    client = target.api();
  }

  @AfterAll
  static void close() {
    target.close();
  }

  @Test
  void nobodyGetsInWithoutTheToken() {
    for (String token : List.of("", "Bearer ", "Bearer wrong", "Basic abc")) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(client.server() + "/api/v1/pods"));
      if (!token.isEmpty()) {
        request.header("authorization", token);
      }
      HttpResponse<String> response = client.send(request.build());
      assertEquals(401, response.statusCode(), token);
      assertEquals("Unauthorized", Json.parse(response.body()).path("reason").asText());
    }
  }

  @Test
  void aForeignHostIsTurnedAwayBeforeItsTokenIsLookedAt() throws Exception {
    assertEquals(403, statusFor("evil.example:443"));
    assertEquals(401, statusFor("localhost"));
    assertEquals(401, statusFor("127.0.0.1:" + URI.create(client.server()).getPort()));
  }

  @Test
  void aBodyOverTheLimitIsRefused() {
    var refused =
        assertThrows(
            ApiException.class,
            () ->
                client.write(
                    "POST", MAPS, "application/json", "{\"x\":\"" + "y".repeat(4 << 20) + "\"}"));
    assertEquals(413, refused.code());
  }

  @Test
  void nonsenseIsABadRequestThatSaysWhatIsWrong() {
    assertRefused(400, "POST", MAPS, "application/json", "{\"kind\": ", "Unexpected end-of-input");
    assertRefused(400, "POST", MAPS, "application/json", "{\"a\":1,\"a\":2}", "Duplicate field");
    assertRefused(400, "POST", MAPS, "application/json", "[]", "not an object");
    assertRefused(400, "POST", MAPS, "application/json", "{}", "'apiVersion' is missing");
    assertRefused(
        400,
        "POST",
        MAPS,
        "application/json",
        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"}}",
        "the path is for v1/ConfigMap");
    assertRefused(415, "POST", MAPS, "text/plain", "hello", "unknown format");
    assertRefused(400, "POST", MAPS, "application/yaml", "a: &x [1]\nb: [*x, *x]", "");
    assertRefused(
        422,
        "POST",
        MAPS,
        "application/yaml",
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: 'Bad_Name'}}",
        "RFC 1123 subdomain");
    assertRefused(
        400,
        "POST",
        MAPS,
        "application/yaml",
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {n: 1}}}",
        "metadata.labels.n is not a string");
    assertRefused(405, "DELETE", MAPS + "/x/status", "application/json", "{}", "does not allow");
  }

  @Test
  void whatIsNotServedIsNotFound() {
    for (String path :
        List.of("/apis/nothing.example/v1/things", "/api/v1/nothings", "/nothing", "/api/v2")) {
      JsonNode status = client.json(path);
      assertEquals(404, status.path("code").asInt(), path);
      assertEquals(
          "the server could not find the requested resource", status.path("message").asText());
    }
  }

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

  private static String space(String name) {
    target.core().create(Objects.namespace(name), "test");
    return name;
  }

  private static List<String> names(String path) {
    var names = new ArrayList<String>();
    client.json(path).path("items").forEach(item -> names.add(item.at("/metadata/name").asText()));
    return names;
  }

  private static JsonNode table(String path) {
    return Json.parse(
        client
            .send(
                client
                    .request(path)
                    .header("accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                    .build())
            .body());
  }

  private static JsonNode patch(String path, String type, String patch) {
    return client.write("PATCH", path + "?fieldManager=patcher", "application/" + type, patch);
  }

  private static void assertRefused(
      int code, String method, String path, String type, String body, String message) {
    var refused = assertThrows(ApiException.class, () -> client.write(method, path, type, body));
    assertEquals(code, refused.code(), refused::getMessage);
    assertTrue(refused.getMessage().contains(message), refused::getMessage);
  }

  /** The status for a Host that java.net.http would not send. */
  private static int statusFor(String host) throws IOException, GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anyone()}, null);
    URI server = URI.create(client.server());
    try (Socket socket =
        context.getSocketFactory().createSocket(server.getHost(), server.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("GET /api HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return Integer.parseInt(in.readLine().split(" ")[1]);
    }
  }

  /** Trust is not what this test is about. */
  private static final class Anyone implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
