package dev.salver.server.http;

import dev.salver.server.codec.JsonOut;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * A whole answer.
 *
 * @param header one more header as name and value, both "" for none
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
record Reply(int status, String type, byte[] body, String header, String value) {
  private static final String JSON = "application/json";

  static Reply json(byte[] body) {
    return new Reply(200, JSON, body, "", "");
  }

  static Reply text(String type, String body) {
    return new Reply(200, type, body.getBytes(java.nio.charset.StandardCharsets.UTF_8), "", "");
  }

  /** Every error has this form. */
  static Reply error(int status, String message) {
    return new Reply(
        status, JSON, new JsonOut().raw("{\"error\":").quoted(message).raw('}').bytes(), "", "");
  }

  Reply status(int other) {
    return new Reply(other, type, body, header, value);
  }

  Reply with(String name, String content) {
    return new Reply(status, type, body, name, content);
  }

  void send(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return;
    }
    response.setStatusCode(status).putHeader("content-type", type);
    if (!header.isEmpty()) {
      response.putHeader(header, value);
    }
    if (request.method().equals(HttpMethod.HEAD)) {
      response.putHeader("content-length", Integer.toString(body.length));
      response.end();
    } else {
      response.end(Buffer.buffer(body));
    }
  }
}
