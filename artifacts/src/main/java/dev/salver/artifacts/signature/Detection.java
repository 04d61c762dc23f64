package dev.salver.artifacts.signature;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which of the files make the model, by what the formats' folders look like. */
final class Detection {
  private static final Set<String> MODELS =
      Set.of(
          "onnx",
          "pt",
          "pth",
          "torchscript",
          "mar",
          "pmml",
          "bst",
          "ubj",
          "xgb",
          "lgb",
          "joblib",
          "pkl",
          "pickle",
          "safetensors",
          "gguf",
          "plan",
          "engine",
          "trt",
          "pdmodel",
          "pb",
          "h5",
          "keras",
          "tflite");
  private static final Set<String> MAYBE = Set.of("json", "txt", "model", "bin", "");
  private static final int MAX_TRIED = 16;
  private static final Pattern SAVED_MODEL = Pattern.compile("(?:([0-9]{1,18})/)?saved_model\\.pb");
  private static final Pattern TRITON = Pattern.compile("(?:[^/]+/)?config\\.pbtxt");

  private Detection() {}

  static Inspection of(Contents contents) throws IOException, Malformed {
    Set<String> names = contents.names();
    if (names.contains("MLmodel")) {
      return MlflowReader.read(contents, "MLmodel");
    }
    List<String> triton = names.stream().filter(n -> TRITON.matcher(n).matches()).toList();
    if (!triton.isEmpty()) {
      return triton(contents, triton);
    }
    Optional<String> savedModel = savedModel(names);
    if (savedModel.isPresent()) {
      return SavedModelReader.read(contents, savedModel.get());
    }
    if (names.size() == 1) {
      return SingleFile.inspect(contents, names.iterator().next());
    }
    if (names.contains("predictor.pkl") && names.contains("learner.pkl")) {
      return new Inspection.Known(
          "autogluon", Optional.empty(), OptionalLong.empty(), false, List.of("AutoGluon"));
    }
    boolean tensors = names.stream().anyMatch(n -> n.endsWith(".safetensors"));
    boolean onnx = names.stream().anyMatch(n -> n.endsWith(".onnx"));
    if (tensors
        || names.contains("adapter_config.json")
        || (names.contains("config.json") && names.contains("tokenizer.json") && !onnx)
        || names.stream().anyMatch(n -> n.startsWith("pytorch_model") && n.endsWith(".bin"))) {
      return HuggingfaceReader.read(contents, "");
    }
    return candidates(contents);
  }

  private static Inspection triton(Contents contents, List<String> configs)
      throws IOException, Malformed {
    if (configs.size() == 1 || configs.contains("config.pbtxt")) {
      return TritonReader.read(
          contents, configs.contains("config.pbtxt") ? "config.pbtxt" : configs.getFirst());
    }
    return new Inspection.Known(
        "triton",
        Optional.empty(),
        OptionalLong.empty(),
        false,
        List.of("a model repository of Triton with " + configs.size() + " models"));
  }

  /** The one in the root, or of the highest version, which TensorFlow Serving would take. */
  private static Optional<String> savedModel(Set<String> names) {
    String best = "";
    long highest = -1;
    for (String name : names) {
      var match = SAVED_MODEL.matcher(name);
      if (match.matches()) {
        long version = match.group(1) == null ? Long.MAX_VALUE : Long.parseLong(match.group(1));
        if (version > highest) {
          highest = version;
          best = name;
        }
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  private static Inspection candidates(Contents contents) throws IOException, Malformed {
    List<String> models =
        contents.names().stream().filter(n -> MODELS.contains(SingleFile.ending(n))).toList();
    if (models.size() == 1) {
      return SingleFile.inspect(contents, models.getFirst());
    }
    if (models.size() > 1) {
      return new Inspection.Unknown("there are several models: " + shown(models));
    }
    List<Inspection.Known> known = new ArrayList<>();
    List<String> which = new ArrayList<>();
    for (String name :
        contents.names().stream()
            .filter(n -> MAYBE.contains(SingleFile.ending(n)))
            .limit(MAX_TRIED)
            .toList()) {
      if (maybe(contents, name) instanceof Inspection.Known found) {
        known.add(found);
        which.add(name);
      }
    }
    return switch (known.size()) {
      case 0 ->
          new Inspection.Unknown(
              "no model is among the files: " + shown(List.copyOf(contents.names())));
      case 1 -> known.getFirst();
      default -> new Inspection.Unknown("there are several models: " + shown(which));
    };
  }

  /** A file beside others that does not look like a model is none. */
  private static Inspection maybe(Contents contents, String name) throws IOException {
    try {
      return SingleFile.inspect(contents, name);
    } catch (Malformed e) {
      return e.refused();
    }
  }

  private static String shown(List<String> names) {
    return names.stream().limit(3).map(Words::brief).collect(Collectors.joining(", "))
        + (names.size() > 3 ? " and " + (names.size() - 3) + " more" : "");
  }
}
