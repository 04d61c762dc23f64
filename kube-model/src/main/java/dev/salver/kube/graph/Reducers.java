package dev.salver.kube.graph;

import dev.salver.kube.graph.Step.Reduction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** The values of branches as one, element by element; their shapes and types must agree. */
final class Reducers {
  private Reducers() {}

  /**
   * Records are reduced field by field.
   *
   * @throws IllegalArgumentException in words for a client, where the values do not fit each other
   */
  static Value reduce(Reduction reduction, List<Value> values) {
    Value first = values.getFirst();
    if (reduction == Reduction.FIRST) {
      return first;
    }
    return switch (first) {
      case Tensor tensor -> tensors(reduction, values);
      case Value.Fields fields -> {
        var reduced = new LinkedHashMap<String, Value>();
        for (String name : fields.values().keySet()) {
          var column = new ArrayList<Value>();
          for (Value each : values) {
            Value field = each instanceof Value.Fields all ? all.values().get(name) : null;
            if (field == null) {
              throw new IllegalArgumentException("not every branch has a field `" + name + "`");
            }
            column.add(field);
          }
          reduced.put(name, reduce(reduction, column));
        }
        yield new Value.Fields(reduced);
      }
      case Value.Json json -> throw new IllegalArgumentException("JSON has no " + reduction.word());
    };
  }

  private static Tensor tensors(Reduction reduction, List<Value> values) {
    var tensors = new ArrayList<Tensor>();
    for (Value value : values) {
      if (!(value instanceof Tensor tensor)) {
        throw new IllegalArgumentException("some branches give tensors, some do not");
      }
      Tensor first = tensors.isEmpty() ? tensor : tensors.getFirst();
      if (tensor.datatype() != first.datatype() || !tensor.shape().equals(first.shape())) {
        throw new IllegalArgumentException(
            "branches differ: one gives " + first + ", another " + tensor);
      }
      tensors.add(tensor);
    }
    return switch (reduction) {
      case MEAN -> mean(tensors);
      case MAX -> max(tensors);
      case VOTE -> vote(tensors);
      case FIRST -> tensors.getFirst();
    };
  }

  /** In double precision; of whole numbers it is an {@code FP64}. */
  private static Tensor mean(List<Tensor> tensors) {
    Tensor first = tensors.getFirst();
    numbers(first);
    var elements =
        new Elements(first.datatype().isFloat() ? first.datatype() : Datatype.FP64, first.shape());
    for (int i = 0; i < first.count(); i++) {
      double sum = 0;
      for (Tensor tensor : tensors) {
        sum += tensor.doubleAt(i);
      }
      elements.put(sum / tensors.size());
    }
    return elements.done();
  }

  /** NaN where one is. */
  private static Tensor max(List<Tensor> tensors) {
    Tensor first = tensors.getFirst();
    numbers(first);
    var elements = new Elements(first.datatype(), first.shape());
    for (int i = 0; i < first.count(); i++) {
      Tensor most = first;
      for (Tensor tensor : tensors) {
        if (compare(tensor, most, i) > 0) {
          most = tensor;
        }
      }
      elements.copy(most, i);
    }
    return elements.done();
  }

  private static int compare(Tensor a, Tensor b, int i) {
    if (a.datatype() == Datatype.UINT64) {
      return Long.compareUnsigned(a.longAt(i), b.longAt(i));
    }
    return a.datatype().isFloat()
        ? Double.compare(a.doubleAt(i), b.doubleAt(i))
        : Long.compare(a.longAt(i), b.longAt(i));
  }

  private static Tensor vote(List<Tensor> tensors) {
    Tensor first = tensors.getFirst();
    boolean texts = first.datatype() == Datatype.BYTES;
    var chosen = new ArrayList<ByteBuffer>();
    var elements = texts ? null : new Elements(first.datatype(), first.shape());
    for (int i = 0; i < first.count(); i++) {
      Tensor winner = winner(tensors, i);
      if (elements == null) {
        chosen.add(winner.texts().get(i));
      } else {
        elements.copy(winner, i);
      }
    }
    return elements == null ? Tensor.bytes(first.shape(), chosen) : elements.done();
  }

  private static Tensor winner(List<Tensor> tensors, int i) {
    var votes = new LinkedHashMap<Object, Integer>();
    var first = new LinkedHashMap<Object, Tensor>();
    for (Tensor tensor : tensors) {
      Object said = said(tensor, i);
      votes.merge(said, 1, Integer::sum);
      first.putIfAbsent(said, tensor);
    }
    Object best = votes.sequencedKeySet().getFirst();
    for (var entry : votes.entrySet()) {
      if (entry.getValue() > votes.getOrDefault(best, 0)) {
        best = entry.getKey();
      }
    }
    return first.getOrDefault(best, tensors.getFirst());
  }

  private static Object said(Tensor tensor, int i) {
    if (tensor.datatype() == Datatype.BYTES) {
      return tensor.texts().get(i);
    }
    return tensor.datatype().isFloat() ? (Object) tensor.doubleAt(i) : (Object) tensor.longAt(i);
  }

  private static void numbers(Tensor tensor) {
    if (tensor.datatype() == Datatype.BYTES || tensor.datatype() == Datatype.BOOL) {
      throw new IllegalArgumentException("branches give " + tensor + ", and no numbers");
    }
  }
}
