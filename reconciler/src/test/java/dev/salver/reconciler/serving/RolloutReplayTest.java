package dev.salver.reconciler.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Trees;
import dev.salver.kube.Yaml;
import dev.salver.kube.kserve.Runtimes;
import dev.salver.kube.kserve.ServingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Canaries, promotions and rollbacks take the steps that KServe takes. */
class RolloutReplayTest {
  private static final int PASSES = 6;

  private KubeObject service = KubeObject.named(ResourceTypes.INFERENCE_SERVICE.gvk(), "demo", "m");
  private List<KubeObject> observed = List.of();

  static Stream<Path> recorded() {
    return Fixtures.files(Fixtures.HERE.resolve("rollouts")).stream();
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void trafficAndRevisionsGoAsRecorded(Path file) throws IOException {
    var runtimes = Runtimes.of(Fixtures.runtimes());
    int number = 0;
    for (JsonNode step : Yaml.documents(Files.readString(file)).getFirst().path("steps")) {
      String at = file.getFileName() + " step " + number++;
      boolean applied = step.has("apply");
      KubeObject before = service;
      if (applied) {
        apply(step.path("apply"));
      } else {
        report(step.path("knative"));
      }
      settle(runtimes);
      JsonNode then = step.path("then");
      JsonNode traffic = knative().map(k -> k.spec().path("traffic")).orElse(Json.array());
      assertEquals(List.of(), TreeDiff.between("traffic", then.path("traffic"), traffic), at);
      assertEquals(
          List.of(),
          TreeDiff.between(
              "predictor",
              then.path("predictor"),
              service.status().path("components").path("predictor")),
          at);
      boolean changed =
          !before.spec().equals(service.spec())
              || !before.annotations().equals(service.annotations());
      if (applied && changed) {
        assertFalse(service.is("Ready"), at + ": a new generation is not ready before it runs");
      } else {
        assertEquals(
            then.path("conditions").path("Ready"), service.condition("Ready").path("status"), at);
      }
    }
  }

  private void apply(JsonNode change) {
    KubeObject next = service.copy();
    ObjectNode metadata = next.tree().withObjectProperty("metadata");
    metadata.put("generation", service.generation() + 1).remove("annotations");
    if (change.has("annotations")) {
      metadata.set("annotations", change.path("annotations"));
    }
    next.tree().putObject("spec").set("predictor", change.path("predictor").deepCopy());
    service = next;
  }

  /** Knative reports on the service that it was last given. */
  private void report(JsonNode given) {
    KubeObject knative = knative().orElseThrow().copy();
    ObjectNode status = knative.tree().putObject("status");
    status
        .put("observedGeneration", knative.generation())
        .put("latestCreatedRevisionName", given.path("latestCreated").asText())
        .put("latestReadyRevisionName", given.path("latestReady").asText())
        .put("url", "http://m-predictor.demo.example.com");
    status.putObject("address").put("url", "http://m-predictor.demo.svc.cluster.local");
    for (String type : List.of("ConfigurationsReady", "Ready", "RoutesReady")) {
      status
          .withArrayProperty("conditions")
          .addObject()
          .put("type", type)
          .put("status", given.path("ready").asText());
    }
    ArrayNode traffic = status.putArray("traffic");
    for (JsonNode target : knative.spec().path("traffic")) {
      ObjectNode copy = Trees.copy(target);
      if (target.path("latestRevision").asBoolean()) {
        copy.put("revisionName", given.path("latestReady").asText());
      }
      if (target.has("tag")) {
        copy.put("url", "http://" + target.path("tag").asText() + "-m-predictor.demo.example.com");
      }
      traffic.add(copy);
    }
    observed = observed.stream().map(o -> o.key().equals(knative.key()) ? knative : o).toList();
  }

  private void settle(Runtimes runtimes) {
    for (int pass = 0; pass < PASSES; pass++) {
      Rendering rendering =
          Serving.render(
              service,
              runtimes,
              ServingConfig.DEFAULT,
              Features.ALL,
              new Observed(observed, List.of()));
      observed = rendering.children().stream().map(this::stored).toList();
      KubeObject next = service.copy();
      next.tree()
          .set(
              "status", Conditions.stamp(rendering.status(), Instant.ofEpochSecond(1_700_000_000)));
      service = next;
    }
  }

  /** As an API server keeps it: a changed spec is a new generation, the status stays. */
  private KubeObject stored(KubeObject rendered) {
    KubeObject copy = rendered.copy();
    var there = observed.stream().filter(o -> o.key().equals(rendered.key())).findFirst();
    long generation =
        there.map(o -> o.generation() + (o.spec().equals(rendered.spec()) ? 0 : 1)).orElse(1L);
    copy.tree().withObjectProperty("metadata").put("generation", generation);
    there.filter(o -> o.tree().has("status")).ifPresent(o -> copy.tree().set("status", o.status()));
    return copy;
  }

  private Optional<KubeObject> knative() {
    return observed.stream()
        .filter(o -> o.gvk().equals(ResourceTypes.KNATIVE_SERVICE.gvk()))
        .findFirst();
  }
}
