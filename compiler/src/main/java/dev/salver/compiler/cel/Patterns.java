package dev.salver.compiler.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Regular expressions that take linear time, and little of it: counted repetitions, which the
 * engine writes out, may not multiply.
 */
final class Patterns {
  private static final int MAX_LENGTH = 1_000;
  private static final int MAX_REPETITION = 1_000;
  private static final Pattern COUNTED = Pattern.compile("\\{([0-9]*)(?:,([0-9]*))?\\}");

  private Patterns() {}

  static String find(String text, String pattern) throws CelEvaluationException {
    var matcher = compile(pattern).matcher(text);
    return matcher.find() ? matcher.group() : "";
  }

  /**
   * @param limit how many; negative for all
   */
  static List<String> findAll(String text, String pattern, long limit)
      throws CelEvaluationException {
    var matcher = compile(pattern).matcher(text);
    var found = new ArrayList<String>();
    while (found.size() < (limit < 0 ? Lists.MAX : limit) && matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  static boolean matches(String text, String pattern) throws CelEvaluationException {
    return compile(pattern).matcher(text).find();
  }

  private static Pattern compile(String pattern) throws CelEvaluationException {
    long product = 1;
    var counted = COUNTED.matcher(pattern);
    while (counted.find() && product <= MAX_REPETITION) {
      product *= Math.max(1, Math.max(number(counted.group(1)), number(counted.group(2))));
    }
    if (pattern.length() > MAX_LENGTH || product > MAX_REPETITION) {
      throw new CelEvaluationException("the regular expression is too large");
    }
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new CelEvaluationException("`" + pattern + "` is no regular expression", e);
    }
  }

  private static long number(@Nullable String digits) {
    return digits == null || digits.isEmpty()
        ? 0
        : digits.length() > 4 ? MAX_REPETITION + 1 : Integer.parseInt(digits);
  }
}
