package dev.salver.compiler.cel;

import dev.salver.compiler.cel.Shape.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A function of the language: CEL's own and those that Kubernetes 1.36 adds to it, and a few for
 * lists that are written with them.
 *
 * @param receiver what stands before the dot; null where nothing does
 * @param required how many of the parameters must be given
 * @param result a kind, or what follows from the first of receiver and arguments: an item of it, or
 *     as it is
 * @param cel how it is written in CEL, {@code $0} for the receiver and {@code $1} for the first
 *     argument; empty where CEL has nothing like it, null where it is written as it stands
 * @param own how it is written where there are Salver's own functions, whose results are bounded
 */
record Builtin(
    String name,
    @Nullable String receiver,
    List<Parameter> parameters,
    int required,
    String result,
    @Nullable String cel,
    @Nullable String own) {
  /** What follows from the types of CEL where nothing is said. */
  private static final String TABLE =
      """
      size(value: sized): whole
      sized.size(): whole
      int(value: scalar): whole
      double(value: scalar): number
      string(value: scalar): text
      duration(text: text): duration
      quantity(text: text): quantity
      isQuantity(text: text): bool
      matches(text: text, pattern: text): bool => $1.matches($2) | _matches($1, $2)
      max(list: list): item => $1.max()
      min(list: list): item => $1.min()
      sum(list: list): item => $1.sum()
      mean(list: list): number => | _mean($1)
      any(list: list): bool => $1.exists(e_, e_)
      all-of(list: list): bool => $1.all(e_, e_)
      text.startsWith(prefix: text): bool
      text.endsWith(suffix: text): bool
      text.contains(part: text): bool
      text.matches(pattern: text): bool => $0.matches($1) | _matches($0, $1)
      text.find(pattern: text): text
      text.findAll(pattern: text, limit?: whole): texts
      text.indexOf(part: text, from?: whole): whole
      text.lastIndexOf(part: text, from?: whole): whole
      text.lowerAscii(): text
      text.upperAscii(): text
      text.trim(): text
      text.charAt(index: whole): text
      text.replace(part: text, by: text): text => $0.replace($1, $2) | _replace($0, $1, $2)
      text.split(separator: text): texts
      text.substring(from: whole, to?: whole): text
      list.isSorted(): bool
      list.sum(): item
      list.min(): item
      list.max(): item
      list.indexOf(item: any): whole
      list.lastIndexOf(item: any): whole
      list.join(separator?: text): text => $0.join($1) | _join($0, [$1])
      quantity.compareTo(other: quantity): whole
      quantity.isGreaterThan(other: quantity): bool
      quantity.isLessThan(other: quantity): bool
      quantity.isInteger(): bool
      quantity.asInteger(): whole
      quantity.asApproximateFloat(): number
      quantity.add(other: quantity): same
      quantity.sub(other: quantity): same
      quantity.sign(): whole
      duration.getHours(): whole
      duration.getMinutes(): whole
      duration.getSeconds(): whole
      duration.getMilliseconds(): whole
      """;

  private static final Pattern ROW =
      Pattern.compile(
          "(?:([a-z]+)\\.)?([A-Za-z-]+)\\((.*?)\\): ([a-z]+)(?: => ([^|]*?)(?: ?\\| (.*))?)?");

  private static final Map<String, List<Builtin>> ALL = all();

  /** A parameter and the kind of value it takes. */
  record Parameter(String name, String kind) {}

  Builtin {
    parameters = List.copyOf(parameters);
  }

  private static Map<String, List<Builtin>> all() {
    var all = new TreeMap<String, List<Builtin>>();
    TABLE
        .lines()
        .map(Builtin::row)
        .forEach(each -> all.computeIfAbsent(each.name(), name -> new ArrayList<>()).add(each));
    return all;
  }

  private static Builtin row(String row) {
    Matcher matcher = ROW.matcher(row);
    if (!matcher.matches()) {
      throw new IllegalStateException(row);
    }
    var parameters = new ArrayList<Parameter>();
    int required = 0;
    for (String parameter :
        matcher.group(3).isEmpty() ? new String[0] : matcher.group(3).split(", ")) {
      String[] parts = parameter.split(": ");
      required += parts[0].endsWith("?") ? 0 : 1;
      parameters.add(new Parameter(parts[0].replace("?", ""), parts[1]));
    }
    return new Builtin(
        matcher.group(2),
        matcher.group(1),
        parameters,
        required,
        matcher.group(4),
        matcher.group(5),
        matcher.group(6));
  }

  /** Those of a name, with or without a receiver. */
  static List<Builtin> named(String name, boolean isMethod) {
    return ALL.getOrDefault(name, List.of()).stream()
        .filter(each -> (each.receiver() != null) == isMethod)
        .toList();
  }

  static List<String> names(boolean isMethod) {
    return ALL.keySet().stream().filter(name -> !named(name, isMethod).isEmpty()).toList();
  }

  static boolean fits(String kind, Shape shape) {
    if (shape instanceof Shape.Any) {
      return true;
    }
    boolean list = shape instanceof Shape.ListOf;
    boolean map = shape instanceof Shape.MapOf;
    return switch (kind) {
      case "any" -> true;
      case "text" -> Operators.isText(shape);
      case "whole" -> shape == Scalar.WHOLE;
      case "number" -> Operators.isNumber(shape);
      case "quantity" -> Operators.isQuantity(shape);
      case "duration" -> shape == Scalar.DURATION;
      case "list" -> list;
      case "sized" -> list || map || Operators.isText(shape);
      case "scalar" -> !list && !map && !Operators.isQuantity(shape);
      default -> throw new IllegalStateException(kind);
    };
  }

  /**
   * @param first the receiver, or the first argument where there is none
   */
  Shape gives(Shape first) {
    return switch (result) {
      case "bool" -> Scalar.BOOL;
      case "whole" -> Scalar.WHOLE;
      case "number" -> Scalar.NUMBER;
      case "text" -> Scalar.TEXT;
      case "texts" -> new Shape.ListOf(Scalar.TEXT);
      case "quantity" -> Scalar.QUANTITY;
      case "duration" -> Scalar.DURATION;
      case "item" -> first instanceof Shape.ListOf(Shape item) ? item : Shape.ANY;
      case "same" -> first;
      default -> throw new IllegalStateException(result);
    };
  }

  /**
   * The call as CEL; empty where CEL cannot say it.
   *
   * @param before what stands before the dot; empty where nothing does
   */
  String written(String before, List<String> arguments, boolean hasOwn) {
    String pattern = hasOwn && own != null ? own : cel;
    if (pattern == null) {
      return (before.isEmpty() ? "" : before + ".")
          + name
          + "("
          + String.join(", ", arguments)
          + ")";
    }
    return Pattern.compile("\\$([0-2])")
        .matcher(pattern)
        .replaceAll(
            match -> {
              int number = Integer.parseInt(match.group(1));
              String text =
                  number == 0
                      ? before
                      : number <= arguments.size() ? arguments.get(number - 1) : "";
              return Matcher.quoteReplacement(text);
            });
  }
}
