package dev.salver.artifacts.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that speaks the distribution spec, with the token flow of those in the world. */
class OciTest {
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

  @TempDir private Path temp = Path.of("");
  private final Map<String, byte[]> blobs = new TreeMap<>();
  private final Map<String, byte[]> manifests = new TreeMap<>();
  private String password = "";
  private Server server;

  @BeforeEach
  void start() {
    server = new Server(this::answer);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String who = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    if (path.equals("/token")) {
      String basic = "Basic " + Base64.getEncoder().encodeToString(Asking.bytes("me:" + password));
      boolean right = password.isEmpty() || who.equals(basic);
      Server.send(exchange, right ? 200 : 401, "{\"token\": \"t0k3n\"}");
      return;
    }
    if (!who.equals("Bearer t0k3n")) {
      exchange
          .getResponseHeaders()
          .add("WWW-Authenticate", "Bearer realm=\"" + server.root() + "/token\",service=\"test\"");
      Server.send(exchange, 401, "{}");
      return;
    }
    String last = path.substring(path.lastIndexOf('/') + 1);
    byte[] found = path.contains("/manifests/") ? manifests.get(last) : blobs.get(last);
    if (found == null || !path.startsWith("/v2/ml/iris/")) {
      Server.send(exchange, 404, "{}");
    } else {
      Server.object(exchange, found, "\"" + last + "\"");
    }
  }

  private static String digest(byte[] bytes) {
    return "sha256:" + HexFormat.of().formatHex(Staging.sha256().digest(bytes));
  }

  private String blob(byte[] bytes) {
    blobs.put(digest(bytes), bytes);
    return digest(bytes);
  }

  private String layer(String kind, byte[] bytes, String more) {
    return "{\"mediaType\": \""
        + kind
        + "\", \"digest\": \""
        + blob(bytes)
        + "\", \"size\": "
        + bytes.length
        + more
        + "}";
  }

  private static String title(String name) {
    return ", \"annotations\": {\"org.opencontainers.image.title\": \"" + name + "\"}";
  }

  private byte[] tag(String tag, String... layers) {
    byte[] bytes =
        Asking.bytes("{\"schemaVersion\": 2, \"layers\": [" + String.join(", ", layers) + "]}");
    manifests.put(tag, bytes);
    manifests.put(digest(bytes), bytes);
    return bytes;
  }

  private String address(String tail) {
    return "oci://" + server.root().substring(7) + "/ml/iris" + tail;
  }

  private Asking asking() {
    return new Asking(Map.of(), temp);
  }

  /** A tar archive of files, by name; a name that ends in a slash is a folder, "a@b" a link. */
  private static byte[] tar(String... files) {
    var out = new ByteArrayOutputStream();
    for (int i = 0; i < files.length; i += 2) {
      entry(out, files[i], files[i + 1]);
    }
    out.writeBytes(new byte[1024]);
    return out.toByteArray();
  }

  private static void entry(ByteArrayOutputStream out, String name, String body) {
    if (name.length() > 100) {
      String record = " path=" + name + "\n";
      int length = record.length() + 2;
      length += length >= 98 ? 1 : 0;
      header(out, "PaxHeader", 'x', length);
      pad(out, length + record);
      entry(out, name.substring(0, 90), body);
      return;
    }
    header(out, name, name.endsWith("/") ? '5' : name.contains("@") ? '2' : '0', body.length());
    pad(out, body);
  }

  private static void pad(ByteArrayOutputStream out, String body) {
    out.writeBytes(Asking.bytes(body));
    out.writeBytes(new byte[(512 - body.length() % 512) % 512]);
  }

