package dev.salver.compiler.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.compiler.type.Type;
import dev.salver.kube.graph.Datatype;
import dev.salver.kube.graph.Tensor;
import dev.salver.kube.graph.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What models answer as lists, texts and numbers of an expression. */
final class Decoding {
  private Decoding() {}

  /**
   * A tensor as lists in lists, one without dims in its type as a plain value.
   *
   * @param type of the value, as far as it is known
   */
  static Object of(Value value, Type type) {
    return switch (value) {
      case Tensor tensor -> {
        boolean scalar = type instanceof Type.Tensor of && of.dims().isEmpty();
        yield scalar && tensor.count() == 1
            ? element(tensor, 0)
            : rows(tensor, 0, 0, tensor.count());
      }
      case Value.Fields fields -> fields(fields.values(), type);
      case Value.Json json -> json(json.node());
    };
  }

  static Map<String, Object> fields(Map<String, Value> values, Type type) {
    var map = new LinkedHashMap<String, Object>();
    values.forEach((name, value) -> map.put(name, of(value, field(type, name))));
    return map;
  }

  static Type field(Type type, String name) {
    Type field = type instanceof Type.Fields record ? record.fields().get(name) : null;
    return field == null ? new Type.Unknown() : field;
  }

  private static Object rows(Tensor tensor, int dim, int from, int count) {
    if (tensor.shape().isEmpty()) {
      return element(tensor, from);
    }
    var rows = new ArrayList<Object>();
    int size = tensor.shape().get(dim).intValue();
    int each = size == 0 ? 0 : count / size;
    for (int i = 0; i < size; i++) {
      rows.add(
          dim + 1 == tensor.shape().size()
              ? element(tensor, from + i)
              : rows(tensor, dim + 1, from + i * each, each));
    }
    return rows;
  }

  private static Object element(Tensor tensor, int index) {
    return switch (tensor.datatype()) {
      case BOOL -> tensor.longAt(index) == 1;
      case FP16, BF16, FP32, FP64 -> shortest(tensor, index);
      case UINT64 -> {
        long bits = tensor.longAt(index);
        yield bits >= 0 ? (Object) bits : (Object) tensor.doubleAt(index);
      }
      case BYTES -> tensor.textAt(index);
      default -> tensor.longAt(index);
    };
  }

  /** So that 0.9 of a model with single precision is the 0.9 of an expectation. */
  private static Object shortest(Tensor tensor, int index) {
    double value = tensor.doubleAt(index);
    return tensor.datatype() == Datatype.FP32 && Math.abs(value) <= Float.MAX_VALUE
        ? Double.parseDouble(Float.toString((float) value))
        : value;
  }

  /** A {@code null} is nothing: not there in an object, an empty object in a list. */
  static Object json(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue();
    } else if (node.isBoolean()) {
      return node.booleanValue();
    } else if (node.isNumber()) {
      return node.isIntegralNumber() && node.canConvertToLong()
          ? (Object) node.longValue()
          : (Object) node.doubleValue();
    } else if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(each -> list.add(json(each)));
      return list;
    }
    var map = new LinkedHashMap<String, Object>();
    node.properties().stream()
        .filter(each -> !each.getValue().isNull())
        .forEach(each -> map.put(each.getKey(), json(each.getValue())));
    return map;
  }
}
