package dev.salver.compiler.cel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A program pays for the engine of expressions only where it has some. */
class LazinessTest {
  private static final String PROGRAM =
      """
      project p { }
      env prod { model * where labels.tier == "online" { scale.replicas = 2 } }
      model iris from "s3://m/iris.onnx" { gpu = l4, labels { tier = "online" } }
      """;

  @Test
  void aProgramWithoutPoliciesLoadsNoExpressionEngine() throws Exception {
    assertEquals(List.of(), engine(PROGRAM));
  }

  @Test
  void testsAreCheckedWithoutIt() throws Exception {
    assertEquals(
        List.of(), engine(PROGRAM + "test \"t\" { expect iris([1]).y == [1] && env == \"x\" }\n"));
  }

  @Test
  void aProgramWithAPolicyLoadsIt() throws Exception {
    assertTrue(!engine(PROGRAM + "policy p on model { require self.name != \"x\" }\n").isEmpty());
  }

  private static List<String> engine(String program) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xlog:class+load:stdout",
                "-cp",
                System.getProperty("java.class.path"),
                CheckOnly.class.getName(),
                program)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines;
    try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
      lines = reader.lines().toList();
    }
    assertEquals(0, process.waitFor());
    assertTrue(lines.stream().anyMatch(line -> line.contains("dev.salver.compiler.Program")));
    return lines.stream()
        .filter(line -> line.contains(" dev.cel.") || line.contains(" com.google.protobuf."))
        .limit(3)
        .toList();
  }
}
