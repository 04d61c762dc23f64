package dev.salver.compiler.cel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the words of an expression stand for.
 *
 * @param variables by name, such as {@code self} or {@code env}
 * @param functions by name, beside those of the language
 */
public record Names(SortedMap<String, Shape> variables, SortedMap<String, Function> functions) {
  public Names(Map<String, Shape> variables, Map<String, Function> functions) {
    this(new TreeMap<>(variables), new TreeMap<>(functions));
  }

  /** Nothing but literals. */
  public static final Names NONE = new Names(Map.of(), Map.of());

  /**
   * A function from outside of the language, such as a model that a test calls. It is called once
   * for the same arguments in one run.
   *
   * @param parameters in the order of positions
   * @param result what it gives
   */
  public record Function(List<Parameter> parameters, Shape result, Body body) {
    public Function {
      parameters = List.copyOf(parameters);
    }
  }

  /** A parameter; what is not given is not in the arguments. */
  public record Parameter(String name, boolean isRequired) {}

  /** What a function does. */
  @FunctionalInterface
  public interface Body {
    Result call(Map<String, Object> arguments);
  }

  /** What a function came to. */
  public sealed interface Result {
    /** As {@link Shape} says; empty where it gives nothing. */
    record Value(Optional<Object> value) implements Result {}

    /** Why it gives no value, in words for the user. */
    record Failure(String why) implements Result {}
  }
}
