package dev.salver.artifacts.signature;

import dev.salver.artifacts.signature.OnnxSignature.Value;
import dev.salver.artifacts.signature.OnnxSignature.ValueType;
import dev.salver.artifacts.signature.Wire.Malformed;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads signatures from ONNX files. Weights and nodes are jumped over, so that a file of gigabytes
 * costs what its declarations cost. Field numbers are those of onnx.proto (ONNX 1.19).
 */
public final class OnnxReader {
  private static final int MAX_VALUES = 10_000;
  private static final int MAX_OPSETS = 1_000;

  private final Wire wire;
  private final TypeReader types;
  private long irVersion;
  private String producer = "";
  private String producerVersion = "";
  private final Map<String, Long> opsets = new HashMap<>();
  private final Map<String, Value> inputs = new LinkedHashMap<>();
  private final Map<String, Value> outputs = new LinkedHashMap<>();
  private boolean hasGraph;

  private OnnxReader(Wire wire) {
    this.wire = wire;
    this.types = new TypeReader(wire);
  }

  /**
   * The signature of a file.
   *
   * @throws IOException where the file can't be read; bytes that are no model are a value
   */
  public static SignatureResult read(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      return read(channel);
    }
  }

  /** The signature of what a channel holds, from its start. */
  public static SignatureResult read(SeekableByteChannel channel) throws IOException {
    try {
      return new SignatureResult.Read(new OnnxReader(new Wire(channel)).model());
    } catch (Malformed e) {
      return new SignatureResult.NotOnnx(e.reason(), e.offset());
    }
  }

  private OnnxSignature model() throws IOException, Malformed {
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
    String by = producerVersion.isEmpty() ? producer : producer + " " + producerVersion;
    return new OnnxSignature(
        irVersion, by, opsets, List.copyOf(inputs.values()), List.copyOf(outputs.values()));
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
    long start = wire.position();
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 11 << 3 | Wire.LENGTH -> value(inputs);
        case 12 << 3 | Wire.LENGTH -> value(outputs);
        default -> wire.skip(tag);
      }
    }
    if (!inputs.isEmpty()) {
      wire.seek(start);
      removeInitialized();
    }
    wire.leave(outer);
  }

  /**
   * A second pass over the initializers' names: only those that are inputs too need remembering.
   */
  private void removeInitialized() throws IOException, Malformed {
    Set<String> initialized = new HashSet<>();
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 5 << 3 | Wire.LENGTH -> initialized.add(nameIn(8));
        case 15 << 3 | Wire.LENGTH -> {
          long outer = wire.enter();
          while (wire.more()) {
            int inner = wire.tag();
            if (inner == (1 << 3 | Wire.LENGTH)) {
              initialized.add(nameIn(8));
            } else {
              wire.skip(inner);
            }
          }
          wire.leave(outer);
        }
        default -> wire.skip(tag);
      }
      initialized.retainAll(inputs.keySet());
    }
    inputs.keySet().removeAll(initialized);
  }

  private String nameIn(int field) throws IOException, Malformed {
    long outer = wire.enter();
    String name = "";
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == (field << 3 | Wire.LENGTH)) {
        name = wire.text();
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outer);
    return name;
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
      throw wire.malformed("two inputs or two outputs are named \"" + name + "\"");
    }
    if (into.size() > MAX_VALUES) {
      throw wire.malformed("the model has more than " + MAX_VALUES + " inputs or outputs");
    }
  }
}
