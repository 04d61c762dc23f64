package dev.salver.artifacts.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one file is: its first bytes decide, and where they say nothing its name. */
final class SingleFile {
  private static final int HEAD = 4 << 10;
  private static final byte[] TORCH_MAGIC = {
    (byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9
  };
  private static final Pattern MADE_BY =
      Pattern.compile("(sklearn|xgboost|lightgbm|catboost|torch)(\\.[A-Za-z_][A-Za-z_0-9]*)*");

  private static final Pattern XGBOOST =
      Pattern.compile("^\\{\\s*(\"learner\"\\s*:\\s*\\{|\"version\"\\s*:\\s*\\[)");

  private final Contents contents;
  private final String name;
  private final String ending;
  private final Input input;
  private final byte[] bytes;
  private final String head;

  private SingleFile(Contents contents, String name) throws IOException, Malformed {
    this.contents = contents;
    this.name = name;
    this.ending = ending(name);
    this.input = contents.open(name);
    this.bytes = input.take((int) Math.min(HEAD, input.size()));
    this.head = new String(bytes, StandardCharsets.ISO_8859_1);
    input.seek(0);
  }

  /** What follows the last dot, in lower case; "" without one. */
  static String ending(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= name.lastIndexOf('/') ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  static Inspection inspect(Contents contents, String name) throws IOException, Malformed {
    return new SingleFile(contents, name).inspect();
  }

  private Inspection inspect() throws IOException, Malformed {
    if (input.size() == 0) {
      throw input.malformed("the file is empty");
    }
    if (head.startsWith("version https://git-lfs.github.com/spec/")) {
      throw input.malformed("it is a pointer of Git LFS, and the model itself was not fetched");
    }
    String start = head.stripLeading().toLowerCase(Locale.ROOT);
    if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
      throw input.malformed("it is a web page, maybe the answer of a server that wants a login");
    }
    if (ending.equals("onnx")) {
      return OnnxReader.read(contents, name);
    }
    if (name.endsWith("saved_model.pb")) {
      return SavedModelReader.read(contents, name);
    }
    Optional<Inspection> found = byContent();
    return found.isPresent() ? found.get() : byName();
  }

  private Optional<Inspection> byContent() throws IOException, Malformed {
    if (head.startsWith("PK\3\4")) {
      Optional<Inspection> torch = TorchReader.read(input);
      return torch.isPresent() ? torch : unknown("it is a ZIP archive of no model");
    }
    if (head.startsWith("{")) {
      return json();
    }
    if (head.startsWith("tree\n") || head.startsWith("tree\r\n")) {
      return Optional.of(LightgbmReader.read(input));
    }
    if (head.startsWith("binf")) {
      return Optional.of(XgboostReader.binary(input));
    }
    if (isXml()) {
      return Optional.of(PmmlReader.read(input).orElseGet(SingleFile::otherXml));
    }
    if (head.startsWith("GGUF")) {
      return known("gguf", OptionalLong.of(input.size()), "GGUF");
    }
    if (head.startsWith("ftrt") || head.startsWith("ptrt")) {
      return known("tensorrt", OptionalLong.of(input.size()), "a plan of TensorRT");
    }
    if (head.startsWith("\u0089HDF")) {
      return unknown("it is an HDF5 file; export the model as SavedModel or ONNX");
    }
    if (head.startsWith("TFL3", 4)) {
      return unknown("it is a TensorFlow Lite model, which no runtime here serves");
    }
    if (input.size() > 9 && head.charAt(8) == '{' && isShortHeader()) {
      return safetensors();
    }
    return isPickle() ? pickle() : Optional.empty();
  }

  private Inspection byName() throws IOException, Malformed {
    return switch (ending) {
      case "safetensors" -> safetensors().orElseThrow();
      case "pmml" -> PmmlReader.read(input).orElseGet(SingleFile::otherXml);
      case "joblib", "pkl", "pickle" -> pickle().orElseThrow();
      case "bst", "xgb", "model", "deprecated" -> XgboostReader.binary(input);
      case "ubj" -> throw input.malformed("its name says UBJSON, but it does not start as such");
      case "pt", "pth", "torchscript", "mar" ->
          throw input.malformed("its name says PyTorch, but it is neither an archive nor a pickle");
      case "plan", "engine", "trt" ->
          known("tensorrt", OptionalLong.of(input.size()), "a plan of TensorRT").orElseThrow();
      case "pdmodel" -> paddle();
      case "pb" ->
          known("tensorflow", OptionalLong.empty(), "a graph without signatures").orElseThrow();
      default -> bytes[0] == 8 ? maybeOnnx() : new Inspection.Unknown(noFormat());
    };
  }

  private String noFormat() {
    return "no known format starts as \"" + Words.brief(name) + "\" does";
  }

  /** ONNX starts with its version in practice; without its name, doubts are no refusal. */
  private Inspection maybeOnnx() throws IOException {
    try {
      return OnnxReader.read(contents, name);
    } catch (Malformed e) {
      return new Inspection.Unknown(noFormat());
    }
  }

  private boolean isXml() {
    String text = head.startsWith("\u00ef\u00bb\u00bf") ? head.substring(3) : head;
    return text.stripLeading().startsWith("<?xml") || text.stripLeading().startsWith("<PMML");
  }

  private Optional<Inspection> json() throws IOException, Malformed {
    boolean binary = bytes.length > 1 && "iUIlL$#".indexOf(bytes[1]) >= 0;
    if (binary || XGBOOST.matcher(head).find()) {
      return Optional.of(
          XgboostReader.document(
              binary ? new UbjsonTokens(input) : TextTokens.json(input, input.size())));
    }
    return unknown("it is JSON of no model");
  }

  private boolean isShortHeader() {
    for (int i = 4; i < 8; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private Optional<Inspection> safetensors() throws IOException, Malformed {
    var types = SafetensorsReader.read(input);
    return known(
        "huggingface",
        OptionalLong.of(types.values().stream().mapToLong(Long::longValue).sum()),
        "safetensors of " + String.join(", ", types.keySet()) + ", without its configuration");
  }

  /** Protocol 2 and later start with {@code 80} and their number, which is 5 at most. */
  private boolean isPickle() {
    return bytes.length > 2 && (bytes[0] & 0xff) == 0x80 && bytes[1] >= 2 && bytes[1] <= 5;
  }

  private Optional<Inspection> pickle() {
    boolean torch = List.of("pt", "pth").contains(ending);
    for (int i = 0; i < TORCH_MAGIC.length && !torch; i++) {
      if (bytes.length <= i || bytes[i] != TORCH_MAGIC[i]) {
        break;
      }
      torch = i == TORCH_MAGIC.length - 1;
    }
    if (torch) {
      return known(
          "pytorch",
          OptionalLong.of(input.size()),
          "a pickle of PyTorch, which only the code that made it can load; TorchScript or ONNX carry"
              + " their own");
    }
    Matcher maker = MADE_BY.matcher(head);
    return known(
        "sklearn",
        OptionalLong.empty(),
        "a pickle"
            + (maker.find() ? " of " + Words.brief(maker.group()) : "")
            + ", which is not read because reading it would run its code");
  }

  private Inspection paddle() {
    String parameters = name.substring(0, name.length() - "pdmodel".length()) + "pdiparams";
    return known(
            "paddle",
            contents.has(parameters)
                ? OptionalLong.of(contents.size(parameters))
                : OptionalLong.empty(),
            "a program of Paddle Inference")
        .orElseThrow();
  }

  private static Optional<Inspection> known(String format, OptionalLong bytes, String note) {
    return Optional.of(new Inspection.Known(format, Optional.empty(), bytes, false, List.of(note)));
  }

  private static Inspection otherXml() {
    return new Inspection.Unknown("it is XML, but not PMML");
  }

  private static Optional<Inspection> unknown(String reason) {
    return Optional.of(new Inspection.Unknown(reason));
  }
}
