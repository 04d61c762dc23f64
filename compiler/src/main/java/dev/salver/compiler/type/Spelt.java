package dev.salver.compiler.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * Types as a program can write them, with {@code ?} for a size that has no name there; empty where
 * something of a type is not known, or has a name that the program could only quote.
 */
public final class Spelt {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  private Spelt() {}

  /** {@code (x: f32[n]) -> (y: f32[n])}. */
  public static Optional<String> of(Signature signature) {
    var inputs = new ArrayList<String>();
    for (Signature.Port port : signature.inputs()) {
      Optional<String> type = field(port.name(), port.type());
      if (type.isEmpty()) {
        return type;
      }
      inputs.add(type.get());
    }
    return output(signature.output())
        .map(output -> "(" + String.join(", ", inputs) + ") -> " + output);
  }

  /** As it stands behind the arrow of a signature, where a record is in parentheses. */
  public static Optional<String> output(Type type) {
    return type instanceof Type.Fields(var fields) ? fields(fields, "(", ")") : of(type);
  }

  public static Optional<String> of(Type type) {
    return switch (type) {
      case Type.Tensor(Element element, List<Dim> dims) -> Optional.of(tensor(element, dims));
      case Type.Fields(var fields) -> fields(fields, "{ ", " }");
      case Type.Json json -> Optional.of("json");
      case Type.Parameter parameter -> Optional.empty();
      case Type.Unknown unknown -> Optional.empty();
    };
  }

  private static String tensor(Element element, List<Dim> dims) {
    List<String> written = dims.stream().map(Spelt::dim).toList();
    return element.word() + (dims.isEmpty() ? "" : "[" + String.join(", ", written) + "]");
  }

  private static String dim(Dim dim) {
    return dim instanceof Dim.Symbol(String name) && !NAME.matcher(name).matches()
        ? "?"
        : dim.toString();
  }

  private static Optional<String> fields(
      SequencedMap<String, Type> fields, String open, String close) {
    var written = new ArrayList<String>();
    for (var each : fields.entrySet()) {
      Optional<String> field = field(each.getKey(), each.getValue());
      if (field.isEmpty()) {
        return field;
      }
      written.add(field.get());
    }
    return Optional.of(open + String.join(", ", written) + close);
  }

  private static Optional<String> field(String name, Type type) {
    return NAME.matcher(name).matches()
        ? of(type).map(each -> name + ": " + each)
        : Optional.empty();
  }
}
