package dev.salver.kube.knative;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes quantities in their one canonical spelling: {@code 1000m} is {@code 1}. */
final class Quantities {
  private static final Pattern FORM =
      Pattern.compile("([+-]?)(\\d{1,30}(?:\\.\\d{0,30})?|\\.\\d{1,30})([numkMGTPE]|[KMGTPE]i)?");
  private static final List<String> DECIMAL =
      List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
  private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final int UNITS = 3;

  private Quantities() {}

  /** The canonical spelling; a text that is no plain quantity comes back as it is. */
  static String canonical(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return text;
    }
    String suffix = form.group(3) == null ? "" : form.group(3);
    String digits = form.group(2).startsWith(".") ? "0" + form.group(2) : form.group(2);
    var number = new BigDecimal(digits.endsWith(".") ? digits + "0" : digits);
    if (number.signum() == 0) {
      return "0";
    }
    String sign = form.group(1).equals("-") ? "-" : "";
    if (suffix.endsWith("i")) {
      BigDecimal bytes = number.multiply(BigDecimal.valueOf(1024).pow(BINARY.indexOf(suffix)));
      if (isWhole(bytes)) {
        return sign + largest(bytes, BigDecimal.valueOf(1024), BINARY);
      }
      return text;
    }
    BigDecimal value = number.scaleByPowerOfTen(3 * (DECIMAL.indexOf(suffix) - UNITS));
    return isWhole(value.scaleByPowerOfTen(3 * UNITS))
        ? sign + largest(value.scaleByPowerOfTen(3 * UNITS), BigDecimal.valueOf(1000), DECIMAL)
        : text;
  }

  /** The largest suffix with which the number is still whole. */
  private static String largest(BigDecimal number, BigDecimal step, List<String> suffixes) {
    BigDecimal rest = number;
    int at = 0;
    while (at + 1 < suffixes.size() && rest.remainder(step).signum() == 0) {
      rest = rest.divide(step);
      at++;
    }
    return rest.toBigInteger() + suffixes.get(at);
  }

  private static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }
}
