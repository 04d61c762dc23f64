package dev.salver.compiler;

import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.testing.Models;
import dev.salver.compiler.testing.Samples;
import dev.salver.compiler.testing.TestCase;
import dev.salver.compiler.testing.TestResult;
import dev.salver.kube.graph.Calls;
import dev.salver.kube.graph.Value;
import java.util.SequencedMap;

/** Runs tests in the language that have a stub for every model. */
public final class Stubbed {
  private Stubbed() {}

  public static TestResult run(Program program, TestCase test) {
    return Compiler.run(
        program, test, new NoModels(), path -> new Samples.Sample.Refused("there are no samples"));
  }

  private static final class NoModels implements Models {
    @Override
    public Described describe(ModelPlan model) {
      return new Described.Failed("`" + model.name() + "` has no stub");
    }

    @Override
    public Calls.Reply call(ModelPlan model, SequencedMap<String, Value> inputs) {
      throw new IllegalStateException(model.name() + " has no stub");
    }
  }
}
