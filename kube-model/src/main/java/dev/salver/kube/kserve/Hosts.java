package dev.salver.kube.kserve;

import dev.salver.kube.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Hosts and URLs of an InferenceService under the configured templates. */
public final class Hosts {
  /** A host, or why the template gives none. */
  public sealed interface Host {
    record Valid(String name) implements Host {}

    /** {@code message} as KServe words it. */
    record Invalid(String name, String message) implements Host {}
  }

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  private Hosts() {}

  /** The host of a name under {@code ingress.domainTemplate}. */
  public static Host of(String name, InferenceService service, ServingConfig config) {
    String host =
        Placeholders.fill(
            config.ingress("domainTemplate"),
            Placeholders.Values.of(service.object())
                .withName(name)
                .withDomain(config.ingressDomain()));
    return problem(host)
        .<Host>map(
            problem ->
                new Host.Invalid(host, "invalid domain name \"" + host + "\": url: " + problem))
        .orElseGet(() -> new Host.Valid(host));
  }

  /** {@code SCHEME://HOST[:PORT]}; the port is the configured one. */
  public static String url(String scheme, String host, ServingConfig config) {
    return scheme + "://" + host + config.urlPort().map(port -> ":" + port).orElse("");
  }

  /** The path of a service under {@code ingress.pathTemplate}; empty where there is none. */
  public static String path(InferenceService service, ServingConfig config) {
    return Placeholders.fill(
        config.ingress("pathTemplate"), Placeholders.Values.of(service.object()));
  }

  /** The hosts under {@code additionalIngressDomains} that stand beside one. */
  public static List<String> additional(String host, ServingConfig config) {
    String domain = config.ingressDomain();
    var result = new ArrayList<String>();
    if (!host.endsWith(domain) || host.length() == domain.length()) {
      return result;
    }
    String sub = host.substring(0, host.length() - domain.length());
    for (String other : Trees.texts(config.section("ingress").path("additionalIngressDomains"))) {
      String candidate = sub + other;
      if (problem(candidate).isEmpty() && !result.contains(candidate)) {
        result.add(candidate);
      }
    }
    return result;
  }

  private static Optional<String> problem(String host) {
    if (host.isEmpty()) {
      return Optional.of("Required value");
    }
    if (host.length() > 253) {
      return Optional.of("Invalid value: \"" + host + "\": must be no more than 253 characters");
    }
    String[] labels = host.split("\\.", -1);
    if (labels.length < 2) {
      return Optional.of(
          "Invalid value: \""
              + host
              + "\": should be a domain with at least two segments separated by dots");
    }
    for (String label : labels) {
      if (label.length() > 63) {
        return Optional.of("Invalid value: \"" + label + "\": must be no more than 63 characters");
      }
      if (!LABEL.matcher(label).matches()) {
        return Optional.of(
            "Invalid value: \""
                + label
                + "\": a lowercase RFC 1123 label must consist of lower case alphanumeric"
                + " characters or '-', and must start and end with an alphanumeric character");
      }
    }
    return Optional.empty();
  }
}
