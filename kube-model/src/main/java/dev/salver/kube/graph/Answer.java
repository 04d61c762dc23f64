package dev.salver.kube.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What a graph makes of a request. */
public sealed interface Answer {
  /** The calls that were made, by their steps' names, in the order of the graph. */
  List<String> route();

  /**
   * @param outputs in the order of the graph's outputs
   */
  record Done(SequencedMap<String, Value> outputs, List<String> route) implements Answer {
    public Done {
      outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
      route = List.copyOf(route);
    }
  }

  /**
   * @param step where it ended
   * @param status an HTTP status
   */
  record Failed(String step, int status, String message, List<String> route) implements Answer {
    public Failed {
      route = List.copyOf(route);
    }
  }
}
