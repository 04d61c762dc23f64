package dev.salver.kube.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.OptionalLong;
import java.util.SequencedMap;

/** Calls a service: over the network, in a test with its model, in a rehearsal with a recording. */
@FunctionalInterface
public interface Calls {
  /** Waits for the answer; what goes wrong is an answer too. */
  Reply call(Request request) throws InterruptedException;

  /**
   * One attempt.
   *
   * @param step whose call it is
   * @param inputs tensors, or a JSON value, by the service's names
   * @param leftNanos until nobody waits any more; empty for no deadline
   * @param shadow whether the answer will be dropped
   */
  record Request(
      String step,
      Step.Address to,
      SequencedMap<String, Value> inputs,
      OptionalLong leftNanos,
      boolean shadow) {
    public Request {
      inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
    }
  }

  /** What came of it. */
  sealed interface Reply {
    record Answered(SequencedMap<String, Value> outputs) implements Reply {
      public Answered {
        outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
      }
    }

    /**
     * @param status an HTTP status; 502 where the service was not reached, 504 where it was late
     */
    record Failed(int status, String message) implements Reply {}
  }
}
