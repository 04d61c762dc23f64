package dev.salver.kube;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Kubernetes writes them, {@code 1h30m}, {@code 250ms}; no finer than that. */
public final class Durations {
  /** What a schema asks of such a text. */
  public static final String PATTERN = "^([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$";

  private static final Pattern READ =
      Pattern.compile("(?:(\\d{1,7})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,12})ms)?");
  private static final long[] UNITS = {3_600_000, 60_000, 1_000, 1};
  private static final String[] WORDS = {"h", "m", "s", "ms"};

  private Durations() {}

  /** Milliseconds; empty where the text is no duration. */
  public static OptionalLong millis(String text) {
    Matcher matcher = READ.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      return OptionalLong.empty();
    }
    long millis = 0;
    for (int i = 0; i < UNITS.length; i++) {
      String digits = matcher.group(i + 1);
      if (digits != null) {
        millis += Long.parseLong(digits) * UNITS[i];
      }
    }
    return OptionalLong.of(millis);
  }

  /** The shortest text: {@code 1h30m}, {@code 1s500ms}, {@code 0s}. */
  public static String text(long millis) {
    var text = new StringBuilder();
    long left = millis;
    for (int i = 0; i < UNITS.length; i++) {
      if (left >= UNITS[i]) {
        text.append(left / UNITS[i]).append(WORDS[i]);
        left %= UNITS[i];
      }
    }
    return text.isEmpty() ? "0s" : text.toString();
  }
}
