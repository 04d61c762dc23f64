package dev.salver.sandbox.api.http;

import dev.salver.sandbox.api.ApiException;
import dev.salver.sandbox.api.tls.Credentials;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Optional;
import java.util.Set;

/**
 * Who gets in. A foreign Host means a web page that had its name resolved to this machine; it is
 * turned away before the token is looked at.
 */
record Gate(Credentials credentials) {
  private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost", "::1", "[::1]");
  private static final String SCHEME = "bearer ";

  Optional<ApiException> refusal(HttpServerRequest request) {
    HostAndPort host = request.authority();
    if (host == null || !OWN_NAMES.contains(host.host())) {
      return Optional.of(
          new ApiException(
              403, "Forbidden", "the Host header names another machine; use 127.0.0.1"));
    }
    String shown = request.getHeader("authorization");
    boolean known =
        shown != null
            && shown.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            && credentials.accepts(shown.substring(SCHEME.length()).strip());
    return known
        ? Optional.empty()
        : Optional.of(new ApiException(401, "Unauthorized", "Unauthorized"));
  }
}
