package dev.salver.compiler.lower;

import dev.salver.compiler.graph.Step;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Type;
import dev.salver.compiler.value.Evaluator;
import dev.salver.compiler.value.Scope;
import dev.salver.compiler.value.Value;
import dev.salver.kube.graph.Datatype;
import dev.salver.kube.graph.Tensor;
import dev.salver.kube.graph.Tensors;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code { label = "none", score = 0.5 }} as tensors of the types that the step has. */
final class ConstantValues {
  private ConstantValues() {}

  static dev.salver.kube.graph.Value of(List<Step.Field> fields, Type type) {
    var evaluator = new Evaluator(new Scope("", Map.of()), ignored -> {});
    var values = new LinkedHashMap<String, dev.salver.kube.graph.Value>();
    for (Step.Field field : fields) {
      Type own =
          type instanceof Type.Fields all
              ? all.fields().getOrDefault(field.name(), new Type.Unknown())
              : new Type.Unknown();
      values.put(field.name(), tensor(evaluator.value(field.value()), own));
    }
    return new dev.salver.kube.graph.Value.Fields(values);
  }

  private static Tensor tensor(Value value, Type type) {
    var shape = new ArrayList<Long>();
    var flat = new ArrayList<Value>();
    flatten(value, 0, shape, flat);
    List<Long> dims = shape.isEmpty() ? List.of(1L) : shape;
    Datatype datatype =
        type instanceof Type.Tensor(Element element, var ignored)
            ? ServingSpecs.datatype(element)
            : guess(flat);
    if (datatype == Datatype.BYTES) {
      return Tensor.texts(dims, flat.stream().map(ConstantValues::text).toList());
    }
    return Tensors.of(datatype, dims, flat.stream().map(ConstantValues::number).toList());
  }

  private static void flatten(Value value, int depth, List<Long> shape, List<Value> into) {
    if (value instanceof Value.Items items) {
      if (shape.size() == depth) {
        shape.add((long) items.items().size());
      }
      items.items().forEach(each -> flatten(each.value(), depth + 1, shape, into));
    } else {
      into.add(value);
    }
  }

  private static Datatype guess(List<Value> values) {
    return switch (values.isEmpty() ? new Value.Unset() : values.getFirst()) {
      case Value.Bool bool -> Datatype.BOOL;
      case Value.Plain number ->
          values.stream().allMatch(ConstantValues::isWhole) ? Datatype.INT64 : Datatype.FP64;
      default -> Datatype.BYTES;
    };
  }

  private static boolean isWhole(Value value) {
    return value instanceof Value.Plain(BigDecimal number)
        && number.stripTrailingZeros().scale() <= 0;
  }

  private static BigDecimal number(Value value) {
    return switch (value) {
      case Value.Plain(BigDecimal number) -> number;
      case Value.Bool(boolean truth) -> truth ? BigDecimal.ONE : BigDecimal.ZERO;
      case Value.Percent(BigDecimal percent) -> percent.movePointLeft(2);
      default -> BigDecimal.ZERO;
    };
  }

  private static String text(Value value) {
    return switch (value) {
      case Value.Text text -> text.text();
      case Value.Plain(BigDecimal number) -> number.toPlainString();
      default -> "";
    };
  }
}
