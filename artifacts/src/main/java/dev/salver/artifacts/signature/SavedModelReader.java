package dev.salver.artifacts.signature;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads signatures from TensorFlow's SavedModel: saved_model.proto, meta_graph.proto,
 * tensor_shape.proto and types.proto of TensorFlow 2.21. Graphs and functions are jumped over.
 */
final class SavedModelReader {
  private static final int MAX_SIGNATURES = 1_000;
  private static final int MAX_VALUES = 10_000;
  private static final int MAX_DIMS = 254;
  private static final String DEFAULT = "serving_default";

  /** By the numbers of {@code DataType}; a gap has no use in a request. */
  private static final Map<Integer, ElementType> ELEMENTS =
      Map.ofEntries(
          Map.entry(1, ElementType.F32),
          Map.entry(2, ElementType.F64),
          Map.entry(3, ElementType.I32),
          Map.entry(4, ElementType.U8),
          Map.entry(5, ElementType.I16),
          Map.entry(6, ElementType.I8),
          Map.entry(7, ElementType.STRING),
          Map.entry(8, ElementType.C64),
          Map.entry(9, ElementType.I64),
          Map.entry(10, ElementType.BOOL),
          Map.entry(11, ElementType.I8),
          Map.entry(12, ElementType.U8),
          Map.entry(13, ElementType.I32),
          Map.entry(14, ElementType.BF16),
          Map.entry(15, ElementType.I16),
          Map.entry(16, ElementType.U16),
          Map.entry(17, ElementType.U16),
          Map.entry(18, ElementType.C128),
          Map.entry(19, ElementType.F16),
          Map.entry(22, ElementType.U32),
          Map.entry(23, ElementType.U64),
          Map.entry(24, ElementType.F8E5M2),
          Map.entry(25, ElementType.F8E4M3FN),
          Map.entry(29, ElementType.I4),
          Map.entry(30, ElementType.U4));

  private final Wire wire;

  private SavedModelReader(Wire wire) {
    this.wire = wire;
  }

  /** One graph, and what it can be called for. */
  private static final class MetaGraph {
    private final Set<String> tags = new HashSet<>();
    private final Map<String, Signature> signatures = new TreeMap<>();
    private String version = "";
  }

  static Inspection.Known read(Contents contents, String name) throws IOException, Malformed {
    MetaGraph graph = new SavedModelReader(new Wire(contents.open(name))).model();
    Map<String, Signature> callable = graph.signatures;
    callable.keySet().removeIf(key -> key.startsWith("__saved_model"));
    String chosen =
        callable.containsKey(DEFAULT) || callable.size() != 1
            ? DEFAULT
            : callable.keySet().iterator().next();
    List<String> notes = new ArrayList<>();
    notes.add(("TensorFlow " + Words.brief(graph.version)).strip() + " SavedModel");
    if (!callable.containsKey(chosen)) {
      notes.add(
          callable.isEmpty()
              ? "it has no signatures"
              : "it has no signature \"" + DEFAULT + "\", but " + callable.size() + " others");
    } else if (!chosen.equals(DEFAULT)) {
      notes.add("its signature is named \"" + Words.brief(chosen) + "\"");
    }
    return new Inspection.Known(
        "tensorflow",
        Optional.ofNullable(callable.get(chosen)),
        weights(contents, name.substring(0, name.lastIndexOf('/') + 1)),
        false,
        notes);
  }

  /** The variables' shards hold little else. */
  private static OptionalLong weights(Contents contents, String folder) {
    String prefix = folder + "variables/variables.data-";
    return contents.names().stream()
        .filter(name -> name.startsWith(prefix))
        .mapToLong(contents::size)
        .reduce((a, b) -> Math.min(a, Long.MAX_VALUE / 2) + Math.min(b, Long.MAX_VALUE / 2));
  }

