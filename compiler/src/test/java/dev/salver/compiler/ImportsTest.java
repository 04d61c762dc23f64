package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.diagnostic.TextReport;
import dev.salver.compiler.source.Imports;
import dev.salver.compiler.source.SourceFolder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a project may take from others, and what is said when it can't. */
class ImportsTest {
  private static final String PLATFORM =
      """
      project platform { }
      type Features = f32[n, 4]
      type Scorer = (features: Features) -> (score: f32[n])
      param registry: string = "registry.acme.io"
      param mirror: string
      secret pull from "kubernetes:pull/token"
      accelerator l4 { limit = "nvidia.com/gpu", memory = 24Gi }
      for each size in ["small", "big"] {
        accelerator a10[size] { limit = "nvidia.com/gpu", memory = 24Gi }
      }
      runtime triton {
        image   = "${registry}/triton:25.06"
        formats = [onnx]
        vars { ONE = registry, TWO = "two" }
      }
      model * { timeout = 20s }
      model own from "s3://m/own.onnx"
      @abstract
      env base {
        namespace = "ml-${env}"
        labels { team = "platform" }
        model * { scale.replicas = 2..4 }
        model own { timeout = 5s }
      }
      """;

  private final Map<String, Map<String, String>> projects = new HashMap<>();

  private void project(String at, String text) {
    projects.put(at, Map.of("project.serve", text));
  }

  private Program check(String text) {
    Imports imports =
        (source, from) -> {
          if (source.startsWith("git:")) {
            return new Imports.Answer.NotLocked();
          }
          var sources = projects.get(source);
          return sources == null
              ? new Imports.Answer.NotFound(Optional.empty())
              : new Imports.Answer.Found(source, SourceFolder.of(sources));
        };
    return Compiler.check(
        SourceFolder.of(new TreeMap<>(Map.of("p.serve", "project p { }\n" + text))), imports);
  }

  private String report(String text) {
    return TextReport.render(check(text).diagnostics());
  }

  private static String yaml(Program program, String environment) {
    var all = new StringBuilder();
    Output output = Compiler.compile(program, environment, Target.cluster());
    assertEquals(0, output.diagnostics().size(), () -> output.diagnostics().toString());
    output
        .files()
        .forEach(
            (name, bytes) ->
                all.append(name).append('\n').append(new String(bytes, StandardCharsets.UTF_8)));
    return all.toString();
  }

  @Test
  void aPlatformGivesItsRuntimesAcceleratorsTypesDefaultsAndAbstractEnvironments() {
    project("../platform", PLATFORM);
    var program =
        check(
            """
            import platform from "../platform"
            model m: platform.Scorer on platform.triton from "s3://m/m.onnx" { gpu = platform.l4 * 2 }
            model n from "s3://m/n.onnx" { gpu = platform.a10-big, labels { origin = platform.registry } }
            env prod extends platform.base { }
            """);
    assertEquals("", TextReport.render(program.diagnostics()));
    String yaml = yaml(program, "prod");
    assertTrue(yaml.contains("namespace: ml-prod"), yaml);
    assertTrue(yaml.contains("team: platform"), yaml);
    assertTrue(yaml.contains("timeout: 20"), yaml);
    assertTrue(yaml.contains("runtime: platform-triton"), yaml);
    assertTrue(yaml.contains("image: registry.acme.io/triton:25.06"), yaml);
    assertTrue(yaml.contains("value: registry.acme.io"), yaml);
    assertTrue(yaml.contains("origin: registry.acme.io"), yaml);
    assertTrue(yaml.contains("minReplicas: 2"), yaml);
    assertTrue(!yaml.contains("name: own"), yaml);
  }

  @Test
  void oneNameBringsNothingElseWithIt() {
    project("../platform", PLATFORM);
    var program =
        check(
            """
            import { l4, Scorer, base } from "../platform"
            model m: Scorer from "s3://m/m.onnx" { gpu = l4 }
            env prod extends base { }
            """);
    assertEquals("", TextReport.render(program.diagnostics()));
    String yaml = yaml(program, "prod");
    assertTrue(yaml.contains("runtime: salver-onnx"), yaml);
    assertTrue(yaml.contains("timeout: 60"), yaml);
  }

  @Test
  void anImportedParamIsSetByItsFullName() {
    project("../platform", PLATFORM);
    var program =
        check(
            """
            import platform from "../platform"
            model m from "s3://m/m.onnx" { }
            env prod { params { "platform.registry" = "other" } }
            """);
    assertEquals("", TextReport.render(program.diagnostics()));
    assertTrue(yaml(program, "prod").contains("image: other/triton:25.06"));
  }

