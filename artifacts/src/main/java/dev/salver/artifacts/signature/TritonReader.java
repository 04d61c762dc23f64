package dev.salver.artifacts.signature;

import dev.salver.artifacts.signature.TextProto.Field;
import dev.salver.artifacts.signature.TextProto.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the {@code config.pbtxt} of a model repository of Triton (model_config.proto of 2.59). What
 * it leaves to be completed from an ONNX model beside it is read from there.
 */
final class TritonReader {
  private static final int MAX_CONFIG = 4 << 20;
  private static final int MAX_DIMS = 64;

  private static final Map<String, ElementType> ELEMENTS =
      Map.ofEntries(
          Map.entry("TYPE_BOOL", ElementType.BOOL),
          Map.entry("TYPE_UINT8", ElementType.U8),
          Map.entry("TYPE_UINT16", ElementType.U16),
          Map.entry("TYPE_UINT32", ElementType.U32),
          Map.entry("TYPE_UINT64", ElementType.U64),
          Map.entry("TYPE_INT8", ElementType.I8),
          Map.entry("TYPE_INT16", ElementType.I16),
          Map.entry("TYPE_INT32", ElementType.I32),
          Map.entry("TYPE_INT64", ElementType.I64),
          Map.entry("TYPE_FP16", ElementType.F16),
          Map.entry("TYPE_FP32", ElementType.F32),
          Map.entry("TYPE_FP64", ElementType.F64),
          Map.entry("TYPE_STRING", ElementType.STRING),
          Map.entry("TYPE_BF16", ElementType.BF16));

  private final Contents contents;
  private final String name;
  private final Node.Message config;

  private TritonReader(Contents contents, String name, Node.Message config) {
    this.contents = contents;
    this.name = name;
    this.config = config;
  }

  static Inspection.Known read(Contents contents, String name) throws IOException, Malformed {
    var config = TextProto.read(name, contents.text(name, MAX_CONFIG));
    return new TritonReader(contents, name, config).known();
  }

  private Inspection.Known known() throws IOException, Malformed {
    String rows = config.scalar("max_batch_size");
    boolean batched = !rows.isEmpty() && number(rows, 0) > 0;
    List<Value> inputs = values("input", batched);
    List<Value> outputs = values("output", batched);
    String by = config.scalar("backend").isEmpty() ? "platform" : "backend";
    Optional<Inspection.Known> beside = beside();
    Optional<Signature> signature =
        inputs.isEmpty() || outputs.isEmpty()
            ? beside.flatMap(Inspection.Known::signature)
            : Optional.of(new Signature(inputs, outputs));
    List<String> notes = new ArrayList<>();
    notes.add(
        config.scalar(by).isEmpty()
            ? "Triton model"
            : "Triton model, " + by + " " + Words.brief(config.scalar(by)));
    if (inputs.isEmpty() || outputs.isEmpty()) {
      notes.add(
          signature.isPresent()
              ? "inputs and outputs are the ONNX model's"
              : "its config.pbtxt leaves inputs or outputs to the server");
    }
    return new Inspection.Known(
        "triton",
        signature,
        beside.map(Inspection.Known::weightBytes).orElse(OptionalLong.empty()),
        false,
        notes);
  }

  /** The ONNX model of the highest version. */
  private Optional<Inspection.Known> beside() throws IOException, Malformed {
    String folder = name.substring(0, name.lastIndexOf('/') + 1);
    String file = config.scalar("default_model_filename");
    String wanted = file.isEmpty() ? "model.onnx" : file;
    String best = "";
    long highest = -1;
    for (String each : contents.names()) {
      if (!each.startsWith(folder) || !each.endsWith("/" + wanted) || !each.endsWith(".onnx")) {
        continue;
      }
      String middle = each.substring(folder.length(), each.length() - wanted.length() - 1);
      if (middle.matches("[0-9]{1,18}") && Long.parseLong(middle) > highest) {
        highest = Long.parseLong(middle);
        best = each;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(OnnxReader.read(contents, best));
  }

  private List<Value> values(String side, boolean batched) throws Malformed {
    List<Value> values = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Field field : config.fields()) {
      if (!field.name().equals(side)) {
        continue;
      }
      String called = field.value() instanceof Node.Message named ? named.scalar("name") : "";
      if (!(field.value() instanceof Node.Message tensor) || called.isEmpty()) {
        throw new Malformed("an " + side + " has no name", name, field.at());
      }
      String shown = side + " \"" + Words.brief(called) + "\"";
      if (!names.add(called)) {
        throw new Malformed("more than one is " + shown, name, field.at());
      }
      ElementType element = ELEMENTS.get(tensor.scalar("data_type"));
      if (element == null) {
        throw new Malformed(
            shown + " has the data type \"" + Words.brief(tensor.scalar("data_type")) + "\"",
            name,
            field.at());
      }
      List<Dim> dims = new ArrayList<>();
      if (batched) {
        dims.add(Dim.BATCH);
      }
      for (Node dim : tensor.all("dims")) {
        long size = number(dim instanceof Node.Scalar(String text) ? text : "", field.at());
        dims.add(size < 0 ? new Dim.Unknown() : new Dim.Fixed(size));
      }
      if (dims.size() > MAX_DIMS) {
        throw new Malformed(shown + " has more than " + MAX_DIMS + " dimensions", name, field.at());
      }
      values.add(new Value(called, new ValueType.Tensor(element, new Shape.Ranked(dims))));
      if (values.size() > 10_000) {
        throw new Malformed("there are more than 10,000 of " + side, name, field.at());
      }
    }
    return values;
  }

  private long number(String text, int at) throws Malformed {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Malformed("\"" + Words.brief(text) + "\" is no size", name, at);
    }
  }
}