  private MetaGraph model() throws IOException, Malformed {
    MetaGraph first = null;
    MetaGraph serving = null;
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == (2 << 3 | Wire.LENGTH)) {
        MetaGraph graph = metaGraph();
        first = first == null ? graph : first;
        serving = serving == null && graph.tags.contains("serve") ? graph : serving;
      } else {
        wire.skip(tag);
      }
    }
    MetaGraph chosen = serving == null ? first : serving;
    if (chosen == null) {
      throw wire.malformed("there is no SavedModel in it");
    }
    return chosen;
  }

  private MetaGraph metaGraph() throws IOException, Malformed {
    var graph = new MetaGraph();
    long outer = wire.enter();
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 1 << 3 | Wire.LENGTH -> info(graph);
        case 5 << 3 | Wire.LENGTH -> signature(graph);
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
    return graph;
  }

  private void info(MetaGraph graph) throws IOException, Malformed {
    long outer = wire.enter();
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 4 << 3 | Wire.LENGTH -> graph.tags.add(wire.text());
        case 5 << 3 | Wire.LENGTH -> graph.version = wire.text();
        default -> wire.skip(tag);
      }
      if (graph.tags.size() > MAX_SIGNATURES) {
        throw wire.malformed("a graph has more than " + MAX_SIGNATURES + " tags");
      }
    }
    wire.leave(outer);
  }

  private void signature(MetaGraph graph) throws IOException, Malformed {
    long outer = wire.enter();
    String name = "";
    Map<String, ValueType> inputs = new TreeMap<>();
    Map<String, ValueType> outputs = new TreeMap<>();
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 1 << 3 | Wire.LENGTH -> name = wire.text();
        case 2 << 3 | Wire.LENGTH -> {
          long definition = wire.enter();
          while (wire.more()) {
            int inner = wire.tag();
            switch (inner) {
              case 1 << 3 | Wire.LENGTH -> value(inputs);
              case 2 << 3 | Wire.LENGTH -> value(outputs);
              default -> wire.skip(inner);
            }
          }
          wire.leave(definition);
        }
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
    graph.signatures.put(name, new Signature(values(inputs), values(outputs)));
    if (graph.signatures.size() > MAX_SIGNATURES) {
      throw wire.malformed("a graph has more than " + MAX_SIGNATURES + " signatures");
    }
  }

  private static List<Value> values(Map<String, ValueType> byName) {
    return byName.entrySet().stream()
        .map(each -> new Value(each.getKey(), each.getValue()))
        .toList();
  }

  /** An entry of a map from name to {@code TensorInfo}. */
  private void value(Map<String, ValueType> into) throws IOException, Malformed {
    long outer = wire.enter();
    String name = "";
    ValueType type = new ValueType.Unknown();
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 1 << 3 | Wire.LENGTH -> name = wire.text();
        case 2 << 3 | Wire.LENGTH -> type = tensor();
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
    into.put(name, type);
    if (into.size() > MAX_VALUES) {
      throw wire.malformed("a signature has more than " + MAX_VALUES + " inputs or outputs");
    }
  }

  private ValueType tensor() throws IOException, Malformed {
    long outer = wire.enter();
    long code = 0;
    boolean sparse = false;
    Shape shape = new Shape.Unranked();
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 2 << 3 -> code = wire.varint();
        case 3 << 3 | Wire.LENGTH -> shape = shape();
        case 4 << 3 | Wire.LENGTH -> {
          sparse = true;
          wire.skip(tag);
        }
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
    ElementType element = code < 0 || code > 100 ? null : ELEMENTS.get((int) code);
    return element == null
        ? new ValueType.Unknown()
        : sparse
            ? new ValueType.SparseTensor(element, shape)
            : new ValueType.Tensor(element, shape);
  }

  private Shape shape() throws IOException, Malformed {
    long outer = wire.enter();
    List<Dim> dims = new ArrayList<>();
    boolean unknown = false;
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 2 << 3 | Wire.LENGTH -> dims.add(dim());
        case 3 << 3 -> unknown = wire.varint() != 0;
        default -> wire.skip(tag);
      }
      if (dims.size() > MAX_DIMS) {
        throw wire.malformed("a tensor has more than " + MAX_DIMS + " dimensions");
      }
    }
    wire.leave(outer);
    return unknown ? new Shape.Unranked() : new Shape.Ranked(dims);
  }

  private Dim dim() throws IOException, Malformed {
    long outer = wire.enter();
    long size = 0;
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == (1 << 3)) {
        size = wire.varint();
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outer);
    return size < 0 ? new Dim.Unknown() : new Dim.Fixed(size);
  }
}
