package dev.salver.kube.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** What flows along an edge of a graph. */
public sealed interface Value permits Tensor, Value.Fields, Value.Json {
  /** Values by name, in order. */
  record Fields(SequencedMap<String, Value> values) implements Value {
    public Fields {
      values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }
  }

  /** A body without tensors. */
  record Json(JsonNode node) implements Value {}
}
