package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.source.SourceFolder;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ten times the models cost about ten times the work, patches of each included. */
class LinearityTest {
  @Test
  void checkingGrowsWithTheNumberOfModelsAndNotWithItsSquare() {
    check(200);
    long few = check(300);
    long many = check(3000);
    assertTrue(
        many < 40 * Math.max(few, 1_000_000), () -> few + " ns for 300, " + many + " for 3000");
  }

  /** Nanoseconds of this thread, so that what else runs on the machine does not count. */
  private static long check(int models) {
    var text = new StringBuilder("project p { }\n");
    var patches = new StringBuilder("env prod {\n");
    for (int i = 0; i < models; i++) {
      text.append("model m-").append(i).append(" from \"s3://m/m.onnx\" { cpu = 1..2 }\n");
      patches.append("model m-").append(i).append(" { timeout = 10s }\n");
    }
    var folder = SourceFolder.of(Map.of("p.serve", text.append(patches).append("}\n").toString()));
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    assertEquals(List.of(), Compiler.check(folder).diagnostics());
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
  }
}
