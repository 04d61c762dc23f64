package dev.salver.artifacts.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a method's arguments and results from TorchScript's source text. */
final class TorchSchema {
  private static final int MAX_ARGUMENTS = 1_000;
  private static final int MAX_NESTING = 16;

  private final String text;
  private final Input input;
  private int at;

  TorchSchema(String text, Input input) {
    this.text = text;
    this.input = input;
  }

  /** Empty where the class has no such method. */
  Optional<Signature> forward(String type) throws Malformed {
    int start = declaration("class " + type + "(", 0);
    if (start < 0) {
      throw input.malformed("its source has no class " + Words.brief(type));
    }
    int end = declaration("class ", start + 1);
    int method = declaration("  def forward(", start);
    if (method < 0 || (end >= 0 && method > end)) {
      return Optional.empty();
    }
    at = method + "  def forward(".length();
    List<Value> inputs = arguments();
    List<Value> outputs = new ArrayList<>();
    space();
    if (text.startsWith("->", at)) {
      at += 2;
      results(outputs);
    }
    return Optional.of(new Signature(inputs, outputs));
  }

  /** Where a line starts so; -1 where none does. */
  private int declaration(String words, int from) {
    if (from == 0 && text.startsWith(words)) {
      return 0;
    }
    int line = text.indexOf("\n" + words, Math.max(from - 1, 0));
    return line < 0 ? -1 : line + 1;
  }

  private List<Value> arguments() throws Malformed {
    List<Value> values = new ArrayList<>();
    while (true) {
      space();
      if (take(')')) {
        return values;
      }
      String name = word();
      ValueType type = new ValueType.Unknown();
      space();
      if (take(':')) {
        type = type(0);
      }
      skipDefault();
      if (!name.equals("self")) {
        values.add(new Value(name, type));
      }
      if (!take(',') && at < text.length() && text.charAt(at) != ')') {
        throw broken();
      }
      if (values.size() > MAX_ARGUMENTS) {
        throw input.malformed("its forward has more than " + MAX_ARGUMENTS + " arguments");
      }
    }
  }

  private void skipDefault() throws Malformed {
    space();
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (depth == 0 && (c == ',' || c == ')')) {
        return;
      }
      if (c == '"' || c == '\'') {
        for (at++; at < text.length() && text.charAt(at) != c; at++) {
          at += text.charAt(at) == '\\' ? 1 : 0;
        }
      }
      depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      at++;
    }
    throw broken();
  }

  private void results(List<Value> into) throws Malformed {
    space();
    int start = at;
    if (word().equals("Tuple") && take('[')) {
      List<ValueType> types = new ArrayList<>();
      do {
        types.add(type(1));
        space();
        if (types.size() > MAX_ARGUMENTS) {
          throw input.malformed("its forward has more than " + MAX_ARGUMENTS + " results");
        }
      } while (take(','));
      for (int i = 0; i < types.size(); i++) {
        into.add(new Value("output" + i, types.get(i)));
      }
      return;
    }
    at = start;
    if (!text.startsWith("NoneType", at)) {
      into.add(new Value("output", type(0)));
    }
  }

  private ValueType type(int depth) throws Malformed {
    if (depth > MAX_NESTING) {
      throw input.malformed("a type is nested more than " + MAX_NESTING + " deep");
    }
    space();
    String name = word();
    List<ValueType> of = new ArrayList<>();
    String first = "";
    if (take('[')) {
      do {
        space();
        first = of.isEmpty() ? peekWord() : first;
        of.add(type(depth + 1));
        space();
        if (of.size() > MAX_ARGUMENTS) {
          throw broken();
        }
      } while (take(','));
      if (!take(']')) {
        throw broken();
      }
    }
    return switch (name) {
      case "int" -> scalar(ElementType.I64);
      case "float" -> scalar(ElementType.F64);
      case "bool" -> scalar(ElementType.BOOL);
      case "str" -> scalar(ElementType.STRING);
      case "complex" -> scalar(ElementType.C128);
      case "List" -> of.size() == 1 ? new ValueType.Sequence(of.getFirst()) : unknown();
      case "Optional" -> of.size() == 1 ? new ValueType.Maybe(of.getFirst()) : unknown();
      case "Dict" -> of.size() == 2 ? dictionary(first, of.getLast()) : unknown();
      default -> unknown();
    };
  }

  private static ValueType dictionary(String key, ValueType value) {
    return switch (key) {
      case "str" -> new ValueType.Dictionary(ElementType.STRING, value);
      case "int" -> new ValueType.Dictionary(ElementType.I64, value);
      default -> unknown();
    };
  }

  private static ValueType unknown() {
    return new ValueType.Unknown();
  }

  private static ValueType scalar(ElementType element) {
    return new ValueType.Tensor(element, Shape.of());
  }

  private String peekWord() throws Malformed {
    int start = at;
    String word = word();
    at = start;
    return word;
  }

  private String word() throws Malformed {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_.".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    if (at == start || at - start > 1_000) {
      throw broken();
    }
    return text.substring(start, at);
  }

  private void space() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean take(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private Malformed broken() {
    return input.malformed("the declaration of its forward can't be read");
  }
}
