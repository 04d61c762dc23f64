package dev.salver.kube.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.FieldReader;
import dev.salver.kube.FieldReader.Refused;
import dev.salver.kube.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * Values that are written into a graph, in the form of the Open Inference Protocol: a record is a
 * list of {@code name, datatype, shape, data}, a tensor alone is such an object without a name.
 */
final class Constants {
  /** More is data, and data is no part of a graph. */
  private static final int MAX_ELEMENTS = 1024;

  private Constants() {}

  static Value read(FieldReader reader, String field) throws Refused {
    if (!reader.node().path(field).isArray()) {
      return one(reader.at(field), false);
    }
    var values = new LinkedHashMap<String, Value>();
    reader.list(
        field,
        element -> {
          String name = element.text("name");
          Value value = one(element, true);
          if (values.put(name, value) != null) {
            throw element.refuse("a second field \"" + name + "\"");
          }
          return value;
        });
    return new Value.Fields(values);
  }

  private static Value one(FieldReader reader, boolean named) throws Refused {
    if (reader.has("json")) {
      reader.knowing(named ? Set.of("name", "json") : Set.of("json"));
      return new Value.Json(reader.node().path("json"));
    }
    if (reader.has("fields")) {
      reader.knowing(Set.of("name", "fields"));
      return read(reader, "fields");
    }
    reader.knowing(
        named ? Set.of("name", "datatype", "shape", "data") : Set.of("datatype", "shape", "data"));
    Datatype datatype = reader.word("datatype", Datatype::of);
    List<Long> shape = reader.list("shape", Constants::size);
    List<JsonNode> data = reader.list("data", FieldReader::node);
    if (data.size() > MAX_ELEMENTS) {
      throw reader.at("data").refuse("has more than " + MAX_ELEMENTS + " elements");
    }
    try {
      return tensor(datatype, shape.isEmpty() ? List.of(1L) : shape, data);
    } catch (IllegalArgumentException e) {
      throw reader.refuse(String.valueOf(e.getMessage()));
    }
  }

  private static Long size(FieldReader element) throws Refused {
    JsonNode node = element.node();
    if (!node.canConvertToLong() || !node.isIntegralNumber() || node.longValue() < 0) {
      throw element.refuse("must be a size");
    }
    return node.longValue();
  }

  private static Tensor tensor(Datatype datatype, List<Long> shape, List<JsonNode> data) {
    if (Tensor.count(shape) != data.size()) {
      throw new IllegalArgumentException(
          "shape " + shape + " wants " + Tensor.count(shape) + " elements, not " + data.size());
    }
    if (datatype == Datatype.BYTES) {
      var texts = new ArrayList<String>();
      data.forEach(each -> texts.add(text(each)));
      return Tensor.texts(shape, texts);
    }
    var elements = new Elements(datatype, shape);
    for (JsonNode each : data) {
      boolean fits = datatype == Datatype.BOOL ? each.isBoolean() : each.isNumber();
      if (!fits) {
        throw new IllegalArgumentException("`" + each.asText() + "` is no " + datatype);
      }
      if (datatype.isFloat()) {
        elements.put(each.doubleValue());
      } else if (datatype == Datatype.UINT64) {
        elements.bits(each.bigIntegerValue().longValue());
      } else {
        elements.put(each.isBoolean() ? (each.booleanValue() ? 1 : 0) : each.longValue());
      }
    }
    return elements.done();
  }

  private static String text(JsonNode node) {
    if (!node.isTextual()) {
      throw new IllegalArgumentException("`" + node.asText() + "` is no text");
    }
    return node.textValue();
  }

  static JsonNode write(Value value) {
    return switch (value) {
      case Tensor tensor -> write(Json.object(), tensor);
      case Value.Json json -> Json.object().set("json", json.node());
      case Value.Fields fields -> {
        ArrayNode list = Json.array();
        fields
            .values()
            .forEach(
                (name, each) -> {
                  ObjectNode node = list.addObject().put("name", name);
                  switch (each) {
                    case Tensor tensor -> write(node, tensor);
                    case Value.Json json -> node.set("json", json.node());
                    case Value.Fields inner -> node.set("fields", write(inner));
                  }
                });
        yield list;
      }
    };
  }

  private static ObjectNode write(ObjectNode node, Tensor tensor) {
    node.put("datatype", tensor.datatype().name());
    ArrayNode shape = node.putArray("shape");
    tensor.shape().forEach(shape::add);
    ArrayNode data = node.putArray("data");
    for (int i = 0; i < tensor.count(); i++) {
      switch (tensor.datatype()) {
        case BYTES -> data.add(tensor.textAt(i));
        case BOOL -> data.add(tensor.longAt(i) == 1);
        case FP32 -> data.add((float) tensor.doubleAt(i));
        case FP64, FP16, BF16 -> data.add(tensor.doubleAt(i));
        case UINT64 -> data.add(new BigInteger(Long.toUnsignedString(tensor.longAt(i))));
        default -> data.add(tensor.longAt(i));
      }
    }
    return node;
  }
}
