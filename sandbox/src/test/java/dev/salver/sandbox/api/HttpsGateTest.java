package dev.salver.sandbox.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

/** Who and what gets in, as HTTP clients see it. */
final class HttpsGateTest extends HttpsCase {
  @Test
  void nobodyGetsInWithoutTheToken() {
    for (String token : List.of("", "Bearer ", "Bearer wrong", "Basic abc")) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(client.server() + "/api/v1/pods"));
      if (!token.isEmpty()) {
        request.header("authorization", token);
      }
      HttpResponse<String> response = client.send(request.build());
      assertEquals(401, response.statusCode(), token);
      assertEquals("Unauthorized", Json.parse(response.body()).path("reason").asText());
    }
  }

  @Test
  void aForeignHostIsTurnedAwayBeforeItsTokenIsLookedAt() throws Exception {
    assertEquals(403, statusFor("evil.example:443"));
    assertEquals(401, statusFor("localhost"));
    assertEquals(401, statusFor("127.0.0.1:" + URI.create(client.server()).getPort()));
  }

  @Test
  void aBodyOverTheLimitIsRefused() {
    var refused =
        assertThrows(
            ApiException.class,
            () ->
                client.write(
                    "POST", MAPS, "application/json", "{\"x\":\"" + "y".repeat(4 << 20) + "\"}"));
    assertEquals(413, refused.code());
  }

  @Test
  void nonsenseIsABadRequestThatSaysWhatIsWrong() {
    assertRefused(400, "POST", MAPS, "application/json", "{\"kind\": ", "Unexpected end-of-input");
    assertRefused(400, "POST", MAPS, "application/json", "{\"a\":1,\"a\":2}", "Duplicate field");
    assertRefused(400, "POST", MAPS, "application/json", "[]", "not an object");
    assertRefused(400, "POST", MAPS, "application/json", "{}", "'apiVersion' is missing");
    assertRefused(
        400,
        "POST",
        MAPS,
        "application/json",
        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"}}",
        "the path is for v1/ConfigMap");
    assertRefused(415, "POST", MAPS, "text/plain", "hello", "unknown format");
    assertRefused(400, "POST", MAPS, "application/yaml", "a: &x [1]\nb: [*x, *x]", "");
    assertRefused(
        422,
        "POST",
        MAPS,
        "application/yaml",
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: 'Bad_Name'}}",
        "RFC 1123 subdomain");
    assertRefused(
        400,
        "POST",
        MAPS,
        "application/yaml",
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {n: 1}}}",
        "metadata.labels.n is not a string");
    assertRefused(405, "DELETE", MAPS + "/x/status", "application/json", "{}", "does not allow");
  }

  @Test
  void whatIsNotServedIsNotFound() {
    for (String path :
        List.of("/apis/nothing.example/v1/things", "/api/v1/nothings", "/nothing", "/api/v2")) {
      JsonNode status = client.json(path);
      assertEquals(404, status.path("code").asInt(), path);
      assertEquals(
          "the server could not find the requested resource", status.path("message").asText());
    }
  }

  /** The status for a Host that java.net.http would not send. */
  private static int statusFor(String host) throws IOException, GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anyone()}, null);
    URI server = URI.create(client.server());
    try (Socket socket =
        context.getSocketFactory().createSocket(server.getHost(), server.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("GET /api HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return Integer.parseInt(in.readLine().split(" ")[1]);
    }
  }

  /** Trust is not what this test is about. */
  private static final class Anyone implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
