package dev.salver.compiler.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.salver.compiler.bind.Binder;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.expand.Expander;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.overlay.Environments;
import dev.salver.compiler.overlay.Overlay;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.syntax.Parsing;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GpusTest {
  private static final String ACCELERATORS =
      """
      accelerator small { limit = "nvidia.com/gpu", memory = 24Gi, price = $0.7/h }
      accelerator mid   { limit = "nvidia.com/gpu", memory = 40Gi, price = $1314/month }
      accelerator large { limit = "nvidia.com/gpu", memory = 80Gi, price = $96/d }
      accelerator any   { limit = "nvidia.com/gpu" }
      """;

  private final Diagnostics diagnostics = new Diagnostics();

  @Test
  void theCheapestIsTakenWhereTheSizeIsNotKnown() {
    assertEquals("small", chosen("[large, mid, small]", 0));
  }

  @Test
  void theCheapestThatHoldsWeightsAndOverheadIsTaken() {
    assertEquals("small", chosen("[large, mid, small]", 19));
    assertEquals("mid", chosen("[large, mid, small]", 20));
    assertEquals("large", chosen("[large, mid, small]", 33));
  }

  @Test
  void theCheapestThatHoldsTheWeightsIsTakenWhereNoneHoldsMore() {
    assertEquals("large", chosen("[small, large, mid]", 79));
    assertEquals("small", chosen("small", 24));
  }

  @Test
  void theAcceleratorsOfAReplicaCountTogether() {
    assertEquals("large", chosen("[large, mid, small] * 2", 70));
    assertEquals("mid", chosen("[large, mid, small] * 2", 60));
  }

  @Test
  void anAcceleratorWithoutMemoryHoldsAnythingAndIsTheDearest() {
    assertEquals("any", chosen("[any, small]", 100));
    assertEquals("small", chosen("[any, small]", 10));
  }

  @Test
  void weightsThatNothingHoldsAreAnErrorThatNamesTheSizes() {
    assertEquals("", chosen("[small, mid] * 2", 81));
    var found = diagnostics.sorted();
    assertEquals(List.of(Code.SV5030), found.stream().map(each -> each.code()).toList());
    assertEquals(
        "the model's weights take 81Gi, but `small * 2` has 48Gi, `mid * 2` has 80Gi",
        found.getFirst().message());
    assertEquals("[small, mid] * 2", found.getFirst().span().text());
  }

  private String chosen(String gpu, long gibi) {
    var unit =
        Parsing.parse(
            SourceFile.of(
                "a.serve",
                ACCELERATORS
                    + "env prod { }\nmodel m from \"s3://m/m.onnx\" { gpu = "
                    + gpu
                    + " }\n"));
    var library = Parsing.parse(SourceFile.library("l.serve", "env local { }"));
    var declarations =
        Binder.bind(
            Expander.expand(unit.entries(), diagnostics), Set.of(), List.of(library), diagnostics);
    var environment = Environments.of(declarations, diagnostics).get("prod");
    var overlay = new Overlay(declarations, diagnostics);
    var model = declarations.models().get("m");
    var settings =
        new Settings(
            Kind.MODEL,
            overlay.settings(environment, model),
            environment.scope(),
            model.name().span(),
            diagnostics);
    Optional<Lock.Artifact> artifact =
        gibi == 0
            ? Optional.empty()
            : Optional.of(
                new Lock.Artifact(
                    "sha256:0",
                    1,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(gibi << 30),
                    false));
    return new Gpus(declarations, overlay, environment, diagnostics)
        .of(settings, Optional.empty(), artifact)
        .map(GpuPlan::accelerator)
        .orElse("");
  }
}
