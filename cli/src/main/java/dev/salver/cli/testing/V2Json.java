package dev.salver.cli.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.compiler.type.Dim;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Type;
import dev.salver.kube.Json;
import dev.salver.kube.graph.Datatype;
import dev.salver.kube.graph.Tensor;
import dev.salver.kube.graph.Tensors;
import dev.salver.kube.graph.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Requests, answers and metadata of the Open Inference Protocol, as JSON. */
final class V2Json {
  private V2Json() {}

  /**
   * @throws IllegalArgumentException for what is no tensor, in words for the user
   */
  static ObjectNode request(Map<String, Value> inputs) {
    ObjectNode request = Json.object();
    ArrayNode list = request.putArray("inputs");
    inputs.forEach(
        (name, value) -> {
          if (!(value instanceof Tensor tensor)) {
            throw new IllegalArgumentException("the input `" + name + "` is no tensor");
          }
          ObjectNode node = list.addObject().put("name", name);
          node.put("datatype", tensor.datatype().name());
          tensor.shape().forEach(node.putArray("shape")::add);
          ArrayNode data = node.putArray("data");
          for (int i = 0; i < tensor.count(); i++) {
            add(data, tensor, i);
          }
        });
    return request;
  }

  private static void add(ArrayNode data, Tensor tensor, int index) {
    switch (tensor.datatype()) {
      case BYTES -> data.add(tensor.textAt(index));
      case BOOL -> data.add(tensor.longAt(index) == 1);
      case FP32 -> data.add((float) tensor.doubleAt(index));
      case FP16, BF16, FP64 -> data.add(tensor.doubleAt(index));
      case UINT64 -> data.add(new BigInteger(Long.toUnsignedString(tensor.longAt(index))));
      default -> data.add(tensor.longAt(index));
    }
  }

  /**
   * @throws IllegalArgumentException for an answer that is none, in words for the user
   */
  static SequencedMap<String, Value> outputs(JsonNode answer) {
    var outputs = new LinkedHashMap<String, Value>();
    for (JsonNode output : answer.path("outputs")) {
      outputs.put(output.path("name").asText(), tensor(output));
    }
    return outputs;
  }

  private static Value tensor(JsonNode output) {
    String name = output.path("name").asText();
    Datatype datatype =
        Datatype.of(output.path("datatype").asText())
            .orElseThrow(
                () -> new IllegalArgumentException("the output `" + name + "` has no datatype"));
    var shape = new ArrayList<Long>();
    output.path("shape").forEach(size -> shape.add(size.asLong()));
    var leaves = new ArrayList<JsonNode>();
    flatten(output.path("data"), leaves);
    if (datatype == Datatype.BYTES) {
      return Tensor.texts(shape, leaves.stream().map(JsonNode::asText).toList());
    }
    var numbers = new ArrayList<BigDecimal>();
    for (JsonNode leaf : leaves) {
      if (leaf.isBoolean()) {
        numbers.add(leaf.booleanValue() ? BigDecimal.ONE : BigDecimal.ZERO);
      } else if (leaf.isNumber()) {
        numbers.add(leaf.decimalValue());
      } else {
        throw new IllegalArgumentException("the output `" + name + "` holds what is no number");
      }
    }
    return Tensors.of(datatype, shape, numbers);
  }

  private static void flatten(JsonNode data, List<JsonNode> leaves) {
    for (JsonNode each : data) {
      if (each.isArray()) {
        flatten(each, leaves);
      } else {
        leaves.add(each);
      }
    }
  }

  /** What a model takes and gives, as its metadata says. */
  static Signature signature(JsonNode metadata) {
    var inputs = new ArrayList<Signature.Port>();
    for (JsonNode input : metadata.path("inputs")) {
      inputs.add(new Signature.Port(input.path("name").asText(), type(input)));
    }
    var outputs = new LinkedHashMap<String, Type>();
    for (JsonNode output : metadata.path("outputs")) {
      outputs.put(output.path("name").asText(), type(output));
    }
    return new Signature(inputs, new Type.Fields(outputs));
  }

  private static Type type(JsonNode tensor) {
    var dims = new ArrayList<Dim>();
    for (JsonNode size : tensor.path("shape")) {
      dims.add(size.asLong() < 0 ? new Dim.Unknown() : new Dim.Size(size.asLong()));
    }
    return Datatype.of(tensor.path("datatype").asText())
        .<Type>map(datatype -> new Type.Tensor(element(datatype), dims))
        .orElseGet(Type.Unknown::new);
  }

  private static Element element(Datatype datatype) {
    return switch (datatype) {
      case BOOL -> Element.BOOL;
      case UINT8 -> Element.U8;
      case UINT16 -> Element.U16;
      case UINT32 -> Element.U32;
      case UINT64 -> Element.U64;
      case INT8 -> Element.I8;
      case INT16 -> Element.I16;
      case INT32 -> Element.I32;
      case INT64 -> Element.I64;
      case FP16 -> Element.F16;
      case BF16 -> Element.BF16;
      case FP32 -> Element.F32;
      case FP64 -> Element.F64;
      case BYTES -> Element.STRING;
    };
  }
}
