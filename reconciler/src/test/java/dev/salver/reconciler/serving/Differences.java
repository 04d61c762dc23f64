package dev.salver.reconciler.serving;

import dev.salver.reconciler.serving.TreeDiff.Difference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Where Salver differs from KServe on purpose. The reasons stand in {@code
 * docs/kserve-compatibility.md} under the same names; an entry that no case needs fails the test.
 */
final class Differences {
  /**
   * One of them.
   *
   * @param name as it stands in the document
   * @param path of what differs, behind {@code CASE: }
   */
  record Entry(String name, Pattern path, Predicate<Difference> also) {}

  private static final List<Entry> ALL =
      List.of(
          entry("template-digest", ".*\\.metadata\\.annotations\\.salver\\.dev/template-digest"),
          entry("template-name", ".*\\.spec\\.template\\.metadata\\.(name|namespace)"),
          entry("observed-generation", ".*: status(Before|After)\\.observedGeneration"),
          entry(
              "failure-condition",
              ".*: status(Before|After)\\.conditions\\[(PredictorReady|Ready)\\]\\.\\w+",
              d -> d.actual().isTextual() && !d.actual().asText().equals("True")),
          entry("standby", "scale-zero-knative: statusAfter\\.modelStatus\\..*"),
          entry(
              "ingress-component-hosts",
              "transformer-.*standard: Ingress/\\S+\\.spec\\.rules\\[\\d\\]\\..*(host|name)"),
          entry("no-panic", "invalid-no-predictor: refused"));

  /** Groups of cases that are not carried yet, by the beginning of their names, and why. */
  static final Map<String, String> GAPS =
      Map.of(
          "graph-", "InferenceGraphs are rendered elsewhere",
          "storage-spec", "predictor.model.storage is refused with a condition",
          "empty-model-uri", "a predictor without a model gets no puller for many models");

  private final Set<String> used = new TreeSet<>();

  static Set<String> names() {
    var names = new TreeSet<String>();
    ALL.forEach(entry -> names.add(entry.name()));
    return names;
  }

  /** Whether a difference is one of these. */
  boolean covers(String caseName, Difference difference) {
    Optional<Entry> entry =
        ALL.stream()
            .filter(e -> e.path().matcher(caseName + ": " + difference.path()).matches())
            .filter(e -> e.also().test(difference))
            .findFirst();
    entry.ifPresent(e -> used.add(e.name()));
    return entry.isPresent();
  }

  /** Entries that no case has needed so far. */
  Set<String> unused() {
    var names = new TreeSet<>(names());
    names.removeAll(used);
    return names;
  }

  private static Entry entry(String name, String path) {
    return entry(name, path, difference -> true);
  }

  private static Entry entry(String name, String path, Predicate<Difference> also) {
    return new Entry(name, Pattern.compile(path), also);
  }
}
