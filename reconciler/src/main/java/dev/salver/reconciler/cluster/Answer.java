package dev.salver.reconciler.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An API server's answer: a code and usually an object or a Status. */
record Answer(int code, String body, Optional<Duration> retryAfter) {
  private static final int LONGEST = 600;

  boolean ok() {
    return code >= 200 && code < 300;
  }

  /** The body as a tree; missing where it is not JSON. */
  JsonNode json() {
    try {
      return Json.parse(body);
    } catch (IllegalArgumentException e) {
      return MissingNode.getInstance();
    }
  }

  /** The object in a successful answer. */
  KubeObject object(String server) {
    if (json() instanceof ObjectNode tree) {
      return new KubeObject(tree);
    }
    throw new ClusterException(server + " answered " + code + " with something that is no object");
  }

  /** {@code NotFound}, {@code Conflict} …; empty where the answer is no Status. */
  String reason() {
    return json().path("reason").asText();
  }

  /** What the server says, in one line. */
  String message() {
    String message = json().path("message").asText();
    String text = message.isEmpty() ? body.strip() : message;
    String line = text.isEmpty() ? "HTTP " + code : text.replaceAll("\\s*\\R\\s*", "; ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  /** The field conflicts of a refused apply; empty where the conflict is of another kind. */
  List<String> fieldConflicts() {
    var conflicts = new ArrayList<String>();
    for (JsonNode cause : json().path("details").path("causes")) {
      if (cause.path("reason").asText().equals("FieldManagerConflict")) {
        conflicts.add(cause.path("field").asText() + " (" + cause.path("message").asText() + ")");
      }
    }
    return conflicts;
  }

  static Optional<Duration> retryAfter(@Nullable String header) {
    if (header == null || !header.matches("[0-9]{1,4}")) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofSeconds(Long.parseLong(header)));
  }
}
