package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFolder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What loops, families and secrets become. */
class ExpansionTest {
  private static Program check(String text) {
    return Compiler.check(SourceFolder.of(Map.of("p.serve", "project p { }\n" + text)));
  }

  private static List<Code> codes(String text) {
    return check(text).diagnostics().stream().map(Diagnostic::code).toList();
  }

  private static String file(String text, String name) {
    Output output = Compiler.compile(check(text), "prod", Target.cluster());
    assertEquals(List.of(), output.diagnostics());
    byte[] bytes = output.files().get(name);
    assertTrue(bytes != null, () -> output.files().keySet().toString());
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static final String FAMILY =
      """
      for each it in [{ lang = "de", wait = 10s }, { lang = "fr", wait = 20s }] {
        model ner[it.lang] from "s3://models/ner-${it.lang}.onnx" { timeout = it.wait }
      }
      env prod {
        model ner { memory = 2Gi, timeout = 30s }
        model ner["fr"] { timeout = 40s }
      }
      """;

  @Test
  void eachMemberOfAFamilyIsAServiceOfItsOwn() {
    String german = file(FAMILY, "inferenceservice-ner-de.yaml");
    assertTrue(german.contains("s3://models/ner-de.onnx"), german);
    assertTrue(german.contains("timeout: 30"), german);
    assertTrue(german.contains("memory: 2Gi"), german);
  }

  @Test
  void aPatchOfOneMemberComesAfterThatOfItsFamily() {
    String french = file(FAMILY, "inferenceservice-ner-fr.yaml");
    assertTrue(french.contains("timeout: 40"), french);
    assertTrue(french.contains("memory: 2Gi"), french);
  }

  @Test
  void loopsMakeAtMostTenThousandDeclarationsAndSayWhichOne() {
    String list =
        String.join(", ", IntStream.range(0, 300).mapToObj(i -> "\"" + i + "\"").toList());
    assertEquals(
        List.of(Code.SV0005),
        codes(
            "for each a in [%s] { for each b in [%s] { for each c in [%s] { } } }\n"
                .formatted(list, list, list)));
    assertTrue(
        codes(
                "for each a in [%s] { for each b in [%s] { accelerator x[\"${a}-${b}\"] { } } }\n"
                    .formatted(list, list))
            .contains(Code.SV0005));
  }

  @Test
  void listsThatDoubleEachOtherEnd() {
    var text = new StringBuilder("for each x in p0 { accelerator a[x] { } }\n");
    for (int i = 0; i < 30; i++) {
      text.append("param p%d: json = [p%d, p%d]\n".formatted(i, i + 1, i + 1));
    }
    text.append("param p30: json = [1]\nmodel m from \"s3://m/m.onnx\" { raw { x = p0 } }\n");
    assertTrue(codes(text.toString()).contains(Code.SV2011));
  }

  @Test
  void macrosInMacrosEnd() {
    String list = "[" + "1, ".repeat(99) + "1]";
    assertTrue(
        codes(
                "param l: [i32] = %s\nmodel m from \"s3://m/m.onnx\" { labels { x = l.all(a, l.all(b, l.all(c, a + b == c * 2))) ? 1 : 2 } }\n"
                    .formatted(list))
            .contains(Code.SV2011));
  }

  @Test
  void aSecretIsReadByTheClusterAlone() {
    String model =
        """
        secret hf-token from "kubernetes:hf-${env}/token"
        secret other from "kubernetes:other"
        model m from "s3://m/m.onnx" { vars { HF_TOKEN = hf-token, OTHER = other } }
        env prod { }
        """;
    String yaml = file(model, "inferenceservice-m.yaml");
    String reference =
        "valueFrom:\n            secretKeyRef:\n              key: %s\n              name: %s\n";
    assertTrue(yaml.contains(reference.formatted("token", "hf-prod")), yaml);
    assertTrue(yaml.contains(reference.formatted("OTHER", "other")), yaml);
  }

  @Test
  void whichFileADeclarationStandsInChangesNothing() {
    var pieces =
        List.of(
            "project p { }\n",
            "param langs: [string] = [\"de\", \"fr\"]\n",
            "for each l in langs { model ner[l] from \"s3://m/${l}.onnx\" { gpu = g[\"big\"] } }\n",
            "for each z in [\"big\", \"small\"] { accelerator g[z] { limit = \"x/${z}\" } }\n",
            "secret s from \"kubernetes:s\"\n",
            "env prod { model ner { vars { S = s } } }\n");
    SortedMap<String, byte[]> expected = compiled(pieces);
    assertEquals(3, expected.size() - 1);
    for (int seed = 0; seed < 8; seed++) {
      var shuffled = new ArrayList<>(pieces);
      Collections.shuffle(shuffled, new Random(seed));
      var again = compiled(shuffled);
      assertEquals(expected.keySet(), again.keySet());
      again.forEach(
          (name, bytes) -> {
            if (!name.equals("origins.json")) {
              assertArrayEquals(expected.get(name), bytes, name);
            }
          });
    }
  }

  private static SortedMap<String, byte[]> compiled(List<String> pieces) {
    var texts = new TreeMap<String, String>();
    for (int i = 0; i < pieces.size(); i++) {
      texts.put("f" + i + ".serve", pieces.get(i));
    }
    Output output =
        Compiler.compile(Compiler.check(SourceFolder.of(texts)), "prod", Target.cluster());
    assertEquals(List.of(), output.diagnostics());
    return output.files();
  }
}
