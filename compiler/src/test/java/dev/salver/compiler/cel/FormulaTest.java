package dev.salver.compiler.cel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "self.scale.replicas.min >= 1",
        "self.scale.replicas.max - self.scale.replicas.min == 7",
        "self.scale.hard-limit < 21",
        "self.labels.tier == \"online\" && self.labels[\"acme.io/team\"] == \"risk\"",
        "self.mode == knative",
        "standard != self.mode",
        "self.mode in [knative, standard]",
        "self.memory.max == 4096Mi",
        "self.memory <= 4Gi && self.memory >= 4Gi && self.memory == 4Gi",
        "self.cpu.max <= 2 && self.cpu.min == 0.5 && self.cpu.min == 500m",
        "self.cpu >= 250m && self.cpu < 3",
        "self.memory.max + 1Gi == 5Gi && self.memory.max - 1Gi < 4Gi",
        "self.memory.max * self.scale.replicas.max <= 32Gi",
        "self.timeout == 90s && self.timeout < 2min && self.timeout + 30s == 2min",
        "self.timeout.getSeconds() == 90",
        "self.cost.monthly <= $20_000 && self.cost.monthly.max * 2 > $3000",
        "self.scale.target <= 40rps",
        "!(self.scale.target <= 40concurrent)",
        "env == \"prod\" ? self.scale.replicas.max > 1 : false",
        "self.wires.exists(w, w == v1) && self.wires.all(w, w.startsWith(\"v\"))",
        "v1 in self.wires && !(\"v3\" in self.wires)",
        "self.sizes.map(s, s * 2).sum() == 12 && self.sizes.filter(s, s > 1).size() == 2",
        "max(self.sizes) == 3 && self.sizes.min() == 1 && mean(self.sizes) == 2",
        "!self.sizes.isSorted() && self.sizes.indexOf(2) == 2",
        "\"abc-12\".find(\"[0-9]+\") == \"12\" && size(\"a1b2\".findAll(\"[0-9]\")) == 2",
        "self.name.matches(\"^[a-z]+$\") && matches(text = self.name, pattern = \"fr\")",
        "has(self.scale.target) && !has(self.gpu) && has(self.labels.tier) && !has(self.labels.x)",
        "\"${self.name}-${env}\" == \"fraud-prod\"",
        "quantity(\"1Gi\").isGreaterThan(512Mi) && isQuantity(\"4Gi\") && !isQuantity(\"4 Gi\")",
        "quantity(\"1500m\").asApproximateFloat() == 1.5 && quantity(\"3k\").asInteger() == 3000",
        "iris(input = [[5.1, 3.5, 1.4, 0.2]]).label == [0]",
        "iris([1]).score[1] > 0.7 && iris([1]).score.sum() == 1 && !(iris([1]).nothing == 1)",
        "iris([[1, 2]]).inputs == [[1.0, 2.0]]",
        "2 + 3 * 4 == 14 && 7 / 2 == 3 && 7.0 / 2 == 3.5 && -1 < 0 && 7 % 4 == 3",
      })
  void holds(String text) {
    assertEquals(new Outcome.Value(true), Given.outcome(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "self.gpu.count > 1",
        "self.gpu.count != 1",
        "self.gpu.count <= 1",
        "self.format == onnx",
        "self.format != onnx",
        "self.labels.none == \"x\"",
        "self.labels.none != \"x\"",
        "self.gpu.count == self.gpu.count",
        "self.labels.none.startsWith(\"x\")",
        "self.format in [onnx, sklearn]",
        "self.sizes[7] == 1",
        "iris([1]).nothing.below > 1",
        "iris([1]).score[5] > 1",
        "(env == \"prod\" ? self.gpu.count : 1) > 0",
      })
  void whatIsNotSetMakesAConditionFalse(String text) {
    assertEquals(new Outcome.Value(false), Given.outcome(text));
  }

  @Test
  void aBranchThatIsNotTakenMayReadWhatIsNotSet() {
    assertEquals(
        new Outcome.Value(true), Given.outcome("(env == \"dev\" ? self.gpu.count : 1) > 0"));
  }

  @Test
  void aValueThatIsNotSetIsSaidToBe() {
    assertEquals(new Outcome.NotSet(), Given.outcome("self.gpu.count"));
    assertEquals(new Outcome.NotSet(), Given.outcome("iris([1]).nothing"));
  }

  @Test
  void whatHasNoValueSaysWhy() {
    assertInstanceOf(
        Outcome.Failed.class, Given.outcome("self.sizes[0] / (self.sizes[1] - 1) == 1"));
    assertEquals(new Outcome.Failed("it did not answer"), Given.outcome("broken() == 1"));
    assertEquals(new Outcome.Failed("`x` is no quantity"), Given.outcome("quantity(\"x\") == 1Gi"));
  }

  @Test
  void aFunctionIsCalledOnceForTheSameArguments() {
    Given.calls = 0;
    var formula =
        Formula.condition(
            Given.expr("iris([1]).label == [1] || iris([1]).score == [0]"), Given.NAMES, d -> {});
    var run = formula.orElseThrow().run(Given.VALUES);
    assertEquals(6, run.parts().size());
    assertEquals(1, Given.calls);
  }

  @Test
  void aFailedConditionShowsWhatItsPartsWere() {
    var expr = Given.expr("self.labels.tier == \"online\" && self.scale.replicas.min * 2 >= 4");
    var run = Formula.condition(expr, Given.NAMES, d -> {}).orElseThrow().run(Given.VALUES);
    assertEquals(
        """
        self.labels.tier == "online" && self.scale.replicas.min * 2 >= 4
        |                |              |                       |   |
        "online"         true           1                       2   false\
        """,
        String.join("\n", PowerAssertion.render(expr.span(), run.parts())));
  }

  @Test
  void anExpressionSaysWhatItReads() {
    var formula =
        Formula.condition(
            Given.expr("self.cpu <= 2 && has(self.gpu) && self.labels.tier == \"x\""),
            Given.NAMES,
            d -> {});
    assertEquals(
        List.of(
            List.of("self", "cpu", "max"),
            List.of("self", "gpu"),
            List.of("self", "labels", "tier")),
        List.copyOf(formula.orElseThrow().reads()));
  }

  @Test
  void nothingIsSetWhereThereAreNoValues() {
    var formula =
        Formula.condition(Given.expr("self.cpu <= 2 || env == \"x\""), Given.NAMES, d -> {});
    assertTrue(!formula.orElseThrow().run(Map.of()).holds());
  }
}
