package dev.salver.sandbox.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Rules of Gateway API's HTTPRoute, as far as the gateway carries them. */
final class HttpRoutes {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,5})(h|ms|m|s)");

  private HttpRoutes() {}

  static List<Rule> rules(KubeObject route, Backends backends) {
    var result = new ArrayList<Rule>();
    for (JsonNode rule : route.spec().path("rules")) {
      var weighted = new ArrayList<Rule.Weighted>();
      for (JsonNode ref : rule.path("backendRefs")) {
        weighted.add(
            new Rule.Weighted(
                ref.path("weight").asInt(1),
                backends.service(
                    ref.path("namespace").asText(route.namespace()),
                    ref.path("name").asText(),
                    ref.path("port").asInt())));
      }
      Rule.HeaderEdits edits = edits(rule.path("filters"));
      Optional<Duration> timeout = duration(rule.path("timeouts").path("request").asText());
      if (rule.path("matches").isEmpty()) {
        result.add(new Rule(Rule.ANY_PATH, Map.of(), "", edits, timeout, weighted));
      }
      for (JsonNode match : rule.path("matches")) {
        Optional<Rule.PathMatch> path = path(match.path("path"));
        Optional<Map<String, Pattern>> headers = headers(match.path("headers"));
        if (path.isPresent() && headers.isPresent()) {
          result.add(
              new Rule(
                  path.get(),
                  headers.get(),
                  match.path("method").asText(),
                  edits,
                  timeout,
                  weighted));
        }
      }
    }
    return List.copyOf(result);
  }

  /** Empty for a pattern that is none: such a rule matches nothing. */
  private static Optional<Rule.PathMatch> path(JsonNode path) {
    String value = path.path("value").asText("/");
    return switch (path.path("type").asText("PathPrefix")) {
      case "Exact" -> Optional.of(new Rule.PathMatch.Exact(value));
      case "RegularExpression" -> pattern(value).map(Rule.PathMatch.Regex::new);
      default -> Optional.of(new Rule.PathMatch.Prefix(value));
    };
  }

  private static Optional<Map<String, Pattern>> headers(JsonNode headers) {
    var result = new LinkedHashMap<String, Pattern>();
    for (JsonNode header : headers) {
      String value = header.path("value").asText();
      boolean regex = header.path("type").asText().equals("RegularExpression");
      Optional<Pattern> pattern = pattern(regex ? value : Pattern.quote(value));
      if (pattern.isEmpty()) {
        return Optional.empty();
      }
      result.put(header.path("name").asText().toLowerCase(Locale.ROOT), pattern.get());
    }
    return Optional.of(result);
  }

  private static Rule.HeaderEdits edits(JsonNode filters) {
    var set = new LinkedHashMap<String, String>();
    var add = new LinkedHashMap<String, String>();
    var remove = new ArrayList<String>();
    for (JsonNode filter : filters) {
      JsonNode modifier = filter.path("requestHeaderModifier");
      set.putAll(Tables.edits(modifier.path("set")));
      add.putAll(Tables.edits(modifier.path("add")));
      modifier.path("remove").forEach(name -> remove.add(name.asText()));
      JsonNode host = filter.path("urlRewrite").path("hostname");
      if (host.isTextual()) {
        set.put("Host", host.asText());
      }
    }
    return new Rule.HeaderEdits(set, add, List.copyOf(remove));
  }

  static Optional<Pattern> pattern(String regex) {
    try {
      return Optional.of(Pattern.compile(regex));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  /** Gateway API's durations, {@code 1m30s}; empty for none and for 0, which means no limit. */
  static Optional<Duration> duration(String text) {
    Duration total = Duration.ZERO;
    Matcher matcher = DURATION.matcher(text);
    while (matcher.find()) {
      long amount = Long.parseLong(matcher.group(1));
      total =
          total.plus(
              switch (matcher.group(2)) {
                case "h" -> Duration.ofHours(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "s" -> Duration.ofSeconds(amount);
                default -> Duration.ofMillis(amount);
              });
    }
    return total.isZero() ? Optional.empty() : Optional.of(total);
  }
}
