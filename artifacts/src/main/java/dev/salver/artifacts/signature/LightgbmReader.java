package dev.salver.artifacts.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the head of LightGBM's text models: lines of {@code key=value} before the first tree. */
final class LightgbmReader {
  private static final int MAX_LINE = 16 << 20;
  private static final int MAX_LINES = 200;
  private static final long MAX_FEATURES = 10_000_000;
  private static final long MAX_CLASSES = 1_000_000;

  private final Input input;
  private final Map<String, String> head = new HashMap<>();

  private LightgbmReader(Input input) {
    this.input = input;
  }

  static Inspection.Known read(Input input) throws IOException, Malformed {
    var reader = new LightgbmReader(input);
    reader.head();
    return reader.known();
  }

  private void head() throws IOException, Malformed {
    for (int lines = 0; input.more(); lines++) {
      if (lines == MAX_LINES) {
        throw input.malformed("no tree comes in the first " + MAX_LINES + " lines");
      }
      String line = line();
      int equals = line.indexOf('=');
      String key = equals < 0 ? line : line.substring(0, equals);
      if (key.equals("Tree") || key.equals("end of trees")) {
        return;
      }
      head.put(key, equals < 0 ? "" : line.substring(equals + 1));
    }
    throw input.malformed("the file ends before the first tree");
  }

  /** Names and ranges of features can be long lines that only their numbers matter of. */
  private String line() throws IOException, Malformed {
    var kept = new byte[256];
    int length = 0;
    int spaces = 0;
    while (input.more()) {
      byte b = input.next();
      if (b == '\n') {
        break;
      }
      if (length < kept.length) {
        kept[length] = b;
      }
      spaces += b == ' ' ? 1 : 0;
      if (++length > MAX_LINE) {
        throw input.malformed("a line is longer than " + MAX_LINE + " bytes");
      }
    }
    String line =
        new String(kept, 0, Math.min(length, kept.length), StandardCharsets.UTF_8).strip();
    return line.startsWith("feature_names=") ? "features=" + (spaces + 1) : line;
  }

  private long number(String key, long absent, long limit) throws Malformed {
    String text = head.get(key);
    if (text == null) {
      return absent;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number <= limit) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same complaint.
    }
    throw input.malformed(key + " is \"" + Words.brief(text) + "\"");
  }

  private Inspection.Known known() throws Malformed {
    if (!head.containsKey("max_feature_idx")) {
      throw input.malformed("it does not say how many features it takes");
    }
    long features = number("max_feature_idx", 0, MAX_FEATURES) + 1;
    if (number("features", features, MAX_LINE) != features) {
      throw input.malformed(
          "it names " + head.get("features") + " features and says that it has " + features);
    }
    long classes = number("num_class", 1, MAX_CLASSES);
    String objective = head.getOrDefault("objective", "");
    List<Dim> out = new ArrayList<>(List.of(Dim.BATCH));
    if (classes > 1) {
      out.add(new Dim.Fixed(classes));
    }
    var in = Shape.of(Dim.BATCH, new Dim.Fixed(features));
    return new Inspection.Known(
        "lightgbm",
        Optional.of(
            new Signature(
                List.of(new Value("input", new ValueType.Tensor(ElementType.F64, in))),
                List.of(
                    new Value(
                        "output", new ValueType.Tensor(ElementType.F64, new Shape.Ranked(out)))))),
        OptionalLong.empty(),
        true,
        List.of(
            "LightGBM "
                + Words.brief(head.getOrDefault("version", ""))
                + ": "
                + (objective.isEmpty() ? "no objective" : "objective " + Words.brief(objective))
                + "; the names of input and output are Salver's"));
  }
}
