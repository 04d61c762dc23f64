package dev.salver.compiler.testing;

import dev.salver.compiler.testing.Encoding.Unfit;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The arguments of a call as inputs by name. One argument alone may be a whole request: of the Open
 * Inference Protocol ({@code inputs}), of V1 ({@code instances}), or an object of inputs.
 */
final class Requests {
  private Requests() {}

  /**
   * @param arguments by name, or by place from {@code 1} where no names are known
   */
  static SequencedMap<String, Object> inputs(Map<String, Object> arguments, Signature signature)
      throws Unfit {
    if (arguments.size() == 1
        && arguments.values().iterator().next() instanceof Map<?, ?> request) {
      if (request.get("inputs") instanceof List<?> inputs) {
        return tensors(inputs);
      }
      if (request.get("instances") instanceof List<?> instances) {
        return instances(instances, signature);
      }
      String first = arguments.keySet().iterator().next();
      if (!takesRecord(port(first, signature), signature)) {
        var inputs = new LinkedHashMap<String, Object>();
        request.forEach((name, value) -> inputs.put(String.valueOf(name), value));
        return inputs;
      }
    }
    var inputs = new LinkedHashMap<String, Object>();
    arguments.forEach((name, value) -> inputs.put(port(name, signature), value));
    return inputs;
  }

  private static String port(String name, Signature signature) {
    boolean place = !name.isEmpty() && name.chars().allMatch(Character::isDigit);
    boolean named = signature.inputs().stream().anyMatch(port -> port.name().equals(name));
    int at = place && !named && name.length() < 4 ? Integer.parseInt(name) - 1 : -1;
    return at >= 0 && at < signature.inputs().size() ? signature.inputs().get(at).name() : name;
  }

  private static boolean takesRecord(String input, Signature signature) {
    return signature.inputs().stream()
        .filter(port -> port.name().equals(input))
        .anyMatch(port -> !(port.type() instanceof Type.Tensor));
  }

  private static SequencedMap<String, Object> tensors(List<?> tensors) throws Unfit {
    var inputs = new LinkedHashMap<String, Object>();
    for (Object each : tensors) {
      if (!(each instanceof Map<?, ?> tensor)
          || !(tensor.get("name") instanceof String name)
          || !(tensor.get("data") instanceof List<?> data)) {
        throw new Unfit("each of a request's `inputs` has a `name` and `data`");
      }
      List<?> shape = tensor.get("shape") instanceof List<?> sizes ? sizes : List.of();
      inputs.put(name, shaped(data, shape));
    }
    return inputs;
  }

  /** The protocol lets data lie flat, row by row. */
  private static Object shaped(List<?> data, List<?> shape) throws Unfit {
    boolean flat = data.stream().noneMatch(List.class::isInstance);
    if (!flat || shape.size() < 2) {
      return data;
    }
    long count = 1;
    for (Object size : shape) {
      if (!(size instanceof Long each) || each < 0 || count * each > Integer.MAX_VALUE) {
        throw new Unfit("no tensor has the shape " + shape);
      }
      count *= each;
    }
    if (count != data.size()) {
      throw new Unfit("a tensor of shape " + shape + " has not " + data.size() + " elements");
    }
    List<Object> rows = new ArrayList<>(data);
    for (int dim = shape.size() - 1; dim > 0; dim--) {
      int size = ((Long) shape.get(dim)).intValue();
      var next = new ArrayList<Object>();
      for (int at = 0; size > 0 && at < rows.size(); at += size) {
        next.add(List.copyOf(rows.subList(at, at + size)));
      }
      rows = next;
    }
    return rows;
  }

  private static SequencedMap<String, Object> instances(List<?> instances, Signature signature) {
    var inputs = new LinkedHashMap<String, Object>();
    boolean named = !instances.isEmpty() && instances.stream().allMatch(Map.class::isInstance);
    if (!named) {
      inputs.put(
          signature.inputs().isEmpty() ? "" : signature.inputs().getFirst().name(), instances);
      return inputs;
    }
    for (Signature.Port port : signature.inputs()) {
      var column = new ArrayList<Object>();
      for (Object each : instances) {
        Object value = ((Map<?, ?>) each).get(port.name());
        if (value != null) {
          column.add(value);
        }
      }
      inputs.put(port.name(), column);
    }
    return inputs;
  }
}
