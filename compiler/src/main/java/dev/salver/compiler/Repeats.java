package dev.salver.compiler;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One mistake that many places meet: a name that is declared nowhere, two types that do not agree.
 * It is told at the first place, the others are related to it. What has a fix of its own is told
 * where it stands.
 */
final class Repeats {
  private static final int MOST_PLACES = 8;
  private static final Pattern UNKNOWN = Pattern.compile("there is no .*`([^`]+)`(?: here)?");
  private static final Pattern TYPES =
      Pattern.compile(
          "`[^`]+` (?:expects|gives) `(?:[^`:{]+: )?([^`]+)`, but .*`(?:[^`:{]+: )?([^`]+)`");

  private Repeats() {}

  static List<Diagnostic> merged(List<Diagnostic> sorted) {
    var firsts = new LinkedHashMap<Object, Diagnostic>();
    var places = new LinkedHashMap<Object, Integer>();
    for (Diagnostic each : exchanged(sorted)) {
      Object key =
          each.fixes().isEmpty() ? mistake(each).map(Object.class::cast).orElse(each) : each;
      Diagnostic first = firsts.putIfAbsent(key, each);
      if (first != null && places.merge(key, 1, Integer::sum) <= MOST_PLACES) {
        firsts.put(key, first.relating(each.span(), "and here"));
      }
    }
    return new ArrayList<>(firsts.values());
  }

  /** A value and the next key that have changed places are each wrong for the same reason. */
  private static List<Diagnostic> exchanged(List<Diagnostic> sorted) {
    var told = new ArrayList<Diagnostic>();
    for (Diagnostic each : sorted) {
      if (!told.isEmpty() && isExchanged(told.getLast(), each)) {
        Diagnostic value = told.removeLast();
        told.add(value.relating(each.span(), each.message()));
      } else {
        told.add(each);
      }
    }
    return told;
  }

  private static boolean isExchanged(Diagnostic value, Diagnostic key) {
    boolean wrong =
        switch (value.code()) {
          case SV1002, SV2001, SV2004, SV2204 -> true;
          default -> false;
        };
    return wrong
        && key.code() == Code.SV1003
        && value.fixes().isEmpty()
        && key.fixes().isEmpty()
        && value.span().file() == key.span().file()
        && value.span().end() < key.span().start()
        && value.span().file().text().substring(value.span().end(), key.span().start()).isBlank();
  }

  /** What is wrong, without where; empty where that is all there is to say. */
  private static Optional<String> mistake(Diagnostic diagnostic) {
    String message = diagnostic.message();
    Code code = diagnostic.code();
    return switch (code) {
      case SV1002, SV2100 -> {
        Matcher unknown = UNKNOWN.matcher(message);
        yield unknown.matches() ? Optional.of(code + unknown.group(1)) : Optional.empty();
      }
      case SV2104, SV2110 -> {
        Matcher types = TYPES.matcher(message);
        yield types.matches()
            ? Optional.of(code + types.group(1) + " | " + types.group(2))
            : Optional.empty();
      }
      case SV6108 -> Optional.of(code + message + diagnostic.label());
      default -> Optional.empty();
    };
  }
}
