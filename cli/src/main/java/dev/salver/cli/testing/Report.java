package dev.salver.cli.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** All results in the forms that machines read. */
public final class Report {
  private Report() {}

  /** {@code {"tests": […], "passed": 2, "failed": 1}}, on one line. */
  public static String json(List<CaseResult> results) {
    ObjectNode root = Json.object();
    ArrayNode tests = root.putArray("tests");
    for (CaseResult result : results) {
      ObjectNode test = tests.addObject();
      test.put("name", result.name()).put("environment", result.environment());
      place(test, result.place());
      test.put("passed", result.passed()).put("milliseconds", result.took().toMillis());
      ArrayNode failures = test.putArray("failures");
      for (CaseResult.Failure failure : result.failures()) {
        ObjectNode node = failures.addObject();
        place(node, failure.place());
        node.put("message", failure.message());
        failure.details().forEach(node.putArray("details")::add);
      }
    }
    root.put("passed", passed(results)).put("failed", results.size() - passed(results));
    return Json.write(root) + "\n";
  }

  private static void place(ObjectNode node, CaseResult.Place place) {
    node.put("file", place.file());
    if (place.line() > 0) {
      node.put("line", place.line()).put("column", place.column());
    }
  }

  /**
   * The XML that CI systems read, one suite.
   *
   * @param project its name
   */
  public static String junit(String project, List<CaseResult> results) {
    long failed = results.size() - passed(results);
    Duration all = results.stream().map(CaseResult::took).reduce(Duration.ZERO, Duration::plus);
    String counts =
        " tests=\""
            + results.size()
            + "\" failures=\""
            + failed
            + "\" time=\""
            + seconds(all)
            + "\"";
    var out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.append("<testsuites").append(counts).append(">\n");
    out.append("  <testsuite name=\"").append(escaped(project)).append('"');
    out.append(counts).append(" errors=\"0\" skipped=\"0\">\n");
    for (CaseResult result : results) {
      out.append("    <testcase classname=\"");
      out.append(escaped(project + "." + result.environment()));
      out.append("\" name=\"").append(escaped(result.name()));
      out.append("\" file=\"").append(escaped(result.place().file()));
      if (result.place().line() > 0) {
        out.append("\" line=\"").append(result.place().line());
      }
      out.append("\" time=\"").append(seconds(result.took())).append('"');
      out.append(result.passed() ? "/>\n" : ">\n");
      for (CaseResult.Failure failure : result.failures()) {
        out.append("      <failure message=\"").append(escaped(failure.message()));
        out.append("\" type=\"expect\">");
        out.append(escaped(failure.place() + ": " + failure.message()));
        failure.details().forEach(line -> out.append('\n').append(escaped(line)));
        out.append("</failure>\n");
      }
      out.append(result.passed() ? "" : "    </testcase>\n");
    }
    return out.append("  </testsuite>\n</testsuites>\n").toString();
  }

  static long passed(List<CaseResult> results) {
    return results.stream().filter(CaseResult::passed).count();
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
  }

  /** What XML 1.0 has no character for becomes U+FFFD. */
  private static String escaped(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .forEach(
            each -> {
              switch (each) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\n' -> out.append("&#10;");
                case '\t' -> out.append("&#9;");
                default ->
                    out.appendCodePoint(
                        each < 0x20
                                || (each >= 0xD800 && each <= 0xDFFF)
                                || each == 0xFFFE
                                || each == 0xFFFF
                            ? 0xFFFD
                            : each);
              }
            });
    return out.toString();
  }
}