  private static void header(ByteArrayOutputStream out, String name, char type, int size) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 124, "%011o".formatted(size));
    header[156] = (byte) type;
    put(header, 257, "ustar\00000");
    put(header, 148, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    out.writeBytes(header);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static byte[] gzip(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Test
  void anArtifactsFilesArePinnedByTheDigestsOfItsManifest() {
    tag(
        "v1",
        layer("application/octet-stream", Asking.bytes("weights"), title("model.onnx")),
        layer("application/json", Asking.bytes("{}"), title("config.json")));
    var pinned = asking().digest(address(":v1"));
    assertEquals(
        List.of(new ModelSource.Entry("config.json", 2), new ModelSource.Entry("model.onnx", 7)),
        pinned.files());
    assertEquals(pinned, asking().fetch(address(":v1"), temp.resolve("to")));
    assertEquals(pinned, asking().digest(temp.resolve("to").toString()));
    try (var source = asking().open(address(":v1"))) {
      assertEquals("igh", Asking.read(source, "model.onnx", 2, 3));
    }
  }

  @Test
  void anImagesModelsAreUnpackedLayerOverLayer() throws IOException {
    String deep = "models/" + "d".repeat(120) + "/x";
    byte[] base =
        gzip(
            tar(
                "etc/passwd",
                "root",
                "models/",
                "",
                "models/a",
                "old",
                "models/b",
                "b",
                deep,
                "x"));
    byte[] over = tar("./models/a", "new", "models/.wh.b", "");
    tag("v1", layer(LAYER, base, ""), layer("application/vnd.oci.image.layer.v1.tar", over, ""));
    var fetched = asking().fetch(address(":v1"), temp.resolve("to"));
    assertEquals(
        List.of("a", "d".repeat(120) + "/x"),
        fetched.files().stream().map(ModelSource.Entry::path).toList());
    assertEquals("new", Files.readString(temp.resolve("to/a")));
  }

  @Test
  void aDigestInTheAddressIsHeldAgainstTheManifest() {
    byte[] manifest = tag("v1", layer("text/plain", Asking.bytes("weights"), title("model.onnx")));
    assertEquals(7, asking().digest(address("@" + digest(manifest))).bytes());
    manifests.put(digest(manifest), Asking.bytes("{\"layers\": []}"));
    assertTrue(asking().refusal(address("@" + digest(manifest))).contains("was expected"));
  }

  @Test
  void aLayerThatIsNotWhatTheManifestNamesIsRefused() {
    String layer = layer(LAYER, gzip(tar("models/a", "a")), "");
    tag("v1", layer);
    blobs.replaceAll((digest, bytes) -> gzip(tar("models/a", "evil")));
    assertTrue(asking().refusal(address(":v1")).contains("was expected"));
  }

  @Test
  void passwordsComeFromTheDockerConfigurationAndAreNotShown() throws IOException {
    password = "s3cr3t";
    tag("v1", layer("text/plain", Asking.bytes("weights"), title("model.onnx")));
    assertTrue(asking().refusal(address(":v1")).contains("the Docker configuration has none"));
    Files.createDirectories(temp.resolve(".docker"));
    for (String tried : List.of("wr0ng", "s3cr3t")) {
      Files.writeString(
          temp.resolve(".docker/config.json"),
          "{\"auths\": {\""
              + server.root().substring(7)
              + "\": {\"auth\": \""
              + Base64.getEncoder().encodeToString(Asking.bytes("me:" + tried))
              + "\"}}}");
      if (tried.equals("wr0ng")) {
        String told = asking().refusal(address(":v1"));
        assertTrue(told.contains("no access with the Docker configuration's entry"), told);
        assertFalse(told.contains("wr0ng"), told);
      }
    }
    assertEquals(7, asking().digest(address(":v1")).bytes());
  }

  @Test
  void hostileLayersAreRefusedAndWriteNothingOutside() {
    var told = new ArrayList<String>();
    for (byte[] archive :
        List.of(
            tar("models/../../evil", "x"),
            tar("models/link@", ""),
            tar("etc/passwd", "x"),
            new byte[] {1, 2, 3})) {
      tag("v1", layer(LAYER, gzip(archive), ""));
      told.add(asking().refusal(address(":v1")));
    }
    assertTrue(told.get(0).contains("a file outside itself"), told::toString);
    assertTrue(told.get(1).contains("is a link or a device"), told::toString);
    assertTrue(told.get(2).contains("no files in /models"), told::toString);
    assertTrue(told.get(3).contains("no sound archive"), told::toString);
    assertTrue(asking().refusal("oci://UPPER/Case").contains("a registry's address is"));
  }

  @Test
  void noBytesBreakTheReaderOfArchives() throws IOException {
    var random = new SplittableRandom(11);
    byte[] good = tar("models/a", "some bytes", "models/" + "e".repeat(120), "more");
    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = java.util.Arrays.copyOf(good, random.nextInt(good.length) + 1);
      for (int k = random.nextInt(4); k > 0; k--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      var tar = new TarReader(new java.io.ByteArrayInputStream(bytes));
      int entries = 0;
      try {
        while (tar.next().isPresent()) {
          entries++;
        }
      } catch (IOException e) {
        assertTrue(e.getMessage() == null || !e.getMessage().isEmpty());
      }
      assertTrue(entries < 20);
    }
  }
}
