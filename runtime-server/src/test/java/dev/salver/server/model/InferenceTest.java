package dev.salver.server.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Right answers, over HTTP, from real models; expected values are those of ONNX Runtime's Python
 * binding.
 */
final class InferenceTest {

  private static JsonNode expected(Path file, String name) throws Exception {
    return Json.parse(Files.readString(file)).path(name);
  }

  private static String body(JsonNode inputs, String... datatypes) {
    List<String> parts = new ArrayList<>();
    int i = 0;
    for (var input : inputs.properties()) {
      parts.add(
          "{\"name\":\"%s\",\"shape\":%s,\"datatype\":\"%s\",\"data\":%s}"
              .formatted(
                  input.getKey(),
                  Json.write(input.getValue().path("shape")),
                  datatypes[i++],
                  Json.write(input.getValue().path("data"))));
    }
    return "{\"inputs\":[" + String.join(",", parts) + "]}";
  }

  private static void sameAsPython(String model, String... datatypes) throws Exception {
    JsonNode known = expected(RunningServer.MODELS.resolve("expected.json"), model);
    try (var server = RunningServer.of(model)) {
      for (int round = 0; round < 4; round++) {
        JsonNode answer = server.inferred(body(known.path("inputs"), datatypes));
        for (JsonNode output : answer.path("outputs")) {
          JsonNode wanted = known.path("outputs").path(output.path("name").asText());
          if (!wanted.isMissingNode()) {
            assertEquals(wanted.path("shape"), output.path("shape"), answer::toString);
            close(wanted.path("data"), output.path("data"));
          }
        }
      }
    }
  }

  private static void close(JsonNode wanted, JsonNode found) {
    assertEquals(wanted.size(), found.size(), found::toString);
    for (int i = 0; i < wanted.size(); i++) {
      if (wanted.get(i).isNumber()) {
        assertEquals(wanted.get(i).asDouble(), found.get(i).asDouble(), 1e-5, found::toString);
      } else {
        assertEquals(wanted.get(i), found.get(i), found::toString);
      }
    }
  }

  @Test
  void theQuickstartsModelsAnswerTheirSamplesRight() throws Exception {
    for (String name : List.of("iris", "digits")) {
      JsonNode known = expected(RunningServer.QUICKSTART.resolve("expected.json"), name);
      Path model = RunningServer.QUICKSTART.resolve("models/" + name + ".onnx");
      try (var server = RunningServer.ready(name, model)) {
        Path requests = RunningServer.QUICKSTART.resolve("requests");
        JsonNode v2 = server.inferred(Files.readString(requests.resolve(name + ".json")));
        assertEquals(known.path("truth"), v2.path("outputs").path(0).path("data"));
        close(known.path("probabilities").path(0), v2.path("outputs").path(1).path("data"));
        JsonNode v1 =
            Json.parse(
                server.predict(Files.readString(requests.resolve(name + "-v1.json"))).body());
        JsonNode row = v1.path("predictions").path(0);
        assertEquals(known.path("truth").path(0), row.path("label"));
        close(known.path("probabilities").path(0), row.path("probabilities"));
      }
    }
  }

  @Test
  void labelsThatAreTextComeOutAsBytes() throws Exception {
    sameAsPython("iris-words", "FP32");
  }

  @Test
  void severalInputsAreJoinedAsInPython() throws Exception {
    sameAsPython("two-inputs", "FP32", "FP32");
  }

  @Test
  void textAsInputReachesTheModelCharacterForCharacter() throws Exception {
    sameAsPython("columns", "FP32", "BYTES");
  }

  @Test
  void sizesKnownOnlyAtRunTimeAreTakenFromTheRequest() throws Exception {
    sameAsPython("dynamic", "FP32");
  }

  @Test
  void mapsOfScoresComeOutAsAMatrix() throws Exception {
    JsonNode known = expected(RunningServer.MODELS.resolve("expected.json"), "iris-zipmap");
    try (var server = RunningServer.of("iris-zipmap")) {
      JsonNode scores = server.inferred(body(known.path("inputs"), "FP32")).path("outputs").path(1);
      assertEquals("FP32", scores.path("datatype").asText());
      assertEquals(Json.parse("[3,3]"), scores.path("shape"));
      for (int row = 0; row < 3; row++) {
        for (int k = 0; k < 3; k++) {
          assertEquals(
              known.path("maps").path(row).path(k).asDouble(),
              scores.path("data").path(row * 3 + k).asDouble(),
              1e-5);
        }
      }
    }
  }

