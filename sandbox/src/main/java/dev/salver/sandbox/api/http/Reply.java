package dev.salver.sandbox.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Json;
import dev.salver.sandbox.api.ApiException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/** What goes back. */
sealed interface Reply {
  /** A whole body. */
  record Whole(int code, String contentType, Buffer body) implements Reply {}

  /** A body that comes as it is made. */
  record Streamed(String contentType, Stream stream) implements Reply {}

  /** Writes a body bit by bit, on a thread that may block, until it or the client ends. */
  @FunctionalInterface
  interface Stream {
    void writeTo(Sink sink) throws IOException, InterruptedException;
  }

  /** The client's end of a stream. */
  interface Sink {
    /** Waits until the bytes are on their way; fails where the client takes too long or is gone. */
    void write(byte[] bytes) throws IOException, InterruptedException;

    boolean isGone();

    /** Is called once when the client goes away. */
    void whenGone(Runnable task);
  }

  static Reply json(int code, JsonNode tree) {
    return json(code, "application/json", tree);
  }

  static Reply json(int code, String contentType, JsonNode tree) {
    return new Whole(code, contentType, Buffer.buffer(bytes(tree)));
  }

  static Reply text(String text) {
    return new Whole(200, "text/plain; charset=utf-8", Buffer.buffer(text));
  }

  static Reply failure(ApiException failure) {
    return json(failure.code(), failure.toStatus());
  }

  static byte[] bytes(JsonNode tree) {
    try {
      return Json.mapper().writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
