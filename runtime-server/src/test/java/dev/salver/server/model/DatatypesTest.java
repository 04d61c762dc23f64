package dev.salver.server.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every datatype goes through a model that changes nothing, and comes back as it went. */
final class DatatypesTest {
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.of("identity");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static final List<String> TYPES =
      List.of(
          "int64", "int32", "int16", "int8", "uint8", "uint16", "uint32", "uint64", "bool",
          "string", "fp16", "bf16", "fp32", "fp64");

  private static String body(Map<String, String> data) {
    List<String> inputs = new ArrayList<>();
    for (String type : TYPES) {
      String own = type.equals("bool") ? "[true]" : type.equals("string") ? "[\"\"]" : "[0]";
      String values = data.getOrDefault(type, own);
      String name = type.equals("string") ? "BYTES" : type.toUpperCase(java.util.Locale.ROOT);
      inputs.add(
          "{\"name\":\"%s-in\",\"shape\":[%d],\"datatype\":\"%s\",\"data\":%s}"
              .formatted(type, Json.parse(values).size(), name, values));
    }
    return "{\"inputs\":["
        + String.join(",", inputs)
        + "],\"outputs\":[{\"name\":\""
        + data.keySet().iterator().next()
        + "-out\"}]}";
  }

  /** All inputs share the dimension "batch", so the others are filled to the same length. */
  private static JsonNode through(String type, String values) throws Exception {
    int size = Json.parse(values).size();
    Map<String, String> data = new LinkedHashMap<>();
    data.put(type, values);
    for (String other : TYPES) {
      String filler = other.equals("bool") ? "true" : other.equals("string") ? "\"\"" : "0";
      data.putIfAbsent(
          other, "[" + String.join(",", java.util.Collections.nCopies(size, filler)) + "]");
    }
    JsonNode answer = server.inferred(body(data));
    assertEquals(1, answer.path("outputs").size());
    return answer.path("outputs").path(0).path("data");
  }

  private static void same(String type, String values) throws Exception {
    assertEquals(Json.parse(values), through(type, values), type);
  }

  @Test
  void integersOfEverySizeAreExactAtTheirEnds() throws Exception {
    same("int64", "[-9223372036854775808,9223372036854775807,9007199254740993]");
    same("int32", "[-2147483648,2147483647]");
    same("int16", "[-32768,32767]");
    same("int8", "[-128,127]");
    same("uint8", "[0,255]");
    same("uint16", "[0,65535]");
    same("uint32", "[0,4294967295]");
    same("uint64", "[0,18446744073709551615,9223372036854775808]");
  }

  @Test
  void booleansAndTextsComeBackAsTheyWent() throws Exception {
    same("bool", "[true,false,true]");
    same("string", "[\"\",\"a\\\"b\\\\\\n\",\"Zürich\",\"日本\",\"😀\"]");
  }

  @Test
  void floatsComeBackAsTheNearestOfTheirType() throws Exception {
    same("fp64", "[0.1,-1.7976931348623157E308,4.9E-324]");
    same("fp32", "[0.1,-2.5,16777216.0]");
    assertEquals(Json.parse("[0.099975586,65504.0,-2.0]"), through("fp16", "[0.1,65504,-2]"));
    assertEquals(Json.parse("[0.100097656,256.0]"), through("bf16", "[0.1,256]"));
  }

  private static String refused(String type, String values) throws Exception {
    return server.refused(body(Map.of(type, values)));
  }

  @Test
  void valuesThatDoNotFitAreRefusedByName() throws Exception {
    assertEquals(
        "input \"int8-in\": element 0 is wrong: 300 is not from -128 to 127",
        refused("int8", "[300]"));
    assertEquals(
        "input \"uint64-in\": element 0 is wrong: -1 is not from 0 to 18446744073709551615",
        refused("uint64", "[-1]"));
    assertEquals(
        "input \"int64-in\": element 0 is wrong: 1.5 is not a whole number",
        refused("int64", "[1.5]"));
    assertEquals(
        "input \"fp32-in\": element 0 is wrong: 1e39 is too large for FP32",
        refused("fp32", "[1e39]"));
    assertTrue(refused("fp16", "[70000]").endsWith("too large for FP16"));
    assertEquals(
        "input \"bool-in\": element 0 is wrong: it is a number, BOOL was expected",
        refused("bool", "[1]"));
    assertEquals(
        "input \"fp32-in\": element 0 is wrong: it is a string, FP32 was expected",
        refused("fp32", "[\"1\"]"));
    assertEquals(
        "input \"int32-in\": element 0 is wrong: it is null, INT32 was expected",
        refused("int32", "[null]"));
  }
}
