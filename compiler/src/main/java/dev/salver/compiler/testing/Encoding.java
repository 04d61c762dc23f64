package dev.salver.compiler.testing;

import dev.salver.compiler.lower.Graphs;
import dev.salver.compiler.type.Dim;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Fit;
import dev.salver.compiler.type.Type;
import dev.salver.kube.Json;
import dev.salver.kube.graph.Datatype;
import dev.salver.kube.graph.Tensor;
import dev.salver.kube.graph.Tensors;
import dev.salver.kube.graph.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists, texts and numbers of an expression as what a model takes. */
final class Encoding {
  /** Not what the type asks for; the message says why, in words for the user. */
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    Unfit(String why) {
      super(why, null, false, false);
    }

    String why() {
      return String.valueOf(getMessage());
    }
  }

  private Encoding() {}

  /**
   * @param plain as {@link dev.salver.compiler.cel.Shape} says
   * @param type what is asked for; where it is not known, whole numbers are i64, others f32
   */
  static Value of(Object plain, Type type) throws Unfit {
    return switch (type) {
      case Type.Tensor tensor -> tensor(plain, tensor);
      case Type.Fields record -> fields(plain, record);
      case Type.Json json -> new Value.Json(Json.mapper().valueToTree(plain));
      case Type.Parameter parameter -> guessed(plain);
      case Type.Unknown unknown -> guessed(plain);
    };
  }

  private static Value fields(Object plain, Type.Fields record) throws Unfit {
    if (!(plain instanceof Map<?, ?> map)) {
      throw new Unfit("it takes a record, `{ name = value }`");
    }
    var values = new LinkedHashMap<String, Value>();
    for (var field : record.fields().entrySet()) {
      Object value = map.get(field.getKey());
      if (value == null) {
        throw new Unfit("`" + field.getKey() + "` is missing");
      }
      values.put(field.getKey(), of(value, field.getValue()));
    }
    return new Value.Fields(values);
  }

  private static Value guessed(Object plain) throws Unfit {
    if (plain instanceof Map<?, ?> map) {
      var values = new LinkedHashMap<String, Value>();
      for (var entry : map.entrySet()) {
        values.put(String.valueOf(entry.getKey()), guessed(entry.getValue()));
      }
      return new Value.Fields(values);
    }
    var leaves = new ArrayList<Object>();
    List<Long> shape = flatten(plain, leaves);
    Element element = guess(leaves);
    return tensor(shape, leaves, element);
  }

  private static Element guess(List<Object> leaves) {
    if (leaves.stream().allMatch(String.class::isInstance)) {
      return Element.STRING;
    }
    if (leaves.stream().allMatch(Boolean.class::isInstance)) {
      return Element.BOOL;
    }
    return leaves.stream().allMatch(Long.class::isInstance) ? Element.I64 : Element.F32;
  }

  private static Value tensor(Object plain, Type.Tensor wanted) throws Unfit {
    var leaves = new ArrayList<Object>();
    List<Long> shape = flatten(plain, leaves);
    if (!(plain instanceof List<?>) && LiteralFit.holdsOne(wanted)) {
      shape =
          wanted.dims().isEmpty() ? List.of(1L) : wanted.dims().stream().map(dim -> 1L).toList();
    }
    List<Dim> dims = new ArrayList<>();
    shape.forEach(size -> dims.add(new Dim.Size(size)));
    var problem = Fit.ofCall().problem(new Type.Tensor(wanted.element(), dims), wanted);
    if (problem.isPresent()) {
      throw new Unfit(problem.get());
    }
    return tensor(shape, leaves, wanted.element());
  }

  private static Value tensor(List<Long> shape, List<Object> leaves, Element element) throws Unfit {
    if (element == Element.STRING || element == Element.BYTES) {
      var texts = new ArrayList<String>();
      for (Object leaf : leaves) {
        if (!(leaf instanceof String text)) {
          throw new Unfit("`" + leaf + "` is no " + element.word());
        }
        texts.add(text);
      }
      return Tensor.texts(shape, texts);
    }
    var numbers = new ArrayList<BigDecimal>();
    for (Object leaf : leaves) {
      numbers.add(number(leaf, element));
    }
    Datatype datatype = Graphs.datatype(element);
    return Tensors.of(datatype, shape, numbers);
  }

  private static BigDecimal number(Object leaf, Element element) throws Unfit {
    BigDecimal number =
        switch (leaf) {
          case Boolean truth when element == Element.BOOL ->
              truth ? BigDecimal.ONE : BigDecimal.ZERO;
          case Long whole when element != Element.BOOL -> BigDecimal.valueOf(whole);
          case Double real when element != Element.BOOL && Double.isFinite(real) ->
              new BigDecimal(Double.toString(real));
          default -> null;
        };
    boolean fits =
        number != null && (element == Element.BOOL || LiteralFit.Numbers.fits(number, element));
    if (number == null || !fits) {
      throw new Unfit("`" + leaf + "` is no " + element.word());
    }
    return number;
  }

  /** The leaves row by row; the answer is the shape, {@code [1]} for a leaf alone. */
  private static List<Long> flatten(Object plain, List<Object> leaves) throws Unfit {
    var shape = new ArrayList<Long>();
    @Nullable Object at = plain;
    while (at instanceof List<?> list) {
      shape.add((long) list.size());
      at = list.isEmpty() ? null : list.getFirst();
    }
    flatten(plain, shape, 0, leaves);
    return shape.isEmpty() ? List.of(1L) : shape;
  }

  private static void flatten(Object plain, List<Long> shape, int depth, List<Object> leaves)
      throws Unfit {
    boolean isList = plain instanceof List<?>;
    if (isList != depth < shape.size()) {
      throw new Unfit("its lists differ in depth");
    }
    if (!(plain instanceof List<?> list)) {
      leaves.add(plain);
      return;
    }
    if (list.size() != shape.get(depth)) {
      throw new Unfit("a list of " + list.size() + " stands beside one of " + shape.get(depth));
    }
    for (Object item : list) {
      flatten(item, shape, depth + 1, leaves);
    }
  }
}
