package dev.salver.sandbox.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What the gateway says itself: errors as JSON, or as a gRPC status to who speaks gRPC. */
final class Answers {
  private static final int SHOWN = 50;

  private Answers() {}

  static boolean isGrpc(HttpServerRequest request) {
    String type = request.getHeader("content-type");
    return type != null && type.startsWith("application/grpc");
  }

  /** An error; {@code reason} is for programs, {@code message} for people. */
  static void error(HttpServerRequest request, int status, String reason, String message) {
    error(request, status, reason, message, List.of());
  }

  static void error(
      HttpServerRequest request, int status, String reason, String message, List<String> hosts) {
    HttpServerResponse response = request.response();
    if (response.headWritten() || response.ended() || response.closed()) {
      return;
    }
    if (status == 503) {
      response.putHeader("retry-after", "1");
    }
    if (isGrpc(request)) {
      response
          .putHeader("content-type", "application/grpc")
          .putHeader("grpc-status", grpc(status))
          .putHeader(
              "grpc-message",
              URLEncoder.encode(message, StandardCharsets.UTF_8).replace("+", "%20"))
          .end();
      return;
    }
    ObjectNode body = Json.object().put("error", message).put("reason", reason);
    if (!hosts.isEmpty()) {
      ArrayNode known = body.putArray("hosts");
      hosts.stream().limit(SHOWN).forEach(known::add);
    }
    response
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(Json.write(body) + "\n");
  }

  /** The list of services and where to call them, as a page for browsers and as JSON. */
  static void index(HttpServerRequest request, int port, Map<String, RoutingTable.Entry> entries) {
    String accept = request.getHeader("accept");
    boolean html = accept != null && accept.contains("text/html");
    ArrayNode services = Json.array();
    var page = new StringBuilder("<!doctype html><title>Salver</title><h1>Services</h1><ul>");
    entries.forEach(
        (id, entry) -> {
          String url = "http://127.0.0.1:" + port + "/serving/" + id + "/";
          int slash = id.indexOf('/');
          services
              .addObject()
              .put("namespace", id.substring(0, slash))
              .put("name", id.substring(slash + 1))
              .put("url", url)
              .put("host", entry.host());
          page.append("<li><a href=\"")
              .append(escaped(url))
              .append("\">")
              .append(escaped(id))
              .append("</a> ")
              .append(escaped(entry.host()));
        });
    page.append("</ul>\n");
    request
        .response()
        .putHeader("content-type", html ? "text/html; charset=utf-8" : "application/json")
        .end(html ? page.toString() : Json.write(Json.object().set("services", services)) + "\n");
  }

  private static String grpc(int status) {
    return switch (status) {
      case 404, 405 -> "12";
      case 413 -> "8";
      case 504 -> "4";
      case 400 -> "13";
      default -> "14";
    };
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
