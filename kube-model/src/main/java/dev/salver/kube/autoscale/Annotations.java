package dev.salver.kube.autoscale;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values by kebab-case names, from annotations or a config map; nonsense counts as absent. */
record Annotations(Map<String, String> values) {
  private static final String PREFIX = "autoscaling.knative.dev/";
  private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(h|m|s|ms)");

  Optional<String> text(String name) {
    for (String key : new String[] {PREFIX + name, PREFIX + camel(name), name}) {
      String value = values.get(key);
      if (value != null) {
        return Optional.of(value.strip());
      }
    }
    return Optional.empty();
  }

  Optional<Double> number(String name) {
    try {
      return text(name).map(Double::valueOf).filter(Double::isFinite);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Go's durations: {@code 1m30s}; a bare {@code 0} too. */
  Optional<Duration> duration(String name) {
    String text = text(name).orElse("");
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    Matcher matcher = PART.matcher(text);
    double seconds = 0;
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      end = matcher.end();
      seconds +=
          Double.parseDouble(matcher.group(1))
              * switch (matcher.group(2)) {
                case "h" -> 3600;
                case "m" -> 60;
                case "s" -> 1;
                default -> 0.001;
              };
    }
    return end == text.length() && end > 0
        ? Optional.of(Duration.ofMillis(Math.round(seconds * 1000)))
        : Optional.empty();
  }

  private static String camel(String kebab) {
    var result = new StringBuilder();
    boolean upper = false;
    for (int i = 0; i < kebab.length(); i++) {
      char c = kebab.charAt(i);
      if (c == '-') {
        upper = true;
      } else {
        result.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return result.toString();
  }
}
