package dev.salver.compiler.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.compiler.type.Type;
import dev.salver.kube.graph.Tensor;
import dev.salver.kube.graph.TensorValues;
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
            ? TensorValues.element(tensor, 0)
            : TensorValues.rows(tensor);
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