  @Test
  void outputsWhoseShapesTheModelGetsWrongAreStillRight() throws Exception {
    try (var server = RunningServer.of("lying")) {
      String body =
          "{\"inputs\":[{\"name\":\"values\",\"shape\":[4],\"datatype\":\"FP32\",\"data\":%s}]}";
      for (int round = 0; round < 4; round++) {
        JsonNode some = server.inferred(body.formatted("[0,1,0,2]")).path("outputs").path(0);
        assertEquals(Json.parse("[1,3]"), some.path("data"));
        JsonNode all = server.inferred(body.formatted("[1,1,1,1]")).path("outputs").path(0);
        assertEquals(Json.parse("[1,4]"), all.path("shape"));
      }
    }
  }

  @Test
  void differentSizesInTurnDoNotMixUp() throws Exception {
    try (var server = RunningServer.of("dynamic", "--threads=2")) {
      for (int i = 0; i < 60; i++) {
        int rows = 1 + i / 3 % 4;
        int length = 1 + i % 5;
        var data = new ArrayList<String>();
        for (int n = 0; n < rows * length; n++) {
          data.add(Integer.toString(n % 2 == 0 ? n + i : -n));
        }
        JsonNode same =
            server
                .inferred(
                    "{\"inputs\":[{\"name\":\"values\",\"shape\":[%d,%d],\"datatype\":\"FP32\",\"data\":%s}]}"
                        .formatted(rows, length, data))
                .path("outputs")
                .path(1);
        for (int n = 0; n < data.size(); n++) {
          assertEquals(Double.parseDouble(data.get(n)), same.path("data").path(n).asDouble());
        }
      }
    }
  }

  @Test
  void scalarsAndInputsThatAnInitializerFills() throws Exception {
    try (var server = RunningServer.of("scalar")) {
      JsonNode answer =
          server.inferred(
              "{\"inputs\":[{\"name\":\"x\",\"shape\":[],\"datatype\":\"FP32\",\"data\":[7]}]}");
      assertEquals(Json.parse("[]"), answer.path("outputs").path(0).path("shape"));
      assertEquals(21, answer.path("outputs").path(0).path("data").path(0).asInt());
      assertEquals(1, Json.parse(server.get("/v2/models/scalar").body()).path("inputs").size());
    }
  }

  @Test
  void notANumberAndInfinityAreNullBothWays() throws Exception {
    try (var server = RunningServer.of("divide")) {
      String body =
          "{\"inputs\":[{\"name\":\"a\",\"shape\":[4],\"datatype\":\"FP32\",\"data\":[1,0,-1,null]},"
              + "{\"name\":\"b\",\"shape\":[4],\"datatype\":\"FP32\",\"data\":[0,0,0,2]}]}";
      JsonNode data = server.inferred(body).path("outputs").path(0).path("data");
      assertEquals(Json.parse("[null,null,null,null]"), data);
    }
  }

  @Test
  void anyTwoRequestsAtOnceGetTheirOwnAnswers() throws Exception {
    try (var server = RunningServer.of("divide", "--threads=3")) {
      var answers =
          new ArrayList<
              java.util.concurrent.CompletableFuture<java.net.http.HttpResponse<String>>>();
      for (int i = 1; i <= 90; i++) {
        answers.add(
            server.inferLater(
                "{\"id\":\"%d\",\"inputs\":[{\"name\":\"a\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[%d]},{\"name\":\"b\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[4]}]}"
                    .formatted(i, i)));
      }
      for (int i = 1; i <= 90; i++) {
        JsonNode answer = Json.parse(answers.get(i - 1).get().body());
        assertEquals(Integer.toString(i), answer.path("id").asText());
        assertEquals(i / 4.0, answer.path("outputs").path(0).path("data").path(0).asDouble());
      }
    }
  }

  @Test
  void rowsMayNameTheirColumns() throws Exception {
    try (var server = RunningServer.of("columns")) {
      var answer =
          server.predict(
              "{\"instances\":[{\"age\":40,\"city\":\"Bern\"},{\"city\":[\"Rome\"],\"age\":[60]}]}");
      assertEquals("{\"predictions\":[[41.0],[59.0]]}", answer.body());
      String lacking = RunningServer.error(server.predict("{\"instances\":[{\"age\":40}]}"));
      assertEquals("instances[0] lacks input \"city\"", lacking);
      String unknown =
          RunningServer.error(
              server.predict("{\"instances\":[{\"age\":1,\"city\":\"x\",\"zip\":2}]}"));
      assertTrue(unknown.startsWith("instances[0] has \"zip\", which is no input"), unknown);
    }
  }
}
