package dev.salver.server.model;

import dev.salver.server.http.Serving;
import dev.salver.server.tensor.ModelSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Calls the server the way its clients will, so that a run under {@code -XX:AOTCacheOutput} sees
 * every class and every hot method of a serving process.
 */
final class Training {
  private static final int ROUNDS = 200;
  private static final int SILENCE_MS = 30_000;

  private Training() {}

  static void run(int port, Serving serving) throws IOException {
    ModelSpec model = serving.served().orElseThrow().spec();
    String name = serving.name();
    byte[] v1 = Samples.v1(model);
    byte[] v2 = Samples.v2(model);
    byte[] broken = "{\"inputs\":[".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < ROUNDS; i++) {
      call(port, "POST /v2/models/" + name + "/infer", v2);
      call(port, "POST /v1/models/" + name + ":predict", v1);
      if (i % 10 == 0) {
        call(port, "POST /v2/models/" + name + "/infer", broken);
        call(port, "GET /v2/models/" + name, new byte[0]);
        call(port, "GET /v2/health/ready", new byte[0]);
        call(port, "GET /metrics", new byte[0]);
        call(port, "GET /nothing", new byte[0]);
      }
    }
  }

  private static void call(int port, String target, byte[] body) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(SILENCE_MS);
      var request = new ByteArrayOutputStream();
      String head =
          target
              + " HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
              + "content-type: application/json\r\ncontent-length: "
              + body.length
              + "\r\n\r\n";
      request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
      request.writeBytes(body);
      socket.getOutputStream().write(request.toByteArray());
      InputStream in = socket.getInputStream();
      if (in.readAllBytes().length == 0) {
        throw new IOException("no answer to " + target);
      }
    }
  }
}
