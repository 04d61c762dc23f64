package dev.salver.artifacts.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against a store that follows the REST API's documentation: it checks every signature on its own,
 * pages its listings, honours ranges and If-Match.
 */
class S3Test {
  private static final String ID = "AKIDEXAMPLE";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final int PAGE = 2;

  @TempDir private Path temp = Path.of("");
  private final TreeMap<String, String> objects = new TreeMap<>();
  private boolean open;
  private String region = "us-east-1";
  private Server server;

  @BeforeEach
  void start() {
    server = new Server(this::answer);
    objects.put("m/1/model.onnx", "some weights");
    objects.put("m/1/config/a b+c.json", "{}");
    objects.put("m/1/", "");
    objects.put("m/1/.hidden", "x");
    objects.put("m/10/model.onnx", "other weights");
    objects.put("iris.onnx", "iris");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (!open && !signed(exchange)) {
      Server.send(exchange, 403, "<Error><Code>SignatureDoesNotMatch</Code></Error>");
      return;
    }
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/models/")) {
      list(exchange);
      return;
    }
    String body = objects.get(path.substring("/models/".length()));
    if (body == null) {
      Server.send(exchange, 404, "");
    } else {
      Server.object(exchange, Asking.bytes(body), tag(body));
    }
  }

  private static String tag(String body) {
    return "\"" + Asking.sha256(body).substring(0, 32) + "\"";
  }

  private void list(HttpExchange exchange) throws IOException {
    Map<String, String> query = query(exchange.getRequestURI());
    assertEquals("2", query.get("list-type"));
    String after = query.getOrDefault("continuation-token", "");
    var keys =
        objects.keySet().stream()
            .filter(key -> key.startsWith(query.getOrDefault("prefix", "")))
            .filter(key -> key.compareTo(after) > 0)
            .toList();
    var xml =
        new StringBuilder(
            "<?xml version=\"1.0\"?><ListBucketResult"
                + " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>models</Name>");
    for (String key : keys.subList(0, Math.min(PAGE, keys.size()))) {
      String body = String.valueOf(objects.get(key));
      xml.append("<Contents><Key>").append(key).append("</Key><ETag>&quot;");
      xml.append(tag(body).replace("\"", "")).append("&quot;</ETag><Size>");
      xml.append(body.length()).append("</Size><Owner><ID>x</ID></Owner></Contents>");
    }
    boolean more = keys.size() > PAGE;
    xml.append("<IsTruncated>").append(more).append("</IsTruncated>");
    if (more) {
      xml.append("<NextContinuationToken>")
          .append(keys.get(PAGE - 1))
          .append("</NextContinuationToken>");
    }
    Server.send(exchange, 200, xml.append("</ListBucketResult>").toString());
  }

  private static Map<String, String> query(URI uri) {
    var query = new LinkedHashMap<String, String>();
    for (String each : String.valueOf(uri.getRawQuery()).split("&")) {
      int equals = each.indexOf('=');
      if (equals > 0) {
        query.put(
            each.substring(0, equals),
            URLDecoder.decode(each.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  /** The server's side of Signature Version 4, step by step as it is documented. */
  private boolean signed(HttpExchange exchange) {
    String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    if (!authorization.startsWith("AWS4-HMAC-SHA256 ")) {
      return false;
    }
    String day = exchange.getRequestHeaders().getFirst("x-amz-date").substring(0, 8);
    String scope = day + "/" + region + "/s3/aws4_request";
    String start = "AWS4-HMAC-SHA256 Credential=" + ID + "/" + scope + ", SignedHeaders=";
    if (!authorization.startsWith(start)) {
      return false;
    }
    String names = authorization.substring(start.length(), authorization.indexOf(", Signature="));
    if (!names.contains("host") || !names.contains("x-amz-date")) {
      return false;
    }
    URI uri = exchange.getRequestURI();
    var lines = new ArrayList<String>();
    lines.add(exchange.getRequestMethod());
    lines.add(uri.getRawPath());
    lines.add(uri.getRawQuery() == null ? "" : uri.getRawQuery());
    for (String name : names.split(";")) {
      lines.add(name + ":" + exchange.getRequestHeaders().getFirst(name));
    }
    lines.add("");
    lines.add(names);
    lines.add(exchange.getRequestHeaders().getFirst("x-amz-content-sha256"));
    String text =
        "AWS4-HMAC-SHA256\n"
            + exchange.getRequestHeaders().getFirst("x-amz-date")
            + "\n"
            + scope
            + "\n"
            + Asking.sha256(String.join("\n", lines));
    byte[] key = Asking.bytes("AWS4" + SECRET);
    for (String part : List.of(day, region, "s3", "aws4_request", text)) {
      key = hmac(key, part);
    }
    return MessageDigest.isEqual(
        Asking.bytes(authorization.substring(authorization.indexOf("Signature=") + 10)),
        Asking.bytes(HexFormat.of().formatHex(key)));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(Asking.bytes(text));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Asking asking(String... more) {
    var variables = new TreeMap<String, String>();
    variables.put("AWS_ACCESS_KEY_ID", ID);
    variables.put("AWS_SECRET_ACCESS_KEY", SECRET);
    variables.put("AWS_ENDPOINT_URL", server.root());
    for (int i = 0; i < more.length; i += 2) {
      variables.put(more[i], more[i + 1]);
    }
    return new Asking(variables, temp);
  }

  @Test
  void requestsAreSignedAsTheDocumentationsExamplesAre() {
    Instant time = Instant.parse("2013-05-24T00:00:00Z");
    var access =
        new SignatureV4(
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            Optional.empty(),
            "us-east-1",
            Clock.fixed(time, ZoneOffset.UTC));
    var got =
        access.headers(
            "GET",
            URI.create("https://examplebucket.s3.amazonaws.com/test.txt"),
            Map.of("Range", "bytes=0-9"));
    assertEquals(
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
            + " SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, Signature="
            + "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        got.get("Authorization"));
    var listed =
        access.headers(
            "GET",
            URI.create("https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J"),
            Map.of());
    assertTrue(
        String.valueOf(listed.get("Authorization"))
            .endsWith("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
  }

  @Test
  void aFolderIsListedPageByPageWithoutItsNeighboursAndWhatIsHidden() throws IOException {
    var fetched = asking().fetch("s3://models/m/1", temp.resolve("to"));
    assertEquals(
        List.of(
            new ModelSource.Entry("config/a b+c.json", 2), new ModelSource.Entry("model.onnx", 12)),
        fetched.files());
    assertEquals(
        Asking.sha256(
            Asking.sha256("{}")
                + "  config/a b+c.json\n"
                + Asking.sha256("some weights")
                + "  model.onnx\n"),
        fetched.sha256());
    assertEquals("some weights", Files.readString(temp.resolve("to/model.onnx")));
    assertEquals(fetched, asking().digest("s3://models/m/1/"));
  }

  @Test
  void aFolderHasOneDigestWhereverItLies() throws IOException {
    Path folder = temp.resolve("same");
    asking().fetch("s3://models/m/1", folder);
    assertEquals(asking().digest("s3://models/m/1"), asking().digest(folder.toString()));
  }

  @Test
  void anObjectIsReadInPiecesOfTheSameContent() {
    try (var source = asking().open("s3://models/iris.onnx")) {
      assertEquals("ri", Asking.read(source, "iris.onnx", 1, 2));
      assertEquals("", Asking.read(source, "iris.onnx", 4, 2));
      assertEquals("is", Asking.read(source, "iris.onnx", 2, 100));
      objects.put("iris.onnx", "rose");
      var failed = source.read("iris.onnx", 0, java.nio.ByteBuffer.allocate(2));
      assertTrue(failed.toString().contains("it changed while it was read"), failed::toString);
    }
    assertTrue(server.asked.contains("GET /models/iris.onnx bytes=1-2"), server.asked::toString);
  }

  @Test
  void nobodyIsLetInWithoutOrWithWrongKeysAndNoKeyIsShown() {
    String wrong = asking("AWS_SECRET_ACCESS_KEY", "not-this-one").refusal("s3://models/m/1");
    assertEquals(
        "can't read s3://models/m/1: status 403, no access with the key in AWS_ACCESS_KEY_ID",
        wrong);
    String none =
        new Asking(Map.of("AWS_ENDPOINT_URL", server.root()), temp).refusal("s3://models/m/1");
    assertTrue(none.contains("without credentials; AWS_ACCESS_KEY_ID"), none);
    assertFalse((wrong + none).contains("not-this-one"));
    open = true;
    assertEquals(
        4,
        new Asking(Map.of("S3_ENDPOINT", server.root().substring(7), "S3_USE_HTTPS", "0"), temp)
            .digest("s3://models/iris.onnx")
            .bytes());
  }

  @Test
  void keysOfAProfileAreTaken() throws IOException {
    Files.createDirectories(temp.resolve(".aws"));
    Files.writeString(
        temp.resolve(".aws/credentials"),
        "[default]\naws_access_key_id = no\n[ml]\naws_access_key_id="
            + ID
            + "\naws_secret_access_key = "
            + SECRET
            + "\n");
    var asking = new Asking(Map.of("AWS_PROFILE", "ml", "AWS_ENDPOINT_URL", server.root()), temp);
    assertEquals(4, asking.digest("s3://models/iris.onnx").bytes());
  }

  @Test
  void aBucketWithNothingThereIsTold() {
    assertEquals("there is nothing at s3://models/none", asking().refusal("s3://models/none"));
    assertTrue(asking().refusal("s3:/models").contains("names no bucket"));
    assertTrue(asking().refusal("s3://").contains("names no bucket"));
  }

  @Test
  void namesThatLeaveTheFolderOrAreOneWhereCaseIsIgnoredAreRefused() {
    objects.put("bad/../../etc/passwd", "x");
    assertTrue(asking().refusal("s3://models/bad").contains("a file outside itself"));
    objects.put("twice/A.onnx", "x");
    objects.put("twice/a.onnx", "x");
    assertTrue(asking().refusal("s3://models/twice").contains("are one file"));
  }

  @Test
  void aListingThatIsNoneAndEntitiesInItAreRefused() {
    try (var strange =
        new Server(
            exchange ->
                Server.send(
                    exchange,
                    200,
                    "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a><Contents><Key>&e;"
                        + "</Key></Contents></a>"))) {
      String told = asking("AWS_ENDPOINT_URL", strange.root()).refusal("s3://models/m");
      assertEquals("can't read s3://models/m: the listing that came is none", told);
    }
  }
}
