package dev.salver.server.http;

import dev.salver.server.metrics.ServerMetrics;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/** Answers every request to the model server. */
public final class ModelFace implements Handler<HttpServerRequest> {
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Serving serving;
  private final ServerMetrics metrics;
  private final Limits limits;
  private final Budget budget;
  private final String version;

  /**
   * What a request may cost.
   *
   * @param body bytes of one body
   * @param bodies bytes of all bodies in memory
   * @param time from arrival to answer
   */
  public record Limits(int body, long bodies, Duration time) {}

  /**
   * A face for a model.
   *
   * @param version the server's own
   */
  public ModelFace(Serving serving, ServerMetrics metrics, Limits limits, String version) {
    this.serving = serving;
    this.metrics = metrics;
    this.limits = limits;
    this.budget = new Budget(limits.bodies());
    this.version = version;
  }

  @Override
  public void handle(HttpServerRequest request) {
    String path = request.path() == null ? "" : request.path();
    Route route = Route.of(path);
    boolean read =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    boolean post = request.method().equals(HttpMethod.POST);
    switch (route) {
      case Route.Unknown() ->
          Reply.error(404, "there is nothing at " + path + "; see /v2/models or /v1/models")
              .send(request);
      case Route.Predict(String name) when post -> infer(request, name, "", false);
      case Route.Infer(String name, String wanted) when post -> infer(request, name, wanted, true);
      case Route.Explain(String name) when post ->
          Reply.error(501, "model " + name + " has no explainer").send(request);
      case Route.Predict p -> notAllowed(request, "POST");
      case Route.Infer i -> notAllowed(request, "POST");
      case Route.Explain e -> notAllowed(request, "POST");
      default -> {
        if (read) {
          describe(route).send(request);
        } else {
          notAllowed(request, "GET, HEAD");
        }
      }
    }
  }

  private static void notAllowed(HttpServerRequest request, String allowed) {
    Reply.error(405, request.method() + " is not allowed here, only " + allowed)
        .with("allow", allowed)
        .send(request);
  }

  private Reply describe(Route route) {
    return switch (route) {
      case Route.Root() -> Reply.json(bytes("{\"status\":\"alive\"}"));
      case Route.Server() -> Descriptions.server(version);
      case Route.Live() -> Reply.json(bytes("{\"live\":true}"));
      case Route.Ready() ->
          serving.ready()
              ? Reply.json(bytes("{\"ready\":true}"))
              : Reply.json(bytes("{\"ready\":false}")).status(503);
      case Route.Metrics() ->
          Reply.text(
              METRICS_TYPE,
              metrics.text(
                  serving.ready(), () -> serving.served().map(s -> s.pool().waiting()).orElse(0)));
      case Route.Models() -> Descriptions.models(serving.name());
      case Route.V1Model(String name) -> readiness(name, "");
      case Route.V2ModelReady(String name, String wanted) -> readiness(name, wanted);
      case Route.V2Model(String name, String wanted) ->
          missing(name, wanted)
              .orElseGet(
                  () ->
                      serving
                          .served()
                          .map(served -> Descriptions.model(name, served))
                          .orElseGet(this::notReady));
      case Route.Predict p -> throw new IllegalStateException("has a body");
      case Route.Infer i -> throw new IllegalStateException("has a body");
      case Route.Explain e -> throw new IllegalStateException("has a body");
      case Route.Unknown u -> throw new IllegalStateException("answered before");
    };
  }

  private Reply readiness(String name, String wanted) {
    return missing(name, wanted)
        .orElseGet(() -> serving.ready() ? Descriptions.readiness(name) : notReady());
  }

  private void infer(HttpServerRequest request, String name, String wanted, boolean v2) {
    metrics.begin();
    var exchange = new Exchange(request, metrics, v2, limits.time(), budget);
    var missing = missing(name, wanted);
    var served = serving.served();
    if (missing.isPresent()) {
      exchange.refuse(missing.get());
    } else if (served.isEmpty()) {
      exchange.refuse(notReady());
    } else if (request.getHeader("inference-header-content-length") != null) {
      exchange.refuse(
          Reply.error(
              400,
              "tensors as binary data (Inference-Header-Content-Length) are not supported by this"
                  + " server; send the data as JSON"));
    } else {
      Intake.read(request, limits.body(), budget, result -> exchange.body(result, served.get()));
    }
  }

  private java.util.Optional<Reply> missing(String name, String wanted) {
    if (!name.equals(serving.name())) {
      return java.util.Optional.of(
          Reply.error(404, "Model with name " + name + " does not exist."));
    }
    return serving
        .served()
        .filter(served -> !wanted.isEmpty() && !wanted.equals(served.version()))
        .map(
            served ->
                Reply.error(
                    404,
                    "Model "
                        + name
                        + " has no version "
                        + wanted
                        + "; it serves version "
                        + served.version()
                        + "."));
  }

  private Reply notReady() {
    return Reply.error(503, "Model with name " + serving.name() + " is not ready.")
        .with("retry-after", "1");
  }

  private static byte[] bytes(String json) {
    return json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