  @Test
  void aNameThatIsNotThereIsToldWhereItIsUsed() {
    project("../platform", PLATFORM);
    assertEquals(
        """
        error[SV1002]: `../platform` declares no `Scorrer`
          ┌ p.serve:2:10
        2 │ import { Scorrer, own } from "../platform"
          │          ^^^^^^^
          fix: write `Scorer`

        error[SV7004]: `own` can't be imported: a model is served by its own project; call it with `from "service:…"`
          ┌ p.serve:2:19
        2 │ import { Scorrer, own } from "../platform"
          │                   ^^^
          suggestion: declare `model own from "service:own"`

        error[SV1002]: there is no runtime `platform.tritom`
          ┌ p.serve:4:12
        4 │ model m on platform.tritom from "s3://m/m.onnx" { gpu = platform.l5 }
          │            ^^^^^^^^^^^^^^^
          fix: write `platform.triton`

        error[SV1002]: `platform` declares no `l5`
          ┌ p.serve:4:66
        4 │ model m on platform.tritom from "s3://m/m.onnx" { gpu = platform.l5 }
          │                                                                  ^^
          fix: write `l4`
        """,
        report(
            """
            import { Scorrer, own } from "../platform"
            import platform from "../platform"
            model m on platform.tritom from "s3://m/m.onnx" { gpu = platform.l5 }
            """));
  }

  @Test
  void anImportThatFailsIsOneMistake() {
    assertEquals(
        """
        error[SV7001]: there is no project at `../platfrom`
          ┌ p.serve:2:22
        2 │ import platform from "../platfrom"
          │                      ^^^^^^^^^^^^^

        error[SV7002]: `git:git.acme.io/ml/shared@v2` is not in `serve.lock`; `salver lock` pins it
          ┌ p.serve:3:30
        3 │ import { Scorer, base } from "git:git.acme.io/ml/shared@v2"
          │                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        """,
        report(
            """
            import platform from "../platfrom"
            import { Scorer, base } from "git:git.acme.io/ml/shared@v2"
            model m: Scorer on platform.triton from "s3://m/m.onnx" { gpu = platform.l4 }
            env prod extends base { }
            env next extends platform.base { }
            """));
  }

  @Test
  void theErrorsOfAnImportedProjectAreToldOnceAtTheImport() {
    project("../platform", "project platform { }\nimport base from \"../base\"\n");
    project("../base", "project base { }\naccelerator l4 { memori = 24Gi }\n");
    assertEquals(
        """
        error[SV7005]: what is imported here has an error
          ┌ p.serve:2:22
        2 │ import platform from "../platform"
          │                      ^^^^^^^^^^^^^
          ├ ../base/project.serve:2:18
        2 │ accelerator l4 { memori = 24Gi }
          │                  ------ `accelerator` has no setting `memori`
        """,
        report("import platform from \"../platform\"\nmodel m from \"s3://m/m.onnx\"\n"));
  }

  @Test
  void aCircleOfImportsIsToldWithAllItsPlaces() {
    project("../a", "project a { }\nimport b from \"../b\"\n");
    project("../b", "project b { }\nimport a from \"../a\"\n");
    assertEquals(
        """
        error[SV7006]: `../a` imports itself
          ┌ p.serve:2:15
        2 │ import a from "../a"
          │               ^^^^^^
          ├ ../a/project.serve:2:15
        2 │ import b from "../b"
          │               ------ through this import
          ├ ../b/project.serve:2:15
        2 │ import a from "../a"
          │               ------ and this one
        """,
        report("import a from \"../a\"\n"));
  }

  @Test
  void twoNamesOfOneProjectMeanTheSame() {
    project("../platform", PLATFORM);
    assertEquals(
        "",
        report(
            """
            import two from "../platform"
            import one from "../platform"
            model m: one.Scorer on two.triton from "s3://m/m.onnx" { gpu = [one.l4, two.l4] }
            """));
  }

  @Test
  void namesOfImportsAndOwnOnesClash() {
    project("../platform", PLATFORM);
    assertEquals(
        """
        error[SV1001]: `l4` is declared twice
          ┌ p.serve:2:10
        2 │ import { l4 } from "../platform"
          │          ^^
        3 │ accelerator l4 { limit = "x" }
          │             -- it is declared here already
        """,
        report("import { l4 } from \"../platform\"\naccelerator l4 { limit = \"x\" }\n"));
  }

  @Test
  void theStandardLibraryNeedsNoOneToFindIt() {
    assertEquals(
        "",
        report("import { cascade } from \"salver:graphs\"\nimport std from \"salver:graphs\"\n"));
    assertTrue(
        report("import { cascade } from \"salver:graps\"\n")
            .contains("fix: write `\"salver:graphs\"`"));
  }
}
