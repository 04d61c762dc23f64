package dev.salver.sandbox.api.http;

import dev.salver.sandbox.api.ApiException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One request, read whole. */
record Call(String method, String path, MultiMap query, MultiMap headers, Buffer body) {
  private static final int MAX_MANAGER = 128;

  String text(String parameter) {
    String value = query.get(parameter);
    return value == null ? "" : value;
  }

  boolean is(String parameter) {
    String value = text(parameter);
    return value.equals("true") || value.equals("1");
  }

  /** A whole number that is not negative, or empty. */
  Optional<Long> number(String parameter) {
    String value = text(parameter);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!value.matches("[0-9]{1,18}")) {
      throw new ApiException(
          400, "BadRequest", parameter + " is \"" + value + "\", want a whole number");
    }
    return Optional.of(Long.parseLong(value));
  }

  String header(String name) {
    String value = headers.get(name);
    return value == null ? "" : value;
  }

  /** The media type of the body, without parameters. */
  String contentType() {
    String value = header("content-type");
    int end = value.indexOf(';');
    return (end < 0 ? value : value.substring(0, end)).strip();
  }

  String bodyText() {
    return body.toString(StandardCharsets.UTF_8);
  }

  boolean dryRun() {
    return switch (text("dryRun")) {
      case "" -> false;
      case "All" -> true;
      default ->
          throw new ApiException(
              422, "Invalid", "dryRun: Unsupported value: \"" + text("dryRun") + "\": want All");
    };
  }

  /** As given, or the first word of the user agent, as an API server takes it. */
  String fieldManager() {
    String given = text("fieldManager");
    if (given.length() > MAX_MANAGER) {
      throw new ApiException(
          422, "Invalid", "fieldManager: Too long: may not be more than 128 bytes");
    }
    if (!given.isEmpty()) {
      return given;
    }
    String agent = header("user-agent");
    int end = agent.indexOf('/');
    String first = end < 0 ? agent : agent.substring(0, end);
    return first.isEmpty() ? "unknown" : first.substring(0, Math.min(first.length(), MAX_MANAGER));
  }
}
