package dev.salver.kube.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.Json;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
  private static final Set<String> NAMES = Set.of("txn", "risk", "fraud-nn", "doc");

  private static boolean holds(String text) throws Lost {
    var scope =
        new Scope(
            new Value.Fields(
                Graphs.values(
                    "txn",
                    new Value.Fields(Graphs.values("country", "DE", "user-id", "u1", "amount", 7)),
                    "doc",
                    new Value.Json(Json.parse("{\"a\": [1, {\"b\": true}]}")))));
    scope.put("risk", Graphs.floats(0.5, 0.25, 0.125));
    scope.put("fraud-nn", new Value.Fields(Graphs.values("score", 0.9)));
    return Condition.compile(text, NAMES).holds(scope, "decide");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "txn.country == \"DE\" | true",
        "txn[\"user-id\"] == \"u1\" | true",
        "request.txn.amount > 6 && request.txn.amount <= 7.0 | true",
        "steps[\"fraud-nn\"].score >= 0.9 | true",
        "steps[\"fraud-nn\"].score > 0.9 | false",
        "max(risk) == 0.5 && min(risk) == 0.125 | true",
        "mean(risk) > 0.29 && mean(risk) < 0.3 | true",
        "values(risk).exists(x, x > 0.4) | true",
        "values(risk).all(x, x > 0.4) | false",
        "any(values(risk).map(x, x > 0.4)) | true",
        "all_of([true, [true, true]]) | true",
        "any(each(risk, \">\", 0.4)) && !any(each(risk, \">\", 0.5)) | true",
        "all_of(each(each(risk, \"*\", 2), \"<=\", each(risk, \"+\", risk))) | true",
        "sum(risk) == 0.875 && list(txn.amount)[0] == 7 && size(list(risk)) == 3 | true",
        "size(risk) == 3 && risk[1] == 0.25 | true",
        "doc.a[1].b && doc.a[0] == 1 | true",
        "has(txn.country) && !has(txn.city) | true",
      })
  void conditionsSpeakOfStepsAndInputs(String text, boolean expected) throws Lost {
    assertEquals(expected, holds(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "risc > 0.9 | undeclared reference to 'risc'",
        "steps[\"fraud-mm\"].score > 1 | there is no `fraud-mm` before it",
        "1 + 1 | `1 + 1` is int, and a condition is true or false",
        "txn. | `txn.`",
      })
  void whatIsNoConditionIsSaid(String text, String words) {
    var refused =
        assertThrows(IllegalArgumentException.class, () -> Condition.compile(text, NAMES));
    assertTrue(String.valueOf(refused.getMessage()).contains(words), refused.getMessage());
  }

  @Test
  void anEndlessConditionIsStopped() {
    String text =
        "values(risk).all(a, " + "values(risk).all(b, ".repeat(10) + "true" + ")".repeat(11);
    var lost = assertThrows(Lost.class, () -> holds(text));
    assertEquals(500, lost.status());
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> Condition.compile("1 < 2 && ".repeat(1000) + "true", NAMES))
            .getMessage()
            .contains("4096"));
    assertThrows(
        IllegalArgumentException.class,
        () -> Condition.compile("(".repeat(1500) + "true" + ")".repeat(1500), NAMES));
  }

  @Test
  void whatCannotBeToldFailsTheStepAndNothingElse() {
    var lost = assertThrows(Lost.class, () -> holds("txn.city == \"Berlin\""));
    assertTrue(lost.words().startsWith("a condition of `decide` cannot be told: "), lost.words());
    assertThrows(Lost.class, () -> holds("risk > 0.5"));
    assertThrows(Lost.class, () -> holds("max(txn.country) > 0.5"));
  }
}
