package dev.salver.compiler.lock;

import dev.salver.compiler.lock.Words.Unreadable;
import dev.salver.compiler.type.Dim;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * A signature as the language writes it, with every type spelt out: {@code (x: f32[n, 4]) ->
 * (label: i64[n])}. Names that are no names of the language stand in quotes.
 */
final class SignatureText {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_DIMS = 64;

  private SignatureText() {}

  static String write(Signature signature) {
    return signature.inputs().stream()
            .map(port -> field(port.name(), port.type()))
            .collect(Collectors.joining(", ", "(", ")"))
        + " -> "
        + (signature.output() instanceof Type.Fields(var fields)
            ? fields(fields, "(", ")")
            : write(signature.output()));
  }

  private static String write(Type type) {
    return switch (type) {
      case Type.Tensor(var element, var dims) ->
          dims.isEmpty()
              ? element.word()
              : dims.stream()
                  .map(SignatureText::dim)
                  .collect(Collectors.joining(", ", element.word() + "[", "]"));
      case Type.Fields(var fields) -> fields(fields, "{ ", " }");
      case Type.Json() -> "json";
      case Type.Parameter parameter -> "?";
      case Type.Unknown() -> "?";
    };
  }

  private static String dim(Dim dim) {
    return dim instanceof Dim.Symbol(String name) && !isSymbol(name)
        ? Words.quoted(name)
        : dim.toString();
  }

  private static String fields(SequencedMap<String, Type> fields, String open, String close) {
    return fields.entrySet().stream()
        .map(field -> field(field.getKey(), field.getValue()))
        .collect(Collectors.joining(", ", open, close));
  }

  private static String field(String name, Type type) {
    return (Words.isName(name) ? name : Words.quoted(name)) + ": " + write(type);
  }

  private static boolean isSymbol(String name) {
    return Words.isName(name) && !Character.isDigit(name.charAt(0));
  }

  static Signature read(Words words) throws Unreadable {
    var inputs = new ArrayList<Signature.Port>();
    fields(words, "(", ")", 0).forEach((name, type) -> inputs.add(new Signature.Port(name, type)));
    words.need("->");
    return new Signature(inputs, type(words, 0));
  }

  private static Type type(Words words, int depth) throws Unreadable {
    if (depth > MAX_DEPTH) {
      throw words.expected("fewer records within records");
    }
    if (words.take("(")) {
      return new Type.Fields(rest(words, ")", depth));
    }
    if (words.take("{")) {
      return new Type.Fields(rest(words, "}", depth));
    }
    if (words.take("?")) {
      return new Type.Unknown();
    }
    int start = words.offset();
    String word = words.name().orElseThrow(() -> words.expected("a type"));
    if (word.equals("json")) {
      return new Type.Json();
    }
    Optional<Element> element = Element.of(word);
    if (element.isEmpty()) {
      throw new Unreadable(start, "an element type such as `f32`");
    }
    return new Type.Tensor(element.get(), words.take("[") ? dims(words) : List.of());
  }

  private static List<Dim> dims(Words words) throws Unreadable {
    var dims = new ArrayList<Dim>();
    do {
      dims.add(readDim(words));
    } while (words.take(",") && dims.size() < MAX_DIMS);
    words.need("]");
    return dims;
  }

  private static Dim readDim(Words words) throws Unreadable {
    if (words.take("?")) {
      return new Dim.Unknown();
    }
    int start = words.offset();
    String word = words.nameOrQuoted("a dimension");
    if (word.isEmpty() || !Character.isDigit(word.charAt(0))) {
      return new Dim.Symbol(word);
    }
    if (word.length() > 18 || !word.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new Unreadable(start, "a dimension");
    }
    return new Dim.Size(Long.parseLong(word));
  }

  private static SequencedMap<String, Type> fields(
      Words words, String open, String close, int depth) throws Unreadable {
    words.need(open);
    return rest(words, close, depth);
  }

  private static SequencedMap<String, Type> rest(Words words, String close, int depth)
      throws Unreadable {
    var fields = new LinkedHashMap<String, Type>();
    while (!words.take(close)) {
      if (!fields.isEmpty()) {
        words.need(",");
      }
      int start = words.offset();
      String name = words.nameOrQuoted("a name");
      words.need(":");
      if (fields.put(name, type(words, depth + 1)) != null) {
        throw new Unreadable(start, "another name, `" + name + "` is there already");
      }
    }
    return fields;
  }
}
