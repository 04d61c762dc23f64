package dev.salver.cli.lock;

import dev.salver.artifacts.signature.Shape;
import dev.salver.artifacts.signature.Value;
import dev.salver.artifacts.signature.ValueType;
import dev.salver.compiler.type.Dim;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Type;
import java.util.LinkedHashMap;
import java.util.List;

/** What an artifact says of its tensors, in the types of the language. */
final class Signatures {
  private Signatures() {}

  /**
   * Values that the language has no type for, such as sequences, maps and tensors of unknown rank,
   * are {@code ?}.
   */
  static Signature of(dev.salver.artifacts.signature.Signature signature) {
    var outputs = new LinkedHashMap<String, Type>();
    signature.outputs().forEach(value -> outputs.put(value.name(), type(value)));
    List<Signature.Port> inputs =
        signature.inputs().stream()
            .map(value -> new Signature.Port(value.name(), type(value)))
            .toList();
    return new Signature(inputs, new Type.Fields(outputs));
  }

  private static Type type(Value value) {
    if (value.type() instanceof ValueType.Tensor(var element, Shape.Ranked(var dims))) {
      return Element.of(element.word())
          .<Type>map(word -> new Type.Tensor(word, dims.stream().map(Signatures::dim).toList()))
          .orElseGet(Type.Unknown::new);
    }
    return new Type.Unknown();
  }

  private static Dim dim(dev.salver.artifacts.signature.Dim dim) {
    return switch (dim) {
      case dev.salver.artifacts.signature.Dim.Fixed(long size) -> new Dim.Size(size);
      case dev.salver.artifacts.signature.Dim.Symbol(String name) -> symbol(name);
      case dev.salver.artifacts.signature.Dim.Unknown() -> new Dim.Unknown();
    };
  }

  /** As it stands where it could be written in the language; else with the rest replaced. */
  private static Dim symbol(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
    if (plain.isEmpty() || plain.chars().allMatch(c -> c == '_')) {
      return new Dim.Unknown();
    }
    return new Dim.Symbol(Character.isDigit(plain.charAt(0)) ? "_" + plain : plain);
  }
}
