package dev.salver.artifacts.signature;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads signatures from ONNX files. Weights and nodes are jumped over, so that a file of gigabytes
 * costs what its declarations cost. Field numbers are those of onnx.proto (ONNX 1.19).
 */
public final class OnnxReader {
  private static final int MAX_VALUES = 10_000;
  private static final int MAX_OPSETS = 1_000;

  private final Wire wire;
  private final OnnxTypes types;
  private final OnnxWeights weights;
  private long irVersion;
  private String producer = "";
  private String producerVersion = "";
  private final Map<String, Long> opsets = new TreeMap<>();
  private final Map<String, Value> inputs = new LinkedHashMap<>();
  private final Map<String, Value> outputs = new LinkedHashMap<>();
  private boolean hasGraph;

  private OnnxReader(Input input) {
    this.wire = new Wire(input);
    this.types = new OnnxTypes(wire);
    this.weights = new OnnxWeights(wire);
  }

  /**
   * What a file says of itself as an ONNX model, whatever its name: {@link Inspection.Known} or
   * {@link Inspection.Refused}. Files of external weights are not looked for.
   *
   * @throws IOException where the file can't be read; bytes that are no model are a value
   */
  public static Inspection read(Path file) throws IOException {
    try {
      var contents = Contents.of(ModelFiles.at(file));
      var reader = new OnnxReader(contents.open(contents.names().iterator().next()));
      reader.model();
      return reader.known();
    } catch (Malformed e) {
      return e.refused();
    }
  }

  /** The same for a file among others, which must hold the weights that it does not. */
  static Inspection.Known read(Contents contents, String name) throws IOException, Malformed {
    var reader = new OnnxReader(contents.open(name));
    reader.model();
    String folder = name.substring(0, name.lastIndexOf('/') + 1);
    for (OnnxWeights.Part part : reader.weights.parts()) {
      String shown = "\"" + Words.brief(part.location()) + "\"";
      if (!Contents.isPlain(part.location())) {
        throw new Malformed(
            "its weights lie in " + shown + ", outside of its folder", name, part.at());
      }
      String file = folder + part.location();
      if (!contents.has(file)) {
        throw new Malformed(
            "its weights lie in " + shown + ", which is not there", name, part.at());
      }
      if (part.offset() + part.length() > contents.size(file)) {
        throw new Malformed(
            "its weights end at byte "
                + (part.offset() + part.length())
                + " of "
                + shown
                + ", which has "
                + contents.size(file),
            name,
            part.at());
      }
    }
    return reader.known();
  }

  private Inspection.Known known() {
    var made = new StringBuilder("ONNX");
    opsets.forEach(
        (domain, version) ->
            made.append(domain.isEmpty() ? " opset" : ", " + Words.brief(domain))
                .append(' ')
                .append(version));
    if (!producer.isEmpty()) {
      made.append(", made by ").append(Words.brief((producer + " " + producerVersion).strip()));
    }
    return new Inspection.Known(
        "onnx",
        Optional.of(new Signature(List.copyOf(inputs.values()), List.copyOf(outputs.values()))),
        weights.bytes(),
        false,
        List.of(made.toString()));
  }

  private void model() throws IOException, Malformed {
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 1 << 3 -> irVersion = wire.varint();
        case 2 << 3 | Wire.LENGTH -> producer = wire.text();
        case 3 << 3 | Wire.LENGTH -> producerVersion = wire.text();
        case 7 << 3 | Wire.LENGTH -> graph();
        case 8 << 3 | Wire.LENGTH -> opset();
        default -> wire.skip(tag);
      }
    }
    if (!hasGraph || irVersion <= 0 || opsets.isEmpty()) {
      throw wire.malformed("there is no ONNX model in it");
    }
    if (outputs.isEmpty()) {
      throw wire.malformed("the model's graph has no outputs");
    }
    inputs.keySet().removeAll(weights.names());
  }

  private void opset() throws IOException, Malformed {
    long outer = wire.enter();
    String domain = "";
    long version = 0;
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 1 << 3 | Wire.LENGTH -> domain = wire.text();
        case 2 << 3 -> version = wire.varint();
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
    opsets.merge(domain, version, Math::max);
    if (opsets.size() > MAX_OPSETS) {
      throw wire.malformed("the model names more than " + MAX_OPSETS + " operator sets");
    }
  }

  private void graph() throws IOException, Malformed {
    hasGraph = true;
    long outer = wire.enter();
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 5 << 3 | Wire.LENGTH -> weights.dense();
        case 11 << 3 | Wire.LENGTH -> value(inputs);
        case 12 << 3 | Wire.LENGTH -> value(outputs);
        case 15 << 3 | Wire.LENGTH -> weights.sparse();
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  private void value(Map<String, Value> into) throws IOException, Malformed {
    long outer = wire.enter();
    String name = "";
    ValueType type = null;
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 1 << 3 | Wire.LENGTH -> name = wire.text();
        case 2 << 3 | Wire.LENGTH -> type = types.type(0);
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
    if (name.isEmpty() || type == null) {
      throw wire.malformed("an input or output has no name or no type");
    }
    if (into.put(name, new Value(name, type)) != null) {
      throw wire.malformed("two inputs or two outputs are named \"" + Words.brief(name) + "\"");
    }
    if (into.size() > MAX_VALUES) {
      throw wire.malformed("the model has more than " + MAX_VALUES + " inputs or outputs");
    }
  }
}
