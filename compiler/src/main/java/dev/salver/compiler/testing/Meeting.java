package dev.salver.compiler.testing;

import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Type;
import dev.salver.kube.graph.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Inputs and outputs under the names that the other side has for them: a declared signature meets
 * the artifact's by name, else by position.
 */
final class Meeting {
  private Meeting() {}

  static SequencedMap<String, Value> inputs(
      SequencedMap<String, Value> inputs, Signature said, Signature is) {
    return renamed(
        inputs,
        said.inputs().stream().map(Signature.Port::name).toList(),
        is.inputs().stream().map(Signature.Port::name).toList());
  }

  static SequencedMap<String, Value> outputs(
      SequencedMap<String, Value> outputs, Signature said, Signature is) {
    return renamed(outputs, names(is.output()), names(said.output()));
  }

  private static List<String> names(Type output) {
    return output instanceof Type.Fields record ? List.copyOf(record.fields().keySet()) : List.of();
  }

  private static SequencedMap<String, Value> renamed(
      SequencedMap<String, Value> values, List<String> from, List<String> to) {
    var renamed = new LinkedHashMap<String, Value>();
    values.forEach(
        (name, value) -> {
          int at = from.indexOf(name);
          boolean same = to.contains(name) || at < 0 || at >= to.size();
          renamed.put(same ? name : to.get(at), value);
        });
    return renamed;
  }
}
