package dev.salver.sandbox.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where requests of a host go that match.
 *
 * @param headers must all match, by lower-case name
 * @param method empty for any
 * @param timeout empty for the backend's own
 */
record Rule(
    PathMatch path,
    Map<String, Pattern> headers,
    String method,
    HeaderEdits edits,
    Optional<Duration> timeout,
    List<Weighted> backends) {

  /** Which paths. */
  sealed interface PathMatch {
    boolean matches(String path);

    record Exact(String path) implements PathMatch {
      @Override
      public boolean matches(String actual) {
        return actual.equals(path);
      }
    }

    /** By whole segments: {@code /v1} takes {@code /v1} and {@code /v1/x}, not {@code /v10}. */
    record Prefix(String path) implements PathMatch {
      @Override
      public boolean matches(String actual) {
        String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return actual.startsWith(prefix)
            && (actual.length() == prefix.length() || actual.charAt(prefix.length()) == '/');
      }
    }

    record Regex(Pattern pattern) implements PathMatch {
      @Override
      public boolean matches(String actual) {
        return actual.length() <= MAX_PATH && pattern.matcher(actual).matches();
      }
    }
  }

  /** What becomes of the request's headers; names as the manifest has them. */
  record HeaderEdits(Map<String, String> set, Map<String, String> add, List<String> remove) {
    static final HeaderEdits NONE = new HeaderEdits(Map.of(), Map.of(), List.of());
  }

  /** A share of the requests. */
  record Weighted(int weight, Backend.Ref backend) {}

  /** Where a pattern may take long, it is not tried on more than this. */
  private static final int MAX_PATH = 4096;

  static final PathMatch ANY_PATH = new PathMatch.Prefix("/");

  /** Everything to some backends. */
  static Rule all(List<Weighted> backends) {
    return new Rule(ANY_PATH, Map.of(), "", HeaderEdits.NONE, Optional.empty(), backends);
  }

  boolean matches(Request request) {
    if (!path.matches(request.path()) || !(method.isEmpty() || method.equals(request.method()))) {
      return false;
    }
    for (Map.Entry<String, Pattern> header : headers.entrySet()) {
      String actual = request.header(header.getKey());
      if (actual == null || !header.getValue().matcher(actual).matches()) {
        return false;
      }
    }
    return true;
  }

  /** Picks a backend by weight, with a number from [0, 1). */
  Optional<Backend.Ref> pick(double random) {
    long total = 0;
    for (Weighted each : backends) {
      total += each.weight();
    }
    double point = random * total;
    for (Weighted each : backends) {
      point -= each.weight();
      if (each.weight() > 0 && point < 0) {
        return Optional.of(each.backend());
      }
    }
    return Optional.empty();
  }

  /** The order in which Gateway API matches: exact paths, patterns as written, longest prefix. */
  static List<Rule> ordered(List<Rule> rules) {
    var result = new ArrayList<>(rules);
    result.sort(
        Comparator.comparingInt(
                (Rule rule) ->
                    switch (rule.path()) {
                      case PathMatch.Exact exact -> Integer.MIN_VALUE;
                      case PathMatch.Regex regex -> Integer.MIN_VALUE + 1;
                      case PathMatch.Prefix prefix -> -prefix.path().length();
                    })
            .thenComparingInt(rule -> rule.method().isEmpty() ? 1 : 0)
            .thenComparingInt(rule -> -rule.headers().size()));
    return List.copyOf(result);
  }

  /** What a rule looks at. */
  interface Request {
    String path();

    String method();

    @org.jspecify.annotations.Nullable
    String header(String name);
  }
}
