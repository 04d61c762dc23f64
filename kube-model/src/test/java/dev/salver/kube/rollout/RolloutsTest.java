package dev.salver.kube.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Yaml;
import dev.salver.kube.rollout.Rollouts.Read;
import dev.salver.kube.schema.StructuralSchema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutsTest {
  private static final String CAREFUL =
      """
      target:
        kind: InferenceService
        name: fraud
      steps:
        - percent: 5
          for: 10m
        - percent: 25
          for: 30m
        - percent: 100
      gates:
        - measure: errors
          operator: <
          value: 0.5%
        - measure: p99
          operator: <=
          stable:
            measure: p99
            times: "1.1"
          value: 20ms
          message: slower than before
        - measure: drift
          output: score
          operator: <
          value: "0.2"
        - measure: query
          query: sum(rate(disputes_total[5m]))
          operator: <
          stable:
            measure: query
            query: sum(rate(disputes_total[5m] offset 1d))
      patience: 1h
      onFail:
        action: rollback
        notify: "pagerduty:risk"
      """;

  private static KubeObject object(String spec) {
    KubeObject object = KubeObject.named(Rollout.GVK, "ml", "fraud");
    object.tree().set("spec", Yaml.documents(spec).getFirst());
    return object;
  }

  private static Rollout read(String spec) {
    return switch (Rollouts.read(object(spec))) {
      case Read.Good good -> good.rollout();
      case Read.Bad bad -> throw new AssertionError(bad.words());
    };
  }

  @Test
  void whatIsWrittenReadsAsItWas() {
    KubeObject written = Rollouts.object("ml", "fraud", read(CAREFUL));
    assertEquals(Yaml.documents(CAREFUL).getFirst(), written.spec());
    var schema = StructuralSchema.of(RolloutCrd.definition());
    assertEquals(List.of(), schema.validate(written.tree()));
    assertEquals(written.tree(), schema.pruned(written.tree()));
  }

  @Test
  void gatesReadAsTheyAreWritten() {
    assertEquals(
        List.of(
            "errors < 0.5%",
            "p99 <= 1.1 * stable.p99 + 20ms",
            "drift(score) < 0.2",
            "query(sum(rate(disputes_total[5m]))) <"
                + " stable.query(sum(rate(disputes_total[5m] offset 1d)))"),
        read(CAREFUL).gates().stream().map(Gate::toString).toList());
  }

  @Test
  void aGateHoldsFailsOrHasNoData() {
    Gate gate = read(CAREFUL).gates().get(1);
    assertEquals(Optional.of(true), verdict(gate, "130", "100"));
    assertEquals(Optional.of(false), verdict(gate, "130.01", "100"));
    assertEquals(Optional.empty(), gate.verdict((measure, stable) -> Optional.empty()));
    assertEquals(
        Optional.empty(),
        gate.verdict((measure, stable) -> stable ? Optional.empty() : Optional.of(BigDecimal.ONE)));
  }

  private static Optional<Boolean> verdict(Gate gate, String now, String before) {
    return gate.verdict((measure, stable) -> Optional.of(new BigDecimal(stable ? before : now)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "percent: 25 | percent: 5 | spec.steps: step 2 does not rise above 5%",
        "percent: 100 | percent: 99 | spec.steps: the last step is not 100%",
        "value: 0.5% | value: 120ms | spec.gates[0].value: is no value of errors",
        "output: score | query: score | spec.gates[2].query: does not belong to drift",
        "measure: errors | measure: latency | spec.gates[0].measure: has no value \"latency\"",
        "action: rollback | action: panic | spec.onFail.action: has no value \"panic\"",
        "patience: 1h | patience: 5min | spec.patience: must be a duration such as 250ms, 30s or 1h30m",
      })
  void whatIsNoRolloutIsRefusedWithItsPlace(String there, String instead, String words) {
    assertTrue(CAREFUL.contains(there), there);
    assertEquals(Optional.of(words), Rollouts.refusal(object(CAREFUL.replace(there, instead))));
  }

  @Test
  void unknownFieldsAreRefused() {
    KubeObject object = object(CAREFUL);
    ((ObjectNode) object.spec()).put("paused", true);
    assertEquals(Optional.of("spec.paused: unknown field"), Rollouts.refusal(object));
  }
}
