package dev.salver.compiler.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the translation needs beside CEL's functions; none of it can be written by a user. */
final class OwnFunctions {
  private static final int MAX_TEXT = 65_536;

  private static final CelType DYN = SimpleType.DYN;

  /** Stands for what is not there. */
  enum Absent {
    ABSENT
  }

  private record Own(String name, int arguments, CelType result, CelFunctionOverload body) {}

  private static final List<Own> ALL =
      List.of(
          new Own("_at", 2, DYN, args -> at(args[0], args[1])),
          new Own("_isSet", 1, SimpleType.BOOL, args -> args[0] != Absent.ABSENT),
          new Own("_same", 2, SimpleType.BOOL, args -> Lists.same(args[0], args[1])),
          new Own("_in", 2, SimpleType.BOOL, args -> in(args[0], args[1])),
          new Own("_plus", 2, DYN, args -> plus(args[0], args[1])),
          new Own("_times", 2, DYN, args -> times(args[0], args[1])),
          new Own("_mean", 1, SimpleType.DOUBLE, args -> mean(args[0])),
          new Own("_matches", 2, SimpleType.BOOL, args -> matches(args[0], args[1])),
          new Own("_replace", 3, SimpleType.STRING, args -> replace(args)),
          new Own("_join", 2, SimpleType.STRING, args -> join(args[0], args[1])),
          new Own("_text", 1, SimpleType.STRING, args -> text(args[0])),
          new Own("_call", 3, DYN, args -> call(args[0], args[1], args[2])));

  private OwnFunctions() {}

  static List<CelFunctionDecl> declarations() {
    return ALL.stream()
        .map(
            own ->
                CelFunctionDecl.newFunctionDeclaration(
                    own.name(),
                    CelOverloadDecl.newGlobalOverload(
                        own.name() + "_own",
                        own.result(),
                        java.util.Collections.nCopies(own.arguments(), DYN))))
        .toList();
  }

  static List<CelFunctionBinding> bindings() {
    return ALL.stream()
        .map(
            own ->
                CelFunctionBinding.from(
                    own.name() + "_own",
                    java.util.Collections.<Class<?>>nCopies(own.arguments(), Object.class),
                    own.body()))
        .toList();
  }

  private static Object at(Object value, Object key) {
    Object found =
        switch (value) {
          case Map<?, ?> map -> map.get(key);
          case List<?> list when key instanceof Long place && place >= 0 && place < list.size() ->
              list.get(place.intValue());
          default -> null;
        };
    return found == null ? Absent.ABSENT : found;
  }

  private static boolean in(Object item, Object values) throws CelEvaluationException {
    return switch (values) {
      case Map<?, ?> map -> map.containsKey(item);
      case List<?> list -> Lists.index(list, item, false) >= 0;
      default -> throw new CelEvaluationException("`in` looks into a list or a map");
    };
  }

  private static Object plus(Object a, Object b) throws CelEvaluationException {
    if (a instanceof String x && b instanceof String y) {
      fits((long) x.length() + y.length());
      return x + y;
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      if (x.size() + y.size() > Lists.MAX) {
        throw new CelEvaluationException("a list has at most " + Lists.MAX + " items");
      }
      var all = new ArrayList<Object>(x);
      all.addAll(y);
      return all;
    }
    if (a instanceof Number && b instanceof Number) {
      return Lists.sum(List.of(a, b));
    }
    throw new CelEvaluationException("`+` takes two numbers, two texts or two lists");
  }

  private static void fits(long length) throws CelEvaluationException {
    if (length > MAX_TEXT) {
      throw new CelEvaluationException("a text has at most " + MAX_TEXT + " characters");
    }
  }

  private static boolean matches(Object text, Object pattern) throws CelEvaluationException {
    if (text instanceof String of && pattern instanceof String by) {
      return Patterns.matches(of, by);
    }
    throw new CelEvaluationException("`matches` takes a text");
  }

  private static String replace(Object[] args) throws CelEvaluationException {
    if (args[0] instanceof String text
        && args[1] instanceof String part
        && args[2] instanceof String by) {
      long times = part.isEmpty() ? text.length() + 1L : text.length() / part.length();
      fits(text.length() + times * by.length());
      return text.replace(part, by);
    }
    throw new CelEvaluationException("`replace` takes texts");
  }

  private static String join(Object list, Object separators) throws CelEvaluationException {
    String separator =
        separators instanceof List<?> given && !given.isEmpty() ? text(given.getFirst()) : "";
    var out = new StringBuilder();
    if (list instanceof List<?> items) {
      for (Object item : items) {
        if (!(item instanceof String text)) {
          throw new CelEvaluationException("`join` takes a list of texts");
        }
        fits((long) out.length() + separator.length() + text.length());
        out.append(separator).append(text);
      }
      return out.isEmpty() ? "" : out.substring(separator.length());
    }
    throw new CelEvaluationException("`join` takes a list of texts");
  }

  private static Object times(Object quantity, Object number) throws CelEvaluationException {
    if (quantity instanceof Quantity(BigDecimal amount)
        && number instanceof Double factor
        && Double.isFinite(factor)) {
      return new Quantity(amount.multiply(BigDecimal.valueOf(factor)));
    }
    throw new CelEvaluationException("`*` takes a size and a number");
  }

  private static Object mean(Object list) throws CelEvaluationException {
    if (list instanceof List<?> items) {
      return Lists.mean(items);
    }
    throw new CelEvaluationException("`mean` takes a list");
  }

  private static String text(Object value) {
    return value instanceof String text ? text : Shown.of(value, Shape.ANY);
  }

  private static Object call(Object functions, Object name, Object arguments)
      throws CelEvaluationException {
    @SuppressWarnings("unchecked") // the translator writes a map of texts
    var given = (Map<String, Object>) arguments;
    Names.Result result = ((Functions) functions).call((String) name, given);
    return switch (result) {
      case Names.Result.Value(Optional<Object> value) ->
          value.isPresent() ? value.get() : Absent.ABSENT;
      case Names.Result.Failure(String why) -> throw new CelEvaluationException(why);
    };
  }
}
