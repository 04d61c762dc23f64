package dev.salver.compiler.value;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.source.Span;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Literals with a unit: {@code 4Gi}, {@code 500m}, {@code 10min}, {@code 40rps}, {@code $1.20/h}.
 */
final class Units {
  private static final int MAX_DIGITS = 30;
  private static final List<String> KNOWN =
      List.of(
          "Ki",
          "Mi",
          "Gi",
          "Ti",
          "Pi",
          "m",
          "ms",
          "s",
          "min",
          "h",
          "d",
          "%",
          "rps",
          "concurrent",
          "%cpu",
          "%memory");
  private static final Map<String, String> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("sec", "s"),
          Map.entry("secs", "s"),
          Map.entry("seconds", "s"),
          Map.entry("minutes", "min"),
          Map.entry("mins", "min"),
          Map.entry("hours", "h"),
          Map.entry("days", "d"),
          Map.entry("KB", "Ki"),
          Map.entry("MB", "Mi"),
          Map.entry("GB", "Gi"),
          Map.entry("TB", "Ti"),
          Map.entry("G", "Gi"),
          Map.entry("M", "Mi"));

  private Units() {}

  static Value read(String literal, Span span, Consumer<Diagnostic> diagnostics) {
    String text = literal.replace("_", "");
    if (text.startsWith("$")) {
      int slash = text.indexOf('/');
      String amount = text.substring(1, slash < 0 ? text.length() : slash);
      return new Value.Money(decimal(amount), slash < 0 ? "" : text.substring(slash + 1));
    }
    int unitAt = 0;
    while (unitAt < text.length()
        && (Character.isDigit(text.charAt(unitAt)) || text.charAt(unitAt) == '.')) {
      unitAt++;
    }
    if (unitAt > MAX_DIGITS) {
      diagnostics.accept(
          Diagnostic.of(Code.SV2003, span, "a number has at most " + MAX_DIGITS + " digits"));
      return new Value.Broken();
    }
    String digits = text.substring(0, unitAt);
    String unit = text.substring(unitAt);
    BigDecimal amount = decimal(digits);
    return switch (unit) {
      case "" -> new Value.Plain(amount);
      case "Ki" -> size(amount, 1, digits + unit);
      case "Mi" -> size(amount, 2, digits + unit);
      case "Gi" -> size(amount, 3, digits + unit);
      case "Ti" -> size(amount, 4, digits + unit);
      case "Pi" -> size(amount, 5, digits + unit);
      case "m" -> new Value.Cpu(amount);
      case "ms" -> new Value.Duration(amount);
      case "s" -> duration(amount, 1_000);
      case "min" -> duration(amount, 60_000);
      case "h" -> duration(amount, 3_600_000);
      case "d" -> duration(amount, 86_400_000);
      case "%" -> new Value.Percent(amount);
      case "rps", "concurrent", "%cpu", "%memory" -> new Value.Rate(amount, unit);
      default -> unknown(text, digits, unit, span, diagnostics);
    };
  }

  private static Value unknown(
      String text, String digits, String unit, Span span, Consumer<Diagnostic> diagnostics) {
    if (unit.startsWith("e") || unit.startsWith("E")) {
      try {
        var number = new BigDecimal(text);
        if (Math.abs(number.scale()) <= MAX_DIGITS) {
          return new Value.Plain(number);
        }
      } catch (NumberFormatException e) {
        // Not an exponent: an unknown unit like any other.
      }
    }
    var diagnostic = Diagnostic.of(Code.SV2002, span, "`" + unit + "` is no unit");
    String meant =
        OTHER_NAMES.containsKey(unit)
            ? OTHER_NAMES.get(unit)
            : unit.length() > 1 ? Spelling.nearest(unit, KNOWN).orElse("") : "";
    diagnostics.accept(
        meant == null || meant.isEmpty()
            ? diagnostic
            : diagnostic.fixedBy(Fix.replace(span, digits + meant)));
    return new Value.Broken();
  }

  private static Value size(BigDecimal amount, int power, String text) {
    return new Value.Size(amount.multiply(BigDecimal.valueOf(1024).pow(power)), text);
  }

  private static Value duration(BigDecimal amount, long millis) {
    return new Value.Duration(amount.multiply(BigDecimal.valueOf(millis)));
  }

  private static BigDecimal decimal(String digits) {
    return digits.isEmpty() ? BigDecimal.ZERO : new BigDecimal(digits);
  }
}
