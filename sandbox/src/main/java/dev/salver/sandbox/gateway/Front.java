package dev.salver.sandbox.gateway;

import dev.salver.edge.Forward;
import dev.salver.edge.ReplayableBody;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says what a request asks for: a host, a service by path, the list, or a proxy's service. */
final class Front {
  private static final String SERVING = "/serving/";

  private final Exchange.Shared shared;
  private final Function<Backend.Ref, Pool> pools;

  Front(Exchange.Shared shared, Function<Backend.Ref, Pool> pools) {
    this.shared = shared;
    this.pools = pools;
  }

  /** What the request line and Host say. */
  private record Asked(String authority, String uri, boolean proxied) {
    static Asked of(HttpServerRequest request) {
      String uri = request.uri();
      if (uri.regionMatches(true, 0, "http://", 0, 7)) {
        int slash = uri.indexOf('/', 7);
        int query = uri.indexOf('?', 7);
        int end = slash < 0 ? (query < 0 ? uri.length() : query) : slash;
        String rest = uri.substring(end);
        return new Asked(uri.substring(7, end), rest.startsWith("/") ? rest : "/" + rest, true);
      }
      HostAndPort authority = request.authority();
      return new Asked(authority == null ? "" : authority.toString(), uri, false);
    }

    String path() {
      int query = uri.indexOf('?');
      return query < 0 ? uri : uri.substring(0, query);
    }
  }

  /** A request as rules see it. */
  private record Seen(HttpServerRequest request, String path) implements Rule.Request {
    @Override
    public String method() {
      return request.method().name();
    }

    @Override
    public @Nullable String header(String name) {
      return request.getHeader(name);
    }
  }

  void handle(HttpServerRequest request, RoutingTable table, int port) {
    Asked asked = Asked.of(request);
    if (request.method().equals(HttpMethod.CONNECT) || !asked.uri().startsWith("/")) {
      Answers.error(request, 405, "NotCarried", "the gateway carries plain HTTP requests only");
      return;
    }
    String host = RoutingTable.host(asked.authority());
    if (isLoopback(host) && (!asked.proxied() || asked.authority().endsWith(":" + port))) {
      local(request, asked, table, port);
      return;
    }
    Optional<List<Rule>> rules =
        Optional.ofNullable(table.hosts().get(asked.authority().toLowerCase(java.util.Locale.ROOT)))
            .or(() -> table.rules(host));
    if (rules.isPresent()) {
      route(request, rules.get(), asked.path(), asked.uri(), asked.authority(), "");
    } else if (asked.proxied() && shared.options().forwardProxy() && !isOfCluster(host)) {
      outside(request, asked);
    } else {
      Answers.error(
          request,
          404,
          "UnknownHost",
          "nothing is served for host " + host,
          table.entries().values().stream().map(RoutingTable.Entry::host).sorted().toList());
    }
  }

  private void local(HttpServerRequest request, Asked asked, RoutingTable table, int port) {
    String path = asked.path();
    if (path.equals("/")) {
      Answers.index(request, port, table.entries());
      return;
    }
    if (path.startsWith(SERVING)) {
      String[] parts = path.substring(SERVING.length()).split("/", 3);
      if (parts.length >= 2) {
        RoutingTable.Entry entry = table.entries().get(parts[0] + "/" + parts[1]);
        if (entry != null) {
          String prefix = SERVING + parts[0] + "/" + parts[1];
          String uri = asked.uri().substring(prefix.length());
          String inner = path.substring(prefix.length());
          route(
              request,
              entry.rules(),
              inner.isEmpty() ? "/" : inner,
              uri.startsWith("/") ? uri : "/" + uri,
              entry.host(),
              prefix);
          return;
        }
      }
    }
    Answers.error(
        request,
        404,
        "UnknownPath",
        "nothing is served at " + path + "; services are at /serving/NAMESPACE/NAME/",
        table.entries().keySet().stream().map(id -> SERVING + id + "/").toList());
  }

  private void route(
      HttpServerRequest request,
      List<Rule> rules,
      String path,
      String uri,
      String authority,
      String prefix) {
    Optional<Rule> rule = RoutingTable.match(rules, new Seen(request, path));
    if (rule.isEmpty()) {
      Answers.error(request, 404, "UnknownPath", "no route of " + authority + " takes " + path);
      return;
    }
    Optional<Backend.Ref> backend = rule.get().pick(ThreadLocalRandom.current().nextDouble());
    if (backend.isEmpty()) {
      Answers.error(
          request, 503, "NoBackend", authority + " has no revision that takes requests yet");
      return;
    }
    Rule.HeaderEdits edits = rule.get().edits();
    String host = edits.set().getOrDefault("Host", edits.set().getOrDefault("host", authority));
    new Exchange(
            shared,
            request,
            new Outgoing(uri, host, prefix, edits),
            pools.apply(backend.get()),
            rule.get().timeout())
        .start();
  }

  /** A plain forward proxy for children that fetch from outside the cluster. */
  private void outside(HttpServerRequest request, Asked asked) {
    HostAndPort to = HostAndPort.parseAuthority(asked.authority(), 80);
    if (to == null) {
      Answers.error(request, 400, "BadHost", "\"" + asked.authority() + "\" is not a host");
      return;
    }
    var body =
        new ReplayableBody(
            request,
            shared.options().maxBody(),
            shared.options().replay(),
            why -> Answers.error(request, 413, "TooLarge", String.valueOf(why.getMessage())));
    var forward = new Forward(shared.vertx(), body, request.response(), headers -> {});
    request.response().closeHandler(ignored -> forward.abandon());
    var options =
        new RequestOptions()
            .setMethod(request.method())
            .setURI(asked.uri())
            .setHost(to.host())
            .setPort(to.port() < 0 ? 80 : to.port());
    io.vertx.core.MultiMap headers = io.vertx.core.MultiMap.caseInsensitiveMultiMap();
    dev.salver.edge.Hops.copy(request.headers(), headers);
    options.setHeaders(headers);
    forward
        .send(shared.http1(), options, to, shared.options().timeout())
        .onComplete(ended -> outsideEnded(request, asked.authority(), ended.result()));
  }

  private static void outsideEnded(
      HttpServerRequest request, String authority, Forward.Outcome outcome) {
    switch (outcome) {
      case Forward.Outcome.Unreached u ->
          Answers.error(
              request,
              502,
              "Unreachable",
              "can't reach " + authority + ": " + u.cause().getMessage());
      case Forward.Outcome.Unanswered u ->
          Answers.error(
              request, 502, "Unanswered", authority + " went away: " + u.cause().getMessage());
      case Forward.Outcome.TimedOut t ->
          Answers.error(request, 504, "Timeout", authority + " did not answer in time");
      case Forward.Outcome.Answered a -> {}
      case Forward.Outcome.Broken b -> {}
      case Forward.Outcome.Abandoned a -> {}
    }
  }

  private static boolean isLoopback(String host) {
    return host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
  }

  private static boolean isOfCluster(String host) {
    return host.endsWith(".svc")
        || host.endsWith(".cluster.local")
        || host.endsWith(".localhost")
        || host.isEmpty();
  }
}
