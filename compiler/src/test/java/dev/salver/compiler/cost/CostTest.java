package dev.salver.compiler.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.salver.compiler.Compiler;
import dev.salver.compiler.source.SourceFolder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostTest {
  private static EnvironmentCost cost(String models) {
    String program =
        """
        project p { }
        accelerator big  { limit = "nvidia.com/gpu", price = $2/h }
        accelerator free { limit = "nvidia.com/gpu" }
        env prod { mode = knative }
        """
            + models;
    var checked = Compiler.check(SourceFolder.of(Map.of("p.serve", program)));
    assertEquals(
        "", String.join("\n", checked.diagnostics().stream().map(d -> d.message()).toList()));
    return checked.cost("prod").orElseThrow();
  }

  private static String model(String name, String settings) {
    return "model " + name + " from \"s3://m/" + name + ".onnx\" { " + settings + " }\n";
  }

  @Test
  void aModelCostsPriceTimesCountTimesReplicas() {
    var cost = cost(model("a", "gpu = big * 2, scale.replicas = 1..3"));
    assertEquals("$4..$12", cost.total().toString());
    assertEquals("$2920..$8760", cost.total().monthly().toString());
  }

  @Test
  void aModelThatScalesToZeroCostsNothingAtLeast() {
    assertEquals(
        "$0..$10", cost(model("a", "gpu = big, scale.replicas = 0..5")).total().toString());
  }

  @Test
  void aModelWithoutAcceleratorCostsNothingHere() {
    assertEquals("$0", cost(model("a", "cpu = 8")).total().toString());
  }

  @Test
  void withoutAPriceTheCostIsUnknownAndNeverZero() {
    var cost = cost(model("a", "gpu = free") + model("b", "gpu = big"));
    assertEquals("?", cost.models().get("a").toString());
    assertEquals("$2", cost.models().get("b").toString());
    assertEquals("?", cost.total().toString());
  }

  @Test
  void anOpenEndOfReplicasIsAnOpenEndOfCost() {
    assertEquals("$4..?", cost(model("a", "gpu = big, scale.replicas = 2..?")).total().toString());
  }
}
