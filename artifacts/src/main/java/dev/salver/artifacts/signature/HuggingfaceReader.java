package dev.salver.artifacts.signature;

import dev.salver.artifacts.signature.Tokens.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Reads a folder as the Hub has them: {@code config.json} and weights beside it. */
final class HuggingfaceReader {
  private static final int MAX_CONFIG = 16 << 20;

  private HuggingfaceReader() {}

  /**
   * The model in a folder.
   *
   * @param folder with a slash at its end, or "" for the root
   */
  static Inspection.Known read(Contents contents, String folder) throws IOException, Malformed {
    List<String> notes = new ArrayList<>();
    if (contents.has(folder + "config.json")) {
      notes.add(config(contents, folder + "config.json"));
    }
    if (contents.has(folder + "adapter_config.json")) {
      notes.add("an adapter, which needs its base model");
    }
    List<String> tensors = weights(contents, folder, ".safetensors");
    List<String> pickles = weights(contents, folder, ".bin");
    OptionalLong bytes = OptionalLong.empty();
    if (!tensors.isEmpty()) {
      Map<String, Long> types = new TreeMap<>();
      for (String file : tensors) {
        SafetensorsReader.read(contents.open(file))
            .forEach((type, size) -> types.merge(type, size, Long::sum));
      }
      bytes = OptionalLong.of(types.values().stream().mapToLong(Long::longValue).sum());
      notes.add("safetensors of " + String.join(", ", types.keySet()));
    } else if (!pickles.isEmpty()) {
      bytes = OptionalLong.of(pickles.stream().mapToLong(contents::size).sum());
      notes.add("weights are pickles of PyTorch, which run code where they are loaded");
    } else {
      notes.add("no weights are beside the configuration");
    }
    return new Inspection.Known("huggingface", Optional.empty(), bytes, false, notes);
  }

  /** Weights of one kind; a second copy under the name "consolidated" is left out. */
  private static List<String> weights(Contents contents, String folder, String ending) {
    List<String> files =
        contents.names().stream()
            .filter(name -> name.startsWith(folder) && name.endsWith(ending))
            .filter(name -> name.indexOf('/', folder.length()) < 0)
            .filter(
                name ->
                    ending.equals(".safetensors")
                        || name.startsWith("pytorch_model", folder.length()))
            .toList();
    List<String> first =
        files.stream().filter(name -> !name.startsWith("consolidated", folder.length())).toList();
    return first.isEmpty() ? files : first;
  }

  private static String config(Contents contents, String name) throws IOException, Malformed {
    if (contents.size(name) > MAX_CONFIG) {
      throw new Malformed("it is " + contents.size(name) + " bytes long", name, 0);
    }
    Input input = contents.open(name);
    Tokens tokens = TextTokens.json(input, input.size());
    String architecture = "";
    String type = "";
    String element = "";
    tokens.object("the configuration");
    while (tokens.next() == Kind.KEY) {
      switch (tokens.text()) {
        case "architectures" -> architecture = String.join(", ", tokens.scalars(100));
        case "model_type" -> type = tokens.scalar();
        case "dtype", "torch_dtype" -> element = tokens.scalar();
        default -> tokens.skipValue();
      }
    }
    String what = architecture.isEmpty() ? type : architecture;
    return "Hugging Face "
        + (what.isEmpty() ? "model" : Words.brief(what))
        + (element.isEmpty() ? "" : ", " + Words.brief(element));
  }
}
