package dev.salver.artifacts.signature;

import dev.salver.artifacts.signature.Tokens.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Reads an {@code MLmodel} of MLflow: its signature is JSON in a string of YAML, of tensors or of
 * columns; a flavor that keeps its model in a format of its own is looked into.
 */
final class MlflowReader {
  private static final int MAX_FILE = 2 << 20;
  private static final int MAX_VALUES = 100_000;
  private static final int MAX_FLAVORS = 100;
  private static final List<String> LOOKED_INTO = List.of("onnx", "xgboost", "lightgbm");

  private final Contents contents;
  private final String name;
  private final Map<String, Map<String, String>> flavors = new TreeMap<>();
  private String version = "";
  private Map<String, String> signature = Map.of();

  private MlflowReader(Contents contents, String name) {
    this.contents = contents;
    this.name = name;
  }

  static Inspection.Known read(Contents contents, String name) throws IOException, Malformed {
    var reader = new MlflowReader(contents, name);
    reader.model(TextTokens.yaml(contents.text(name, MAX_FILE), name));
    return reader.known();
  }

  private void model(Tokens yaml) throws IOException, Malformed {
    yaml.object("the file");
    while (yaml.next() == Kind.KEY) {
      switch (yaml.text()) {
        case "mlflow_version" -> version = yaml.scalar();
        case "signature" -> signature = yaml.fields(100);
        case "flavors" -> {
          yaml.object("\"flavors\"");
          while (yaml.next() == Kind.KEY) {
            flavors.put(yaml.text(), yaml.fields(1_000));
            if (flavors.size() > MAX_FLAVORS) {
              throw yaml.malformed("it has more than " + MAX_FLAVORS + " flavors");
            }
          }
        }
        default -> yaml.skipValue();
      }
    }
    if (flavors.isEmpty()) {
      throw yaml.malformed("it names no flavor");
    }
  }

  private Inspection.Known known() throws IOException, Malformed {
    Optional<Inspection.Known> inside = inside();
    Optional<Signature> own = Optional.empty();
    if (!signature.getOrDefault("inputs", "").isEmpty()) {
      own = Optional.of(new Signature(side("input"), side("output")));
    }
    List<String> notes = new ArrayList<>();
    notes.add(
        ("MLflow " + Words.brief(version)).strip()
            + " model, flavors "
            + Words.brief(String.join(", ", flavors.keySet())));
    inside.ifPresent(known -> notes.addAll(known.notes()));
    if (own.isEmpty()) {
      notes.add("it was logged without a signature");
    }
    return new Inspection.Known(
        "mlflow",
        own.or(() -> inside.flatMap(Inspection.Known::signature)),
        inside.map(Inspection.Known::weightBytes).orElse(OptionalLong.empty()),
        inside.map(Inspection.Known::lowerable).orElse(false),
        notes);
  }

  private Optional<Inspection.Known> inside() throws IOException, Malformed {
    for (String flavor : LOOKED_INTO) {
      String data = flavors.getOrDefault(flavor, Map.of()).getOrDefault("data", "");
      if (data.isEmpty()) {
        continue;
      }
      String file = name.substring(0, name.lastIndexOf('/') + 1) + data;
      if (!Contents.isPlain(data)) {
        throw new Malformed(
            "its model is \"" + Words.brief(data) + "\", outside of its folder", name, 0);
      }
      if (!contents.has(file)) {
        throw new Malformed(
            "its model is \"" + Words.brief(data) + "\", which is not there", name, 0);
      }
      if (SingleFile.inspect(contents, file) instanceof Inspection.Known known) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  private List<Value> side(String side) throws IOException, Malformed {
    String json = signature.getOrDefault(side + "s", "");
    List<Value> values = new ArrayList<>();
    if (json.isEmpty() || json.equals("null")) {
      return values;
    }
    Tokens tokens = TextTokens.json(json, name);
    if (tokens.next() != Kind.LIST) {
      throw tokens.malformed("the signature's " + side + "s are no list");
    }
    Kind kind = tokens.next();
    for (; kind == Kind.OBJECT; kind = tokens.next()) {
      values.add(value(tokens, side + values.size()));
      if (values.size() > MAX_VALUES) {
        throw tokens.malformed("the signature has more than " + MAX_VALUES + " " + side + "s");
      }
    }
    if (kind != Kind.LIST_END) {
      throw tokens.malformed("the signature's " + side + "s can't be read");
    }
    return values.size() == 1 && values.getFirst().name().equals(side + 0)
        ? List.of(new Value(side, values.getFirst().type()))
        : values;
  }

  private static Value value(Tokens tokens, String unnamed) throws IOException, Malformed {
    String type = "";
    String called = unnamed;
    ValueType tensor = new ValueType.Unknown();
    while (tokens.next() == Kind.KEY) {
      switch (tokens.text()) {
        case "type" -> type = tokens.scalar();
        case "name" -> called = tokens.scalar();
        case "tensor-spec" -> tensor = tensor(tokens);
        default -> tokens.skipValue();
      }
    }
    return new Value(called, type.equals("tensor") ? tensor : column(type));
  }

  private static ValueType tensor(Tokens tokens) throws IOException, Malformed {
    tokens.object("a tensor's specification");
    String type = "";
    List<Dim> dims = new ArrayList<>();
    while (tokens.next() == Kind.KEY) {
      switch (tokens.text()) {
        case "dtype" -> type = tokens.scalar();
        case "shape" -> {
          for (String dim : tokens.scalars(64)) {
            dims.add(
                dim.matches("[0-9]{1,18}")
                    ? new Dim.Fixed(Long.parseLong(dim))
                    : new Dim.Unknown());
          }
        }
        default -> tokens.skipValue();
      }
    }
    Optional<ElementType> element = numpy(type);
    return element.isEmpty()
        ? new ValueType.Unknown()
        : new ValueType.Tensor(element.get(), new Shape.Ranked(dims));
  }

  private static Optional<ElementType> numpy(String type) {
    return Optional.ofNullable(
        switch (type) {
          case "bool" -> ElementType.BOOL;
          case "uint8" -> ElementType.U8;
          case "uint16" -> ElementType.U16;
          case "uint32" -> ElementType.U32;
          case "uint64" -> ElementType.U64;
          case "int8" -> ElementType.I8;
          case "int16" -> ElementType.I16;
          case "int32" -> ElementType.I32;
          case "int64" -> ElementType.I64;
          case "float16" -> ElementType.F16;
          case "float32" -> ElementType.F32;
          case "float64" -> ElementType.F64;
          case "str" -> ElementType.STRING;
          case "bytes" -> ElementType.BYTES;
          default -> null;
        });
  }

  /** A column of a table: one value in each row. */
  private static ValueType column(String type) {
    ElementType element =
        switch (type) {
          case "boolean" -> ElementType.BOOL;
          case "integer" -> ElementType.I32;
          case "long" -> ElementType.I64;
          case "float" -> ElementType.F32;
          case "double" -> ElementType.F64;
          case "string" -> ElementType.STRING;
          case "binary" -> ElementType.BYTES;
          default -> null;
        };
    return element == null
        ? new ValueType.Unknown()
        : new ValueType.Tensor(element, Shape.of(Dim.BATCH));
  }
}
