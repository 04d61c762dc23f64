package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.explain.Explainer.Answer;
import dev.salver.compiler.explain.Explanation;
import dev.salver.compiler.source.SourceFolder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every leaf knows the chain of layers behind it. */
class ExplainTest {
  private static final Program PROGRAM =
      Compiler.check(
          SourceFolder.of(
              Map.of(
                  "p.serve",
                  """
                  project p { }
                  model * { scale.replicas = 1..2 }
                  model fraud from "s3://m/fraud.onnx" { memory = 2Gi, labels { tier = "online" } }
                  @abstract
                  env base { model * where labels.tier == "online" { scale.replicas = 3..24 } }
                  env prod extends base { namespace = "ml", model fraud { scale.replicas = 4..32 } }
                  graph twice(x: f32[n]) -> (x: f32[n]) with { timeout = 2s } = x
                  for each lang in ["de", "fr"] { model ner[lang] from "s3://m/${lang}.onnx" { cpu = 2 } }
                  """)));

  @Test
  void theChainNamesEveryLayerAndTheOneThatHoldsComesLast() {
    Explanation replicas = found("prod", "fraud.scale.replicas").getFirst();
    assertEquals("4..32", replicas.value());
    assertEquals(
        List.of(
            "`model *`: 1..2 at p.serve:2:11",
            "`model * where` in `env base`: 3..24 at p.serve:5:52",
            "`model fraud` in `env prod`: 4..32 at p.serve:6:57"),
        replicas.writes().stream()
            .map(write -> write.layer() + ": " + write.value() + " at " + write.at())
            .toList());
  }

  @Test
  void aNameAloneExplainsEverythingBelowIt() {
    assertEquals(
        List.of("fraud.from", "fraud.labels.tier", "fraud.memory", "fraud.scale.replicas"),
        found("prod", "fraud").stream().map(Explanation::path).toList());
    assertEquals(1, found("prod", "fraud.labels").size());
  }

  @Test
  void whatTheCompilerChoseIsExplainedToo() {
    Explanation runtime = found("prod", "fraud.on").getFirst();
    assertEquals("salver-onnx", runtime.value());
    assertEquals(
        "the one of Salver that carries format onnx and wire v2", runtime.reason().orElseThrow());
    assertEquals("\"ml\"", found("prod", "namespace").getFirst().value());
    assertEquals("p", found("local", "namespace").getFirst().value());
  }

  @Test
  void graphsAndMembersOfFamiliesAreExplainedLikeModels() {
    assertEquals("2s", found("prod", "twice.timeout").getFirst().value());
    assertEquals("2", found("prod", "ner-de.cpu").getFirst().value());
    assertEquals("2", found("prod", "ner[\"de\"].cpu").getFirst().value());
  }

  @Test
  void whatIsNotThereIsAnsweredWithWhatIs() {
    assertTrue(missing("frad.memory").contains("did you mean `fraud`?"), missing("frad.memory"));
    assertTrue(missing("fraud.memry").contains("did you mean `memory`?"), missing("fraud.memry"));
    assertTrue(Compiler.explain(PROGRAM, "stage", "fraud").isEmpty());
  }

  private static List<Explanation> found(String environment, String path) {
    return ((Answer.Found) Compiler.explain(PROGRAM, environment, path).orElseThrow())
        .explanations();
  }

  private static String missing(String path) {
    return ((Answer.Missing) Compiler.explain(PROGRAM, "prod", path).orElseThrow()).message();
  }
}
