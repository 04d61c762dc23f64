package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.explain.Explainer.Answer;
import dev.salver.compiler.source.SourceFolder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code model * where …} holds for those models whose own declaration meets it. */
class SelectorsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "labels.tier == \"online\"",
        "labels[\"tier\"] == \"online\"",
        "\"tier\" in labels",
        "labels.exists(key, key == \"tier\")",
        "labels.tier.startsWith(\"on\")",
        "labels.tier in [\"online\", \"nearline\"]",
        "!(labels.tier == \"batch\") && name == \"first\"",
        "!labels.absent",
        "name == \"first\" || labels.absent == \"x\"",
        "format == onnx",
        "format in [onnx, xgboost]",
        "memory >= 4Gi && timeout < 1min",
        "scale.replicas.min == 2 && scale.replicas.max > 3",
        "env == \"prod\"",
        "region == \"eu\"",
        "true"
      })
  void conditionsThatHold(String condition) {
    assertEquals("8Gi", memory(condition));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "labels.tier == \"batch\"",
        "labels.absent == \"online\"",
        "labels.absent != \"online\"",
        "labels[\"absent\"] == \"x\"",
        "wire != v1",
        "wire == wire",
        "cpu < 4",
        "!(cpu < 4) && cpu < 4",
        "env == \"dev\"",
        "region == \"us\"",
        "labels.absent",
        "false"
      })
  void conditionsThatDoNotHold(String condition) {
    assertEquals("4Gi", memory(condition));
  }

  @Test
  void aConditionThatMixesDimensionsIsAnErrorAndNotFalse() {
    assertEquals(
        List.of("SV2010 `<` can't compare a size with a duration"), errors("memory < 5min"));
    assertEquals(
        List.of("SV2010 `where` takes `true` or `false`, not a text"), errors("labels.tier"));
  }

  private static String memory(String condition) {
    assertEquals(List.of(), errors(condition));
    var answer = Compiler.explain(program(condition), "prod", "first.memory").orElseThrow();
    return ((Answer.Found) answer).explanations().getFirst().value();
  }

  private static List<String> errors(String condition) {
    return program(condition).diagnostics().stream()
        .filter(Diagnostic::isError)
        .map(each -> each.code() + " " + each.message())
        .toList();
  }

  private static Program program(String condition) {
    return Compiler.check(
        SourceFolder.of(
            Map.of(
                "p.serve",
                """
                project p { }
                param region: string = "eu"
                model first on salver-onnx from "s3://m/first" {
                  format  = onnx
                  memory  = 4Gi
                  timeout = 30s
                  scale   { replicas = 2..4 }
                  labels  { tier = "online" }
                }
                env prod { model * where %s { memory = 8Gi } }
                """
                    .formatted(condition))));
  }
}
