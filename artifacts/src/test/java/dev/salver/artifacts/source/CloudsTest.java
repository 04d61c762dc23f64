package dev.salver.artifacts.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Google's, Microsoft's and the hub's APIs, by servers that follow their documentation. */
class CloudsTest {
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  @TempDir private Path temp = Path.of("");

  private static String query(HttpExchange exchange, String name) {
    for (String each : String.valueOf(exchange.getRequestURI().getRawQuery()).split("&")) {
      if (each.startsWith(name + "=")) {
        return URLDecoder.decode(each.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  private static void google(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    if (path.equals("/storage/v1/b/models/o")) {
      assertEquals("m/1", query(exchange, "prefix"));
      boolean second = query(exchange, "pageToken").equals("more");
      Server.send(
          exchange,
          200,
          second
              ? "{\"items\": [{\"name\": \"m/1/b\", \"size\": \"1\", \"generation\": \"12\"}]}"
              : "{\"items\": [{\"name\": \"m/1/a x\", \"size\": \"7\", \"generation\": \"11\"}],"
                  + " \"nextPageToken\": \"more\"}");
    } else if (path.equals("/storage/v1/b/models/o/m%2F1%2Fa%20x")) {
      assertEquals("11", query(exchange, "ifGenerationMatch"));
      Server.object(exchange, Asking.bytes("weights"), "\"x\"");
    } else {
      Server.object(exchange, Asking.bytes("b"), "\"y\"");
    }
  }

  @Test
  void googlesObjectsAreReadAtTheGenerationThatWasListed() {
    try (var server = new Server(CloudsTest::google)) {
      var asking = new Asking(Map.of("STORAGE_EMULATOR_HOST", server.root()), temp);
      assertEquals(
          List.of(new ModelSource.Entry("a x", 7), new ModelSource.Entry("b", 1)),
          asking.digest("gs://models/m/1").files());
      try (var source = asking.open("gs://models/m/1")) {
        assertEquals("igh", Asking.read(source, "a x", 2, 3));
      }
    }
  }

  @Test
  void aServiceAccountSignsForItsToken() throws Exception {
    var pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    try (var tokens =
        new Server(
            exchange -> {
              String form =
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
              String[] parts = form.substring(form.indexOf("assertion=") + 10).split("\\.");
              boolean sound;
              try {
                var check = Signature.getInstance("SHA256withRSA");
                check.initVerify(pair.getPublic());
                check.update(Asking.bytes(parts[0] + "." + parts[1]));
                sound = check.verify(Base64.getUrlDecoder().decode(parts[2]));
              } catch (GeneralSecurityException e) {
                throw new IOException(e);
              }
              Server.send(
                  exchange,
                  sound ? 200 : 401,
                  "{\"access_token\": \"ya29.secret\", \"expires_in\": 3600}");
            })) {
      Path file = temp.resolve("key.json");
      Files.writeString(
          file,
          "{\"type\": \"service_account\", \"client_email\": \"me@acme.iam\", \"token_uri\": \""
              + tokens.root()
              + "/token\", \"private_key\": \"-----BEGIN PRIVATE KEY-----\\n"
              + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
              + "\\n-----END PRIVATE KEY-----\\n\"}");
      var surroundings =
          new Surroundings(
              Map.of("GOOGLE_APPLICATION_CREDENTIALS", file.toString()),
              temp,
              java.time.Clock.systemUTC(),
              pause -> {});
      var call = new Call(ModelSource.Limits.DEFAULT, Progress.NONE, surroundings);
      GoogleToken token = GoogleToken.get(surroundings, call);
      assertEquals("ya29.secret", token.token().orElseThrow());
      assertTrue(!token.toString().contains("ya29"));
    }
  }

  private static boolean shared(HttpExchange exchange) {
    var headers = exchange.getRequestHeaders();
    var lines =
        new StringBuilder("GET\n\n\n\n\n\n\n\n")
            .append(headers.getOrDefault("If-Match", List.of("")).getFirst())
            .append("\n\n\n")
            .append(headers.getOrDefault("Range", List.of("")).getFirst())
            .append("\nx-ms-date:")
            .append(headers.getFirst("x-ms-date"))
            .append("\nx-ms-version:")
            .append(headers.getFirst("x-ms-version"))
            .append("\n/acme")
            .append(exchange.getRequestURI().getRawPath());
    for (String name : List.of("comp", "marker", "prefix", "restype")) {
      if (String.valueOf(exchange.getRequestURI().getRawQuery()).contains(name + "=")) {
        lines.append('\n').append(name).append(':').append(query(exchange, name));
      }
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
      return ("SharedKey acme:"
              + Base64.getEncoder().encodeToString(mac.doFinal(Asking.bytes(lines.toString()))))
          .equals(headers.getFirst("Authorization"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void azure(HttpExchange exchange) throws IOException {
    if (!shared(exchange)) {
      Server.send(exchange, 403, "");
    } else if (query(exchange, "comp").equals("list")) {
      Server.send(
          exchange,
          200,
          "<?xml version=\"1.0\"?><EnumerationResults><Blobs><Blob><Name>m/1</Name><Properties>"
              + "<Content-Length>0</Content-Length><ResourceType>directory</ResourceType>"
              + "</Properties></Blob><Blob><Name>m/1/w</Name><Properties><Etag>0x8D</Etag>"
              + "<Content-Length>7</Content-Length></Properties></Blob></Blobs>"
              + "<NextMarker /></EnumerationResults>");
    } else {
      Server.object(exchange, Asking.bytes("weights"), "\"0x8D\"");
    }
  }

  @Test
  void azuresBlobsAreReadWithTheAccountsKey() {
    try (var server = new Server(CloudsTest::azure)) {
      var variables =
          Map.of(
              "AZURE_STORAGE_CONNECTION_STRING",
              "AccountName=acme;AccountKey=" + KEY + ";BlobEndpoint=" + server.root());
      var asking = new Asking(variables, temp);
      assertEquals(
          List.of(new ModelSource.Entry("w", 7)), asking.digest("az://acme/models/m/1").files());
      try (var source = asking.open("az:acme/models/m/1")) {
        assertEquals("igh", Asking.read(source, "w", 2, 3));
      }
      var wrong =
          new Asking(
              Map.of("AZURE_STORAGE_ENDPOINT", server.root(), "AZURE_STORAGE_ACCESS_KEY", "QUJD"),
              temp);
      assertTrue(
          wrong.refusal("az://acme/models/m/1").contains("no access with the account's key"));
    }
    assertTrue(
        new Asking(Map.of(), temp).refusal("az://models").contains("az://ACCOUNT/CONTAINER/PATH"));
  }

  @Test
  void theHubsLargeFilesArePinnedByTheDigestThatItStatesAndFetchedAgainstIt() {
    String commit = "c".repeat(40);
    String small = "{}";
    var stated = new String[] {Asking.sha256("weights")};
    Server.Handler hub =
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          assertEquals("Bearer hf_x", exchange.getRequestHeaders().getFirst("Authorization"));
          if (path.equals("/api/models/acme/chat/revision/v2")) {
            Server.send(exchange, 200, "{\"sha\": \"" + commit + "\"}");
          } else if (path.equals("/api/models/acme/chat/tree/" + commit)) {
            boolean second = query(exchange, "cursor").equals("x");
            if (!second) {
              exchange
                  .getResponseHeaders()
                  .add("Link", "<" + exchange.getRequestURI() + "&cursor=x>; rel=\"next\"");
            }
            Server.send(
                exchange,
                200,
                second
                    ? "[{\"type\": \"file\", \"path\": \"w.safetensors\", \"size\": 7, \"lfs\":"
                        + " {\"oid\": \""
                        + stated[0]
                        + "\", \"size\": 7}}]"
                    : "[{\"type\": \"directory\", \"path\": \"d\"}, {\"type\": \"file\","
                        + " \"path\": \".gitattributes\", \"size\": 3}, {\"type\": \"file\","
                        + " \"path\": \"config.json\", \"size\": 2}]");
          } else {
            boolean config = path.equals("/acme/chat/resolve/" + commit + "/config.json");
            Server.object(exchange, Asking.bytes(config ? small : "weights"), "\"e\"");
          }
        };
    try (var server = new Server(hub)) {
      var asking = new Asking(Map.of("HF_ENDPOINT", server.root(), "HF_TOKEN", "hf_x"), temp);
      var pinned = asking.digest("hf://acme/chat:v2");
      assertEquals(
          List.of(
              new ModelSource.Entry("config.json", 2), new ModelSource.Entry("w.safetensors", 7)),
          pinned.files());
      assertTrue(server.asked.stream().noneMatch(each -> each.contains("w.safetensors")));
      assertEquals(pinned, asking.fetch("hf://acme/chat:v2", temp.resolve("to")));
      stated[0] = "0".repeat(64);
      try (var source = asking.open("hf://acme/chat:v2")) {
        String told = source.fetch(temp.resolve("bad"), ModelSource.Limits.DEFAULT).toString();
        assertTrue(told.contains("DigestMismatch"), told);
      }
    }
  }
}
