package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Yaml;
import dev.salver.kube.kserve.ServingConfig;
import dev.salver.reconciler.serving.TreeDiff.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KserveParityTest {
  @Test
  void explore() throws IOException {
    Path oracle = Path.of(System.getenv("SALVER_ORACLE"));
    var runtimes =
        Yaml.documents(Files.readString(oracle.resolve("runtimes.yaml"))).stream()
            .map(node -> new KubeObject((ObjectNode) node))
            .toList();
    var runner = new KserveRunner(ServingConfig.DEFAULT, runtimes);
    var differences = new Differences();
    try (Stream<Path> files = Files.list(oracle.resolve("cases"))) {
      for (Path file : files.sorted().toList()) {
        if (file.getFileName().toString().startsWith("graph-")) {
          continue;
        }
        KserveCase one = RecordedCase.read(file);
        List<Difference> left;
        try {
          left =
              runner.compare(one).stream().filter(d -> !differences.covers(one.name(), d)).toList();
        } catch (RuntimeException e) {
          System.out.println("CRASH " + one.name());
          e.printStackTrace(System.out);
          continue;
        }
        System.out.println((left.isEmpty() ? "PASS " : "FAIL ") + one.name());
        left.forEach(d -> System.out.println("  " + d));
      }
    }
    System.out.println("unused " + differences.unused());
  }
}
