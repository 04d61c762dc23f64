package dev.salver.server.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * What a path asks for. Model names are percent-decoded; a version is "" where the path has none.
 */
sealed interface Route {
  record Root() implements Route {}

  record Metrics() implements Route {}

  record Server() implements Route {}

  record Live() implements Route {}

  record Ready() implements Route {}

  record Models() implements Route {}

  record V1Model(String name) implements Route {}

  record V2Model(String name, String version) implements Route {}

  record V2ModelReady(String name, String version) implements Route {}

  record Predict(String name) implements Route {}

  record Explain(String name) implements Route {}

  record Infer(String name, String version) implements Route {}

  record Unknown() implements Route {}

  /** The route of a path, without its query. */
  static Route of(String path) {
    String[] parts = trim(path).split("/", -1);
    return switch (parts[0]) {
      case "" -> parts.length == 1 ? new Root() : new Unknown();
      case "metrics" -> parts.length == 1 ? new Metrics() : new Unknown();
      case "v1" -> v1(parts);
      case "v2" -> v2(parts);
      default -> new Unknown();
    };
  }

  private static Route v1(String[] parts) {
    if (parts.length < 2 || parts.length > 3 || !parts[1].equals("models")) {
      return new Unknown();
    }
    if (parts.length == 2) {
      return new Models();
    }
    int colon = parts[2].lastIndexOf(':');
    String verb = colon < 0 ? "" : parts[2].substring(colon + 1);
    String name = decode(colon < 0 ? parts[2] : parts[2].substring(0, colon));
    return switch (verb) {
      case "" -> new V1Model(decode(parts[2]));
      case "predict" -> new Predict(name);
      case "explain" -> new Explain(name);
      default -> new Unknown();
    };
  }

  private static Route v2(String[] parts) {
    if (parts.length == 1) {
      return new Server();
    }
    if (parts[1].equals("health") && parts.length == 3) {
      return switch (parts[2]) {
        case "live" -> new Live();
        case "ready" -> new Ready();
        default -> new Unknown();
      };
    }
    if (!parts[1].equals("models")) {
      return new Unknown();
    }
    if (parts.length == 2) {
      return new Models();
    }
    boolean versioned = parts.length > 4 && parts[3].equals("versions");
    String name = decode(parts[2]);
    String version = versioned ? decode(parts[4]) : "";
    int rest = versioned ? 5 : 3;
    if (parts.length == rest) {
      return new V2Model(name, version);
    }
    return parts.length != rest + 1
        ? new Unknown()
        : switch (parts[rest]) {
          case "ready" -> new V2ModelReady(name, version);
          case "infer" -> new Infer(name, version);
          default -> new Unknown();
        };
  }

  private static String trim(String path) {
    int start = path.startsWith("/") ? 1 : 0;
    int end = path.length() > 1 && path.endsWith("/") ? path.length() - 1 : path.length();
    return path.substring(start, Math.max(start, end));
  }

  private static String decode(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment;
    }
  }
}
