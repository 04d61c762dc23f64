package dev.salver.sandbox.gateway;

import dev.salver.edge.Hops;
import dev.salver.edge.TraceContext;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What a request looks like when it goes on.
 *
 * @param uri path and query
 * @param authority its Host
 * @param prefix what was taken off the path; empty for nothing
 */
record Outgoing(String uri, String authority, String prefix, Rule.HeaderEdits edits) {
  /** Method, URI and headers; the caller says where to. */
  RequestOptions options(HttpServerRequest request, Backend.Ref backend) {
    MultiMap headers = headers(request);
    if (backend instanceof Backend.Ref.Revision) {
      headers.set("Knative-Serving-Namespace", backend.namespace());
      headers.set("Knative-Serving-Revision", backend.name());
    }
    return new RequestOptions().setMethod(request.method()).setURI(uri).setHeaders(headers);
  }

  MultiMap headers(HttpServerRequest request) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    Hops.copy(request.headers(), headers);
    String from = request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
    String before = headers.get("x-forwarded-for");
    headers.set("x-forwarded-for", before == null ? from : before + ", " + from);
    if (!headers.contains("x-forwarded-proto")) {
      headers.set("x-forwarded-proto", "http");
    }
    if (!headers.contains("x-forwarded-host")) {
      headers.set(
          "x-forwarded-host",
          Optional.ofNullable(request.authority()).map(Object::toString).orElse(authority));
    }
    if (!prefix.isEmpty()) {
      headers.set("x-forwarded-prefix", prefix);
    }
    if (!headers.contains("x-request-id")) {
      headers.set("x-request-id", UUID.randomUUID().toString());
    }
    if (TraceContext.parse(headers.get(TraceContext.HEADER)).isEmpty()) {
      headers.set(TraceContext.HEADER, TraceContext.start().header());
      headers.remove("tracestate");
    }
    edits.remove().forEach(headers::remove);
    edits
        .set()
        .forEach(
            (name, value) -> {
              if (!name.toLowerCase(Locale.ROOT).equals("host")) {
                headers.set(name, value);
              }
            });
    edits.add().forEach(headers::add);
    return headers;
  }
}
