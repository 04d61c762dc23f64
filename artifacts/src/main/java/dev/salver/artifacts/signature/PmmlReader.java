package dev.salver.artifacts.signature;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads PMML 3 and 4 by the elements of its schema: DataDictionary, and of the outermost model its
 * MiningSchema, Output and Targets. Document types and entities are not read.
 */
final class PmmlReader {
  private static final int MAX_DEPTH = 2_000;
  private static final int MAX_FIELDS = 100_000;
  private static final int MAX_RUN = 16 << 20;

  /** Models that come as trees or weighted sums. */
  private static final Set<String> LOWERABLE =
      Set.of("TreeModel", "RegressionModel", "MiningModel", "DecisionTree", "Regression");

  /** Transformations that need more than arithmetic on numbers and one-hot encoding. */
  private static final Set<String> COMPUTED =
      Set.of("Apply", "MapValues", "Discretize", "TextIndex", "Aggregate", "Lag", "DefineFunction");

  private static final Set<String> BESIDE_MODELS =
      Set.of("Header", "MiningBuildTask", "DataDictionary", "TransformationDictionary", "Extension");

  private final XMLStreamReader xml;
  private final Input input;
  private final Map<String, ValueType> fields = new HashMap<>();
  private final Map<String, String> roles = new LinkedHashMap<>();
  private final Map<String, ValueType> outputs = new LinkedHashMap<>();
  private String version = "";
  private String model = "";
  private boolean lowerable = true;

  private PmmlReader(XMLStreamReader xml, Input input) {
    this.xml = xml;
    this.input = input;
  }

  /** Empty where the XML is something else. */
  static Optional<Inspection> read(Input input) throws IOException, Malformed {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new Runs(input.stream(input.size())));
      try {
        return new PmmlReader(xml, input).document();
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      if (e.getNestedException() instanceof IOException broken) {
        throw broken;
      }
      String why = String.valueOf(e.getMessage());
      int message = why.indexOf("Message: ");
      throw new Malformed(
          "it is not XML: " + Words.brief(message < 0 ? why : why.substring(message + 9), 160),
          input.name(),
          e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getCharacterOffset()));
    } catch (Runs.TooLong e) {
      throw input.malformed("more than " + MAX_RUN + " bytes come without a tag");
    }
  }

  /** Stops where a tag or a text is so long that keeping it would cost too much. */
  private static final class Runs extends FilterInputStream {
    private int run;

    Runs(InputStream in) {
      super(in);
    }

    static final class TooLong extends RuntimeException {
      private static final long serialVersionUID = 1;

      TooLong() {
        super("", null, false, false);
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = super.read(into, offset, length);
      for (int i = offset; i < offset + n; i++) {
        run = into[i] == '<' || into[i] == '>' ? 0 : run + 1;
        if (run > MAX_RUN) {
          throw new TooLong();
        }
      }
      return n;
    }
  }

  private Optional<Inspection> document() throws XMLStreamException, Malformed {
    int depth = 0;
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (depth == 0 && !xml.getLocalName().equals("PMML")) {
            return Optional.empty();
          }
          depth++;
          if (depth > MAX_DEPTH) {
            throw malformed("its elements nest deeper than " + MAX_DEPTH);
          }
          element(depth);
        }
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.DTD ->
            throw malformed("it has a document type declaration, which PMML has no use for");
        case XMLStreamConstants.ENTITY_REFERENCE -> throw malformed("it refers to an entity");
        default -> {}
      }
    }
    if (model.isEmpty()) {
      throw malformed("there is no model in it");
    }
    return Optional.of(known());
  }

  private void element(int depth) throws Malformed {
    String name = xml.getLocalName();
    boolean isModel = name.endsWith("Model") || name.equals("NeuralNetwork");
    lowerable &= !COMPUTED.contains(name) && (!isModel || LOWERABLE.contains(name));
    switch (depth) {
      case 1 -> version = attribute("version");
      case 2 -> {
        if (model.isEmpty() && !BESIDE_MODELS.contains(name)) {
          model = name;
          lowerable &= LOWERABLE.contains(name);
        } else if (!BESIDE_MODELS.contains(name)) {
          throw malformed("it has several models");
        }
      }
      case 3 -> {
        if (name.equals("DataField")) {
          put(fields, attribute("name"), type(attribute("dataType")));
        }
      }
      case 4 -> {
        if (name.equals("MiningField")) {
          String usage = attribute("usageType");
          put(roles, attribute("name"), usage.isEmpty() ? "active" : usage);
        } else if (name.equals("OutputField") && !attribute("isFinalResult").equals("false")) {
          put(outputs, attribute("name"), output());
        }
      }
      default -> {}
    }
  }

  private <T> void put(Map<String, T> into, String name, T value) throws Malformed {
    if (name.isEmpty()) {
      throw malformed("a field has no name");
    }
    if (into.put(name, value) != null) {
      throw malformed("two fields are named \"" + Words.brief(name) + "\"");
    }
    if (into.size() > MAX_FIELDS) {
      throw malformed("it has more than " + MAX_FIELDS + " fields");
    }
  }

  /** PMML 4, OutputField: without a type it is the target's, or a number where it is a chance. */
  private ValueType output() {
    String type = attribute("dataType");
    if (!type.isEmpty()) {
      return type(type);
    }
    String feature = attribute("feature");
    return switch (feature) {
      case "probability", "affinity", "standardError" -> type("double");
      case "", "predictedValue" ->
          roles.entrySet().stream()
              .filter(role -> isTarget(role.getValue()))
              .map(role -> fields.getOrDefault(role.getKey(), new ValueType.Unknown()))
              .findFirst()
              .orElse(new ValueType.Unknown());
      default -> new ValueType.Unknown();
    };
  }

  private static boolean isTarget(String usage) {
    return usage.equals("target") || usage.equals("predicted");
  }

  private static ValueType type(String name) {
    return switch (name) {
      case "string" -> row(ElementType.STRING);
      case "integer" -> row(ElementType.I64);
      case "float" -> row(ElementType.F32);
      case "double" -> row(ElementType.F64);
      case "boolean" -> row(ElementType.BOOL);
      default -> new ValueType.Unknown();
    };
  }

  private static ValueType row(ElementType element) {
    return new ValueType.Tensor(element, Shape.of(Dim.BATCH));
  }

  private String attribute(String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? "" : value;
  }

  private Inspection.Known known() throws Malformed {
    List<Value> inputs = new ArrayList<>();
    List<Value> results = new ArrayList<>();
    for (var role : roles.entrySet()) {
      ValueType type = fields.get(role.getKey());
      if (type == null) {
        throw malformed(
            "its field \"" + Words.brief(role.getKey()) + "\" is not in the data dictionary");
      }
      if (role.getValue().equals("active")) {
        inputs.add(new Value(role.getKey(), type));
      } else if (isTarget(role.getValue()) && outputs.isEmpty()) {
        results.add(new Value(role.getKey(), type));
      }
    }
    outputs.forEach((name, type) -> results.add(new Value(name, type)));
    return new Inspection.Known(
        "pmml",
        Optional.of(new Signature(inputs, results)),
        OptionalLong.empty(),
        lowerable,
        List.of("PMML " + Words.brief(version) + ": " + Words.brief(model)));
  }

  private Malformed malformed(String reason) {
    return new Malformed(
        reason, input.name(), Math.max(0, xml.getLocation().getCharacterOffset()));
  }
}
