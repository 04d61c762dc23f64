package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Parsing;
import dev.salver.compiler.syntax.SourceUnit;
import dev.salver.compiler.syntax.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever the text is: an answer, in which nothing is lost, nothing invented, nothing thrown. */
class RobustnessTest {
  private static final String WELL =
      """
      model first from "s3://m/first.onnx" { timeout = 10s }

      model second on triton from "s3://m/${env}/second.onnx" {
        cpu   = 500m..2
        scale { replicas = 1..4, target = 40rps }
        args  = ["--a", "--b"]
      }

      env prod extends base {
        namespace = "ml"
        model * where labels.tier == "online" { scale.replicas = 2..4 }
      }

      model third from "s3://m/third.onnx"
      """;

  @TestFactory
  Stream<DynamicTest> everyPrefixOfEveryFixtureParses() throws IOException {
    return Fixture.all().stream()
        .map(
            fixture ->
                DynamicTest.dynamicTest(
                    fixture.name(),
                    () -> {
                      for (int end = 0; end <= fixture.source().length(); end++) {
                        lossless(fixture.source().substring(0, end));
                      }
                    }));
  }

  @Property(tries = 300)
  void anyTextParses(@ForAll String text) {
    lossless(text);
  }

  @Property(tries = 300)
  void anySequenceOfWordsCompiles(@ForAll List<@IntRange(max = 39) Integer> picks) {
    String[] words = {
      "model",
      "env",
      "graph",
      "type",
      "param",
      "a",
      "b-c",
      "Type",
      "{",
      "}",
      "(",
      ")",
      "[",
      "]",
      "=",
      ".",
      ",",
      ":",
      "->",
      "=>",
      "\n",
      "\n",
      "from",
      "on",
      "\"x${",
      "}\"",
      "\"s3://m\"",
      "5m",
      "2..3",
      "*",
      "?",
      "!",
      "-",
      "for",
      "each",
      "in",
      "switch",
      "else",
      "where",
      "@"
    };
    var text = new StringBuilder("project p { }\n");
    picks.forEach(pick -> text.append(words[pick]).append(' '));
    lossless(text.toString());
    Compiler.check(SourceFolder.of(Map.of("p.serve", text.toString()))).diagnostics();
  }

  private static SourceUnit lossless(String text) {
    SourceUnit unit = Parsing.parse(SourceFile.of("t.serve", text));
    int at = 0;
    for (Token token : unit.tokens()) {
      assertEquals(at, token.start(), "a piece of the text is in no token");
      at = token.end();
    }
    assertEquals(text.length(), at);
    return unit;
  }

  @Test
  void aTokenLeftOutOrWrittenTwiceCostsAtMostItsOwnDeclaration() {
    var lost = new ArrayList<String>();
    int mutants = 0;
    List<Token> tokens = lossless(WELL).tokens();
    for (Token token : tokens) {
      if (token.kind() == Token.Kind.SPACE || token.kind() == Token.Kind.NEWLINE) {
        continue;
      }
      String text = WELL.substring(token.start(), token.end());
      String before = WELL.substring(0, token.start());
      String after = WELL.substring(token.end());
      for (String mutant : List.of(before + after, before + text + " " + text + after)) {
        mutants++;
        Set<String> expected = new LinkedHashSet<>(List.of("first", "second", "prod", "third"));
        expected.remove(owner(token.start()));
        if (!names(lossless(mutant)).containsAll(expected)) {
          lost.add(
              mutant.substring(
                      Math.max(0, token.start() - 20),
                      Math.min(mutant.length(), token.start() + 20))
                  + " → "
                  + names(lossless(mutant)));
        }
      }
    }
    assertTrue(mutants > 100);
    assertEquals(List.of(), lost);
  }

  private static String owner(int offset) {
    String before = WELL.substring(0, offset);
    int start = Math.max(before.lastIndexOf("\n\n"), 0);
    String declaration = WELL.substring(start).strip();
    return declaration.split("\\s+")[1];
  }

  private static Set<String> names(SourceUnit unit) {
    var names = new LinkedHashSet<String>();
    for (Entry entry : unit.entries()) {
      if (entry instanceof Entry.Resource resource) {
        names.add(resource.name().text());
      }
    }
    return names;
  }

  @Test
  void allOfTheLanguageIsAcceptedByTheGrammar() {
    String text =
        """
        import { cascade, rag } from "salver:graphs"
        import platform from "git:git.acme.io/ml/platform@v2"
        type Label = { label: string, confidence: f32 }
        type Scorer = (features: f32[n, 32], m: i32[?]) -> (score: f32[n])
        param region: string in ["eu-west-1", "us-east-1"] = "eu-west-1"
        secret hf-token from "kubernetes:hf/token"
        graph breed(image: u8[h, w, 3]) -> Label =
          decode -> pet -> switch {
            pet.label == "dog" => dog-breed(image)
            else               => pet
          }
        graph fraud-check(txn: Txn) -> Decision with { timeout = 300ms } {
          feats = featurize(txn) within 20ms
          risk  = all { fraud-xgb(feats), fraud-nn(feats) within 60ms retry 2 or fraud-small(feats) } by mean(score)
          switch {
            max(risk) > 0.9     => block(txn)
            else => rules(txn, risk) shadow rules-next(txn, risk) at 10% as final-rules
          }
        }
        graph search: Search = embed -> split { 90% => ranker-v3, 10% => ranker-v4 } -> dedupe
        graph support: Chat = cascade[small = llama-8b, large = llama-70b, floor = 0.6]
        graph any[models: [S], floor: f32 = 0.7]: S = all { for each m in models { m } } by first
        rollout careful {
          steps = [5% for 10min, 25% for 30min, 100%]
          gate errors < 0.5%
          gate p99 < 1.1 * stable.p99
          on-fail { action = rollback, notify = "pagerduty:risk" }
        }
        for each lang in ["de", "fr"] {
          model ner[lang]: Tagger from "s3://ner-${lang}/model.onnx" { memory = 4Gi, rollout = careful }
        }
        policy online on model {
          deny    self.labels.tier == "online" && self.scale.replicas.min < 2 else "keep 2"
          require self.cost.monthly <= $20_000 else "budget"
        }
        test "prod keeps fraud warm" on prod {
          stub pet { label = "dog" }
          expect fraud.scale.replicas.min >= 2
          expect iris(input = [[5.1, 3.5]]).label == [0]
        }
        @allow(SV4102, "known")
        model ner["de"] on platform.triton { gpu = [l4, a10] * 2, final timeout = 5s }
        """;
    SourceUnit unit = lossless(text);
    assertEquals(List.of(), unit.diagnostics());
    assertFalse(unit.entries().isEmpty());
    assertEquals(16, unit.entries().size());
  }
}
