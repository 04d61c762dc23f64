package dev.salver.cli.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.Compiler;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.compiler.testing.Models;
import dev.salver.compiler.testing.Samples;
import dev.salver.kube.graph.Calls;
import dev.salver.kube.graph.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Tests end, whatever a model does. */
class SuiteTest {
  @Test
  void aModelThatNeverAnswersFailsItsTestAndTheNextOneRuns() throws Exception {
    var program =
        Compiler.check(
            SourceFolder.of(
                Map.of(
                    "p.serve",
                    """
                    project p { }
                    model slow from "s3://m/slow.onnx"
                    test "slow" { expect slow(x = [1]).y == [1] }
                    test "next" { expect env == "local" }
                    """)));
    assertEquals(List.of(), program.diagnostics());
    var interrupted = new CountDownLatch(1);
    Models never =
        new Models() {
          @Override
          public Described describe(ModelPlan model) throws InterruptedException {
            try {
              new CountDownLatch(1).await();
              return new Described.Failed("");
            } catch (InterruptedException e) {
              interrupted.countDown();
              throw e;
            }
          }

          @Override
          public Calls.Reply call(ModelPlan model, SequencedMap<String, Value> inputs) {
            return new Calls.Reply.Failed(500, "");
          }
        };
    Samples none = path -> new Samples.Sample.Refused("");
    List<CaseResult> results =
        new Suite(program, never, none, Duration.ofSeconds(1)).run(name -> true, result -> {});
    assertEquals("it was not over after 1 s", results.getFirst().failures().getFirst().message());
    assertTrue(results.getLast().passed());
    interrupted.await();
  }
}
