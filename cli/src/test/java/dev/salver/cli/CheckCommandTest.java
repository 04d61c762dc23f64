package dev.salver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code salver check} says beside the diagnostics. */
class CheckCommandTest {
  private static final String PRICED =
      """
      project shop { }
      accelerator l4 { limit = "nvidia.com/gpu", memory = 24Gi, price = $0.71/h }
      model iris from "s3://m/iris.onnx" { gpu = l4 }
      env prod { model iris { scale.replicas = 1..2 } }
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void theCostOfAnEnvironmentIsInTheTextAndInTheJson() throws IOException {
    Files.writeString(folder.resolve("project.serve"), PRICED);
    var text = CommandLineRun.of("check", folder.toString());
    assertTrue(
        (text.out() + text.err()).contains("prod: $518.30..$1036.60 a month"), text::toString);
    var cost = Json.parse(CommandLineRun.of("check", "--format", "json", folder.toString()).out());
    assertEquals(
        Json.parse("{\"least\": 518.30, \"most\": 1036.60}"),
        cost.path("monthlyCost").path("prod"));
  }

  @Test
  void withoutPricesNoCostIsSaid() throws IOException {
    Files.writeString(folder.resolve("project.serve"), PRICED.replace(", price = $0.71/h", ""));
    var run = CommandLineRun.of("check", "--format", "json", folder.toString());
    assertFalse(Json.parse(run.out()).has("monthlyCost"), run.out());
  }
}
