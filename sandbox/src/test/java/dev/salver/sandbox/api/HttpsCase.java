package dev.salver.sandbox.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** An HTTPS face that the tests of one class share, and what they ask of it. */
abstract class HttpsCase {
  static final String MAPS = "/api/v1/namespaces/default/configmaps";
  static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
  static Target.Https target;
  static HttpsApi client;

  @BeforeAll
  static void open() {
    target = new Target.Https();
    client = target.api();
  }

  @AfterAll
  static void close() {
    target.close();
  }

  static String space(String name) {
    target.core().create(Objects.namespace(name), "test");
    return name;
  }

  static List<String> names(String path) {
    var names = new ArrayList<String>();
    client.json(path).path("items").forEach(item -> names.add(item.at("/metadata/name").asText()));
    return names;
  }

  static JsonNode table(String path) {
    return Json.parse(
        client
            .send(
                client
                    .request(path)
                    .header("accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                    .build())
            .body());
  }

  static JsonNode patch(String path, String type, String patch) {
    return client.write("PATCH", path + "?fieldManager=patcher", "application/" + type, patch);
  }

  static void assertRefused(
      int code, String method, String path, String type, String body, String message) {
    var refused = assertThrows(ApiException.class, () -> client.write(method, path, type, body));
    assertEquals(code, refused.code(), refused::getMessage);
    assertTrue(refused.getMessage().contains(message), refused::getMessage);
  }
}
