package dev.salver.sandbox.controllers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Yaml;
import dev.salver.sandbox.api.ApiException;
import dev.salver.sandbox.controllers.knative.KnativeOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Replays what Knative Serving (repository state of 2026-08-21) was seen to do. With {@code
 * SALVER_ORACLE} set to a folder of recordings, those under its {@code knative} are replayed too.
 */
final class KnativeRecordingsTest {
  private static final KnativeOptions LIKE_THE_RECORDED =
      new KnativeOptions("svc.cluster.local", 0, "gateway.local", 20);
  private static final List<ResourceType> WATCHED =
      List.of(
          ResourceTypes.KNATIVE_SERVICE,
          ResourceTypes.CONFIGURATION,
          ResourceTypes.REVISION,
          ResourceTypes.ROUTE,
          ResourceTypes.POD_AUTOSCALER,
          ResourceTypes.DEPLOYMENT,
          ResourceTypes.SERVICE);

  @TestFactory
  Stream<DynamicTest> a_service_becomes_what_knative_makes_of_it() {
    return Stream.concat(
        Recorded.own().stream()
            .map(recording -> dynamicTest(recording.name(), () -> replay(recording))),
        oracle().stream()
            .flatMap(folder -> Recorded.raw(folder).stream())
            .map(recording -> dynamicTest("oracle " + recording.name(), () -> replay(recording))));
  }

  @TestFactory
  Stream<DynamicTest> a_write_is_refused_or_let_through_as_by_knative() {
    var tests = new ArrayList<DynamicTest>();
    for (JsonNode node :
        Yaml.documents(Recorded.read(Recorded.OWN.resolve("admission.yaml"))).getFirst()) {
      var refused = new ArrayList<String>();
      node.path("refused").forEach(line -> refused.add(line.asText()));
      tests.add(admission(node.path("case").asText(), node.path("spec"), refused));
    }
    for (Path folder : oracle()) {
      Path file = folder.resolve("admission.yaml");
      if (Files.exists(file)) {
        Yaml.documents(Recorded.read(file))
            .getFirst()
            .properties()
            .forEach(
                entry ->
                    tests.add(
                        admission(
                            "oracle " + entry.getKey(),
                            entry.getValue().path("spec"),
                            entry.getValue().has("rejected")
                                ? Recorded.lines(entry.getValue().path("rejected").asText())
                                : List.of())));
      }
    }
    return tests.stream();
  }

  @Test
  void every_difference_is_told_in_the_guide() {
    String guide = Recorded.read(Path.of("../docs/sandbox.md"));
    for (var difference : KnativeDifferences.ALL) {
      assertTrue(guide.contains("**" + difference.title() + "**"), difference.title());
    }
  }

  private static List<Path> oracle() {
    String folder = System.getenv("SALVER_ORACLE");
    if (folder == null || folder.isEmpty()) {
      System.out.println(
          "SALVER_ORACLE is not set: only the project's own recordings are replayed");
      return List.of();
    }
    return List.of(Path.of(folder, "knative"));
  }

  private static DynamicTest admission(String name, JsonNode spec, List<String> refused) {
    return dynamicTest(
        name,
        () -> {
          try (var world = new World(LIKE_THE_RECORDED)) {
            KubeObject service = Recorded.service("hello", World.NAMESPACE, spec);
            if (refused.isEmpty()) {
              world.put(service);
            } else {
              var refusal = assertThrows(ApiException.class, () -> world.put(service));
              assertEquals(refused, Recorded.lines(refusal.getMessage()));
            }
          }
        });
  }

  private static void replay(Recorded.Case recording) {
    try (var world = new World(LIKE_THE_RECORDED)) {
      int number = 0;
      for (Recorded.Step step : recording.steps()) {
        String where = recording.name() + ", step " + ++number;
        if (!step.refused().isEmpty()) {
          var refusal = assertThrows(ApiException.class, () -> world.put(step.service()), where);
          assertEquals(
              step.refused().getFirst(), Recorded.lines(refusal.getMessage()).getFirst(), where);
          continue;
        }
        world.put(step.service());
        world.settle();
        world.pass(Duration.ofSeconds(20));
        compare(where, step, made(world));
        assertEquals(List.of(), world.failures, where);
      }
    }
  }

  private static Map<String, ObjectNode> made(World world) {
    var made = new TreeMap<String, ObjectNode>();
    for (ResourceType type : WATCHED) {
      world.list(type).forEach(o -> made.put(Recorded.key(o.tree()), Recorded.plain(o.tree())));
    }
    return made;
  }

  private static void compare(String where, Recorded.Step step, Map<String, ObjectNode> made) {
    var recorded = new TreeMap<>(step.becomes());
    recorded.keySet().removeIf(key -> !KnativeDifferences.isMade(key));
    if (!step.whole()) {
      made.keySet().removeIf(key -> key.startsWith("ClusterService "));
    }
    assertEquals(recorded.keySet(), made.keySet(), where);
    recorded.forEach(
        (key, was) -> {
          ObjectNode expected = was.deepCopy();
          ObjectNode actual = made.getOrDefault(key, was).deepCopy();
          KnativeDifferences.level(key, expected, actual);
          if (!step.whole()) {
            narrow(expected, actual);
          }
          if (!Trees.same(expected, actual)) {
            assertEquals(text(expected), text(actual), where + ": " + key);
          }
        });
  }

  /** A partial recording says which fields it speaks of. */
  private static void narrow(ObjectNode expected, ObjectNode actual) {
    for (String part : List.of("metadata", "spec")) {
      if (!(expected.path(part) instanceof ObjectNode wanted)) {
        actual.remove(part);
        continue;
      }
      if (actual.path(part) instanceof ObjectNode got) {
        got.retain(names(wanted));
        if (wanted.path("labels") instanceof ObjectNode labels
            && got.path("labels") instanceof ObjectNode has) {
          has.retain(names(labels));
        }
        if (got.isEmpty()) {
          actual.remove(part);
          expected.remove(part);
        }
      }
    }
    if (expected.path("metadata").isEmpty()) {
      expected.remove("metadata");
      actual.remove("metadata");
    }
    if (!expected.has("status")) {
      actual.remove("status");
    }
  }

  private static List<String> names(ObjectNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String text(JsonNode node) {
    return Yaml.write(sorted(node));
  }

  private static JsonNode sorted(JsonNode node) {
    if (!node.isObject()) {
      return node;
    }
    var fields = new TreeMap<String, JsonNode>();
    node.properties().forEach(entry -> fields.put(entry.getKey(), sorted(entry.getValue())));
    ObjectNode result = Json.object();
    fields.forEach(result::set);
    return result;
  }
}
