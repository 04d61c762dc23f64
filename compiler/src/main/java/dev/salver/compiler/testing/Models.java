package dev.salver.compiler.testing;

import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.type.Signature;
import dev.salver.kube.graph.Calls;
import dev.salver.kube.graph.Value;
import java.util.SequencedMap;

/** Runs the models that a test has no stub for. */
public interface Models {
  /** What a model says that it takes and gives. */
  sealed interface Described {
    record Known(Signature signature) implements Described {}

    /** Why it does not run here, in words for the user. */
    record Failed(String why) implements Described {}
  }

  /** Starts a model where it does not run yet, and asks it. */
  Described describe(ModelPlan model) throws InterruptedException;

  /**
   * One prediction.
   *
   * @param inputs by the names that the model has for them
   */
  Calls.Reply call(ModelPlan model, SequencedMap<String, Value> inputs) throws InterruptedException;
}
