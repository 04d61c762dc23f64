package dev.salver.sandbox.gateway;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything the gateway routes by, at one moment; never changed.
 *
 * @param hosts rules by host name, lower case, without port, in matching order
 * @param wildcards rules by the suffix of {@code *.suffix}; the empty one for any host
 * @param aliases hosts that stand for another one
 * @param entries what {@code /serving/NAMESPACE/NAME/} means, by {@code NAMESPACE/NAME}
 * @param backends by what rules refer to
 */
record RoutingTable(
    Map<String, List<Rule>> hosts,
    Map<String, List<Rule>> wildcards,
    Map<String, String> aliases,
    SortedMap<String, Entry> entries,
    Map<Backend.Ref, Backend> backends) {
  private static final int MAX_ALIASES = 5;

  static final RoutingTable EMPTY =
      new RoutingTable(Map.of(), Map.of(), Map.of(), new TreeMap<>(), Map.of());

  /** A service under its own name: the host to call it by, and its rules. */
  record Entry(String host, List<Rule> rules) {}

  /** The rules of a host, with or without a port; empty where nobody has it. */
  Optional<List<Rule>> rules(String host) {
    String wanted = host;
    for (int i = 0; i <= MAX_ALIASES; i++) {
      List<Rule> rules = hosts.get(wanted);
      if (rules != null) {
        return Optional.of(rules);
      }
      String alias = aliases.get(wanted);
      if (alias == null) {
        break;
      }
      wanted = alias;
    }
    for (int dot = wanted.indexOf('.'); dot >= 0; dot = wanted.indexOf('.', dot + 1)) {
      List<Rule> rules = wildcards.get(wanted.substring(dot + 1));
      if (rules != null) {
        return Optional.of(rules);
      }
    }
    return Optional.ofNullable(wildcards.get(""));
  }

  static Optional<Rule> match(List<Rule> rules, Rule.Request request) {
    for (Rule rule : rules) {
      if (rule.matches(request)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  /** A Host header or authority as the table has it: lower case, no port, no final dot. */
  static String host(String authority) {
    String host = authority;
    int colon = host.lastIndexOf(':');
    if (colon >= 0 && host.indexOf(']', colon) < 0) {
      host = host.substring(0, colon);
    }
    if (host.endsWith(".")) {
      host = host.substring(0, host.length() - 1);
    }
    return host.toLowerCase(java.util.Locale.ROOT);
  }
}
