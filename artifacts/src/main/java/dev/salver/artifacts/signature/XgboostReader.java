package dev.salver.artifacts.signature;

import dev.salver.artifacts.signature.Tokens.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads what XGBoost 1.0 and later write: JSON and UBJSON by the model schema of its documentation,
 * and the binary form that 3.1 gave up, by the structures of its learner.
 */
final class XgboostReader {
  private static final int MAX_FEATURES = 1_000_000;
  private static final int MAX_OUTPUTS = 1_000_000;
  private static final int MAX_NAME = 1_000;

  private final Tokens tokens;
  private Map<String, String> numbers = Map.of();
  private List<String> featureNames = List.of();
  private List<String> featureTypes = List.of();
  private List<String> version = List.of();
  private String objective = "";
  private String booster = "";

  private XgboostReader(Tokens tokens) {
    this.tokens = tokens;
  }

  /** A document of either notation. */
  static Inspection.Known document(Tokens tokens) throws IOException, Malformed {
    var reader = new XgboostReader(tokens);
    reader.model();
    return reader.known();
  }

  private void model() throws IOException, Malformed {
    tokens.object("the model");
    boolean learner = false;
    while (tokens.next() == Kind.KEY) {
      switch (tokens.text()) {
        case "learner" -> {
          learner = true;
          learner();
        }
        case "version" -> version = tokens.scalars(8);
        default -> tokens.skipValue();
      }
    }
    if (!learner || !numbers.containsKey("num_feature")) {
      throw tokens.malformed("there is no XGBoost model in it");
    }
  }

  private void learner() throws IOException, Malformed {
    tokens.object("\"learner\"");
    while (tokens.next() == Kind.KEY) {
      switch (tokens.text()) {
        case "learner_model_param" -> numbers = tokens.fields(100);
        case "feature_names" -> featureNames = tokens.scalars(MAX_FEATURES);
        case "feature_types" -> featureTypes = tokens.scalars(MAX_FEATURES);
        case "objective" -> objective = name("\"objective\"");
        case "gradient_booster" -> booster = name("\"gradient_booster\"");
        default -> tokens.skipValue();
      }
    }
  }

  private String name(String what) throws IOException, Malformed {
    tokens.object(what);
    String name = "";
    while (tokens.next() == Kind.KEY) {
      if (tokens.text().equals("name")) {
        name = tokens.scalar();
      } else {
        tokens.skipValue();
      }
    }
    return name;
  }

  private Inspection.Known known() throws Malformed {
    long features = number("num_feature", MAX_FEATURES);
    long classes = number("num_class", MAX_OUTPUTS);
    long targets = number("num_target", MAX_OUTPUTS);
    if (!featureNames.isEmpty() && featureNames.size() != features) {
      throw tokens.malformed(
          "it names " + featureNames.size() + " features and says that it has " + features);
    }
    return known(
        features, classes, targets, objective, booster, String.join(".", version), featureTypes);
  }

  private long number(String key, int limit) throws Malformed {
    String text = numbers.getOrDefault(key, "0");
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number <= limit) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same complaint.
    }
    throw tokens.malformed(key + " is \"" + Words.brief(text) + "\"");
  }

  /** The binary form, whose first four bytes may be {@code binf}. */
  static Inspection.Known binary(Input input) throws IOException, Malformed {
    if (input.peek() == 'b') {
      input.take(4);
    }
    input.take(4);
    long features = input.little(4);
    long classes = input.little(4);
    input.take(8);
    long major = input.little(4);
    long minor = input.little(4);
    long targets = input.little(4);
    input.take(104);
    String objective = text(input);
    String booster = text(input);
    boolean known =
        booster.equals("gbtree") || booster.equals("gblinear") || booster.equals("dart");
    if (features > MAX_FEATURES || classes > MAX_OUTPUTS || targets > MAX_OUTPUTS || !known) {
      throw input.malformed("there is no XGBoost model in it");
    }
    String version = major == 0 ? "" : major + "." + minor;
    return known(features, classes, targets, objective, booster, version, List.of());
  }

  private static String text(Input input) throws IOException, Malformed {
    long length = input.little(8);
    if (length < 0 || length > MAX_NAME) {
      throw input.malformed("there is no XGBoost model in it");
    }
    return new String(input.take((int) length), StandardCharsets.UTF_8);
  }

  private static Inspection.Known known(
      long features,
      long classes,
      long targets,
      String objective,
      String booster,
      String version,
      List<String> types) {
    List<Dim> out = new ArrayList<>(List.of(Dim.BATCH));
    if (classes > 1 && !objective.equals("multi:softmax")) {
      out.add(new Dim.Fixed(classes));
    } else if (targets > 1) {
      out.add(new Dim.Fixed(targets));
    }
    Signature signature =
        new Signature(
            List.of(
                new Value(
                    "input",
                    new ValueType.Tensor(
                        ElementType.F32, Shape.of(Dim.BATCH, new Dim.Fixed(features))))),
            List.of(
                new Value("output", new ValueType.Tensor(ElementType.F32, new Shape.Ranked(out)))));
    boolean categories = types.contains("c");
    boolean trees = booster.equals("gbtree") || booster.equals("dart");
    List<String> notes = new ArrayList<>();
    notes.add(
        ("XGBoost " + Words.brief(version)).strip()
            + ": "
            + Words.brief(booster)
            + ", objective "
            + Words.brief(objective)
            + "; the names of input and output are Salver's");
    if (categories) {
      notes.add("it has categorical features");
    }
    return new Inspection.Known(
        "xgboost",
        Optional.of(signature),
        OptionalLong.empty(),
        (trees || booster.equals("gblinear")) && !categories,
        notes);
  }
}
