package dev.salver.artifacts.signature;

import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final Pattern ENCODING =
      Pattern.compile("^(?:\u00ef\u00bb\u00bf)?<\\?xml[^>]*encoding\\s*=\\s*[\"']([^\"']+)[\"']");

  private final XMLStreamReader xml;
  private final Input input;
  private final Map<String, ValueType> fields = new HashMap<>();
  private final Map<String, String> roles = new LinkedHashMap<>();
  private final Map<String, ValueType> outputs = new LinkedHashMap<>();
  private String version = "";
  private String model = "";
  private int models;
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
    factory.setProperty("jdk.xml.maxElementDepth", Integer.toString(MAX_DEPTH + 1));
    factory.setXMLReporter((message, type, information, location) -> {});
    var text = new Runs(new InputStreamReader(input.stream(input.size()), decoder(input)));
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(text);
      try {
        return new PmmlReader(xml, input).document();
      } finally {
        xml.close();
      }
    } catch (XMLStreamException | RuntimeException e) {
      // What the parser says is in the language of the machine, so only the place is told.
      if (text.run > MAX_RUN) {
        throw input.malformed("more than " + MAX_RUN + " characters come without a tag");
      }
      if (text.broken.isPresent() && !(text.broken.get() instanceof CharacterCodingException)) {
        throw text.broken.get();
      }
      throw new Malformed(
          text.broken.isPresent() ? "it is not text in its encoding" : "it is not well-formed XML",
          input.name(),
          e instanceof XMLStreamException xml && xml.getLocation() != null
              ? Math.max(0, xml.getLocation().getCharacterOffset())
              : input.position());
    }
  }

  /** For the encoding that the XML declaration names, which is UTF-8 without one. */
  private static CharsetDecoder decoder(Input input) throws IOException, Malformed {
    byte[] head = input.take((int) Math.min(200, input.size()));
    boolean marked = head.length > 2 && (head[0] & 0xff) == 0xef && (head[1] & 0xff) == 0xbb;
    input.seek(marked ? 3 : 0);
    boolean wide = head.length > 1 && (head[0] == 0 || head[1] == 0 || (head[0] & 0xfe) == 0xfe);
    String name = wide ? "UTF-16" : "UTF-8";
    Matcher declared = ENCODING.matcher(new String(head, StandardCharsets.ISO_8859_1));
    if (!wide && declared.find()) {
      name = declared.group(1);
    }
    try {
      return Charset.forName(name).newDecoder();
    } catch (IllegalArgumentException e) {
      throw input.malformed("its encoding \"" + Words.brief(name) + "\" is not known");
    }
  }

  /** Stops where a tag or a text is so long that keeping it would cost too much. */
  private static final class Runs extends FilterReader {
    private int run;
    private Optional<IOException> broken = Optional.empty();

    Runs(Reader in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      char[] one = new char[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
      int n;
      try {
        n = super.read(into, offset, length);
      } catch (IOException e) {
        broken = Optional.of(e);
        throw e;
      }
      for (int i = offset; i < offset + n; i++) {
        run = into[i] == '<' || into[i] == '>' ? 0 : run + 1;
        if (run > MAX_RUN) {
          throw new IllegalStateException("too long");
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
          if (++depth > MAX_DEPTH) {
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
    boolean isModel =
        name.endsWith("Model") || name.equals("NeuralNetwork") || name.equals("Scorecard");
    models += depth == 2 && isModel ? 1 : 0;
    if (models > 1) {
      return;
    }
    lowerable &= !COMPUTED.contains(name) && (!isModel || LOWERABLE.contains(name));
    switch (depth) {
      case 1 -> version = attribute("version");
      case 2 -> {
        if (isModel) {
          model = name;
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
    String others = models > 1 ? ", the first of " + models + " models" : "";
    return new Inspection.Known(
        "pmml",
        Optional.of(new Signature(inputs, results)),
        OptionalLong.empty(),
        lowerable,
        List.of("PMML " + Words.brief(version) + ": " + Words.brief(model) + others));
  }

  private Malformed malformed(String reason) {
    return new Malformed(reason, input.name(), Math.max(0, xml.getLocation().getCharacterOffset()));
  }
}
