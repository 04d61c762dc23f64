package dev.salver.kube.autoscale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Replays what Knative Serving (repository state of 2026-08-21) decided for random series. */
final class RecordedDecisionsTest {
  private static final Instant START = Instant.ofEpochSecond(1_700_000_000);
  private static final double CLOSE = 1e-6;

  private record Value(double second, double value) {}

  private record Tick(int second, int ready, List<Value> values, Optional<double[]> outcome) {}

  private record Series(String name, ScalingSpec spec, int readyAtStart, List<Tick> ticks) {}

  @Test
  void everyTickOfTheRecordedSeriesIsDecidedAlike() throws IOException {
    List<Series> all = fixture();
    assertEquals(32, all.size());
    assertEquals(List.of(), differences(all));
  }

  @Test
  void everyTickOfAFullRecordingIsDecidedAlikeWhereOneIsGiven() throws IOException {
    String folder = System.getenv("SALVER_ORACLE");
    List<Series> all = folder == null ? fixture() : recording(Path.of(folder, "autoscaler.jsonl"));
    assertTrue(all.size() >= 32);
    assertEquals(List.of(), differences(all));
  }

  private static List<String> differences(List<Series> all) {
    var result = new ArrayList<String>();
    for (Series series : all) {
      var decider = new Decider(series.spec(), series.readyAtStart(), START);
      for (Tick tick : series.ticks()) {
        for (Value value : tick.values()) {
          decider.record(at(value.second()), value.value());
        }
        Optional<Decider.Decision> made =
            decider.decide(series.spec(), tick.ready(), at(tick.second()));
        if (!isSame(tick.outcome(), made)) {
          result.add(series.name() + " at " + tick.second() + ": " + made);
        }
      }
    }
    return result;
  }

  private static boolean isSame(Optional<double[]> wanted, Optional<Decider.Decision> made) {
    if (wanted.isEmpty() || made.isEmpty()) {
      return wanted.isEmpty() && made.isEmpty();
    }
    double[] numbers = wanted.get();
    Decider.Decision decision = made.get();
    return numbers[0] == decision.desired()
        && numbers[1] == decision.excessBurstCapacity()
        && Math.abs(numbers[2] - decision.stable()) < CLOSE * Math.max(1, numbers[2])
        && Math.abs(numbers[3] - decision.panic()) < CLOSE * Math.max(1, numbers[3]);
  }

  private static Instant at(double second) {
    return START.plusMillis(Math.round(second * 1000));
  }

  private static List<Series> fixture() throws IOException {
    var result = new ArrayList<Series>();
    try (var in = RecordedDecisionsTest.class.getResourceAsStream("decisions.txt.gz");
        var lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
      List<Tick> ticks = List.of();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("series ")) {
          ticks = new ArrayList<>();
          String[] words = line.split(" ");
          var settings = new HashMap<String, String>();
          for (int i = 2; i < words.length; i++) {
            settings.put(
                words[i].substring(0, words[i].indexOf('=')),
                words[i].substring(words[i].indexOf('=') + 1));
          }
          result.add(series(words[1], settings, ticks));
        } else if (!line.startsWith("#")) {
          ticks.add(tick(line, 2 * ticks.size()));
        }
      }
    }
    return result;
  }

  private static Tick tick(String line, int second) {
    String[] parts = line.split("\\|");
    var values = new ArrayList<Value>();
    for (String pair : parts[1].strip().split(" ")) {
      if (!pair.isEmpty()) {
        String[] numbers = pair.split(":");
        values.add(new Value(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1])));
      }
    }
    String outcome = parts[2].strip();
    return new Tick(
        second,
        Integer.parseInt(parts[0].strip()),
        values,
        outcome.equals("-")
            ? Optional.empty()
            : Optional.of(
                List.of(outcome.split(" ")).stream().mapToDouble(Double::parseDouble).toArray()));
  }

  private static Series series(String name, Map<String, String> settings, List<Tick> ticks) {
    return new Series(
        name,
        new ScalingSpec(
            settings.get("metric").equals("rps")
                ? ScalingSpec.Metric.RPS
                : ScalingSpec.Metric.CONCURRENCY,
            settings.get("aggregation").equals("linear")
                ? MetricWindow.Aggregation.LINEAR
                : MetricWindow.Aggregation.WEIGHTED_EXPONENTIAL,
            Double.parseDouble(settings.get("target")),
            Double.parseDouble(settings.get("total")),
            Double.parseDouble(settings.get("burst")),
            Double.parseDouble(settings.get("up")),
            Double.parseDouble(settings.get("down")),
            Duration.ofSeconds(Long.parseLong(settings.get("window"))),
            Duration.ofSeconds(Long.parseLong(settings.get("panicWindow"))),
            Double.parseDouble(settings.get("threshold")),
            Integer.parseInt(settings.get("activation")),
            Duration.ofSeconds(Long.parseLong(settings.get("delay"))),
            settings.get("reachable").equals("true")),
        Integer.parseInt(settings.get("readyAtStart")),
        ticks);
  }

  private static List<Series> recording(Path file) throws IOException {
    var result = new ArrayList<Series>();
    for (String line : Files.readAllLines(file)) {
      JsonNode tree = Json.parse(line);
      JsonNode spec = tree.path("spec");
      var settings = new HashMap<String, String>();
      Map.ofEntries(
              Map.entry("metric", "metric"),
              Map.entry("aggregation", "aggregation"),
              Map.entry("target", "targetValue"),
              Map.entry("total", "totalValue"),
              Map.entry("burst", "targetBurstCapacity"),
              Map.entry("up", "maxScaleUpRate"),
              Map.entry("down", "maxScaleDownRate"),
              Map.entry("window", "stableWindowSeconds"),
              Map.entry("panicWindow", "panicWindowSeconds"),
              Map.entry("threshold", "panicThreshold"),
              Map.entry("activation", "activationScale"),
              Map.entry("delay", "scaleDownDelaySeconds"),
              Map.entry("reachable", "reachable"),
              Map.entry("readyAtStart", "readyAtStart"))
          .forEach((ours, theirs) -> settings.put(ours, spec.path(theirs).asText()));
      var ticks = new ArrayList<Tick>();
      for (JsonNode tick : tree.path("ticks")) {
        var values = new ArrayList<Value>();
        tick.path("records")
            .forEach(v -> values.add(new Value(v.path(0).asDouble(), v.path(1).asDouble())));
        ticks.add(
            new Tick(
                tick.path("t").asInt(),
                tick.path("ready").asInt(),
                values,
                tick.path("valid").asBoolean()
                    ? Optional.of(
                        new double[] {
                          tick.path("desired").asDouble(),
                          tick.path("excessBurstCapacity").asDouble(),
                          tick.path("stable").asDouble(),
                          tick.path("panic").asDouble()
                        })
                    : Optional.empty()));
      }
      result.add(series(tree.path("name").asText(), settings, ticks));
    }
    return result;
  }
}
