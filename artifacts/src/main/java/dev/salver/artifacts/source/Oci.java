package dev.salver.artifacts.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.artifacts.source.Staging.Stop;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A model in an OCI registry (distribution spec 1.1): an artifact whose layers are files with a
 * title, or an image with the files in {@code /models}, as KServe's modelcars have them. An image's
 * layers are unpacked into a folder of this machine that {@link #close} removes.
 */
final class Oci implements Place {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[oO][cC][iI]:(?://)?([A-Za-z0-9.-]+(?::[0-9]+)?)/([a-z0-9._/-]+?)(?::([A-Za-z0-9_.-]+))?"
              + "(?:@sha256:([0-9a-f]{64}))?");
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final String TITLE = "org.opencontainers.image.title";
  private static final int MAX_LAYERS = 512;

  private final Registry registry;
  private final String reference;
  private final Optional<String> pinned;
  private @Nullable Path unpacked;

  private Oci(Registry registry, String reference, Optional<String> pinned) {
    this.registry = registry;
    this.reference = reference;
    this.pinned = pinned;
  }

  static Outcome<Place> open(String address, Surroundings surroundings) {
    var match = ADDRESS.matcher(address);
    if (!match.matches()) {
      return Sources.bad(address, "a registry's address is oci://HOST/NAME:TAG or …@sha256:HEX");
    }
    Optional<String> pinned = Optional.ofNullable(match.group(4)).map(hex -> "sha256:" + hex);
    String tag = Optional.ofNullable(match.group(3)).orElse("latest");
    var registry = new Registry(match.group(1), match.group(2), surroundings);
    return new Outcome.Ok<>(new Oci(registry, pinned.orElse(tag), pinned));
  }

  @Override
  public String shown() {
    return registry.shown() + (pinned.isPresent() ? "@" : ":") + reference;
  }

  @Override
  public Listing files(Call call) throws IOException, Stop {
    var web = new Web(shown(), call);
    JsonNode manifest = manifest(registry.manifest(web, reference, pinned), web);
    var layers = new ArrayList<JsonNode>();
    manifest.path("layers").forEach(layers::add);
    boolean sound =
        !layers.isEmpty()
            && layers.size() <= MAX_LAYERS
            && layers.stream()
                .allMatch(layer -> DIGEST.matcher(layer.path("digest").asText()).matches());
    if (!sound) {
      throw refused("its manifest names no layers that can be read");
    }
    return layers.stream().allMatch(Oci::isFile) ? titled(layers) : image(layers, web, call);
  }

  /** An index leads to the manifest for Linux on the usual processors, for lack of it the first. */
  private JsonNode manifest(JsonNode found, Web web) throws IOException, Stop {
    JsonNode manifests = found.path("manifests");
    if (!manifests.isArray() || manifests.isEmpty()) {
      return found;
    }
    JsonNode best = manifests.get(0);
    for (JsonNode each : manifests) {
      if (each.path("platform").path("os").asText().equals("linux")
          && each.path("platform").path("architecture").asText().equals("amd64")) {
        best = each;
        break;
      }
    }
    String digest = best.path("digest").asText();
    if (!DIGEST.matcher(digest).matches()) {
      throw refused("its index names no manifest");
    }
    return registry.manifest(web, digest, Optional.of(digest));
  }

  /** A title that ends in a slash, or a layer that is an archive, is a folder. */
  private static boolean isFile(JsonNode layer) {
    return layer.path("annotations").has(TITLE)
        && !layer.path("mediaType").asText().contains("tar");
  }

  private static Listing titled(List<JsonNode> layers) {
    var items = new ArrayList<Item>();
    for (JsonNode layer : layers) {
      String digest = layer.path("digest").asText();
      items.add(
          new Item(
              layer.path("annotations").path(TITLE).asText(),
              layer.path("size").asLong(-1),
              digest,
              Optional.of(digest),
              Optional.of(digest.substring("sha256:".length()))));
    }
    return new Listing(items, items.size() == 1);
  }

  private Listing image(List<JsonNode> layers, Web web, Call call) throws IOException, Stop {
    close();
    Path folder = Files.createTempDirectory("salver-oci");
    unpacked = folder;
    var unpacking = new Unpacking(shown(), folder, call);
    for (JsonNode layer : layers) {
      String digest = layer.path("digest").asText();
      String kind = layer.path("mediaType").asText();
      if (kind.contains("zstd")) {
        throw refused("a layer is compressed with zstd, which can't be read here");
      }
      var sha256 = Staging.sha256();
      Body body = registry.blob(web, digest, 0, Map.of());
      try (InputStream in = new DigestInputStream(body.in(), sha256)) {
        InputStream tar = kind.endsWith("gzip") ? new GZIPInputStream(in, 64 << 10) : in;
        unpacking.layer(tar);
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      String actual = HexFormat.of().formatHex(sha256.digest());
      if (!digest.equals("sha256:" + actual)) {
        throw new Stop(new Failure.DigestMismatch(shown(), digest.substring(7), actual));
      }
    }
    Listing listing = new FileSystem(folder).files(call);
    if (listing.items().isEmpty()) {
      throw refused("the image has no files in /models");
    }
    return listing;
  }

  @Override
  public Body open(Item item, long offset, long length, Call call) throws IOException, Stop {
    if (unpacked != null) {
      return new FileSystem(unpacked).open(item, offset, length, call);
    }
    // The key is a digest: it is the same content each time.
    var plain = new Item(item.path(), item.size(), item.key(), Optional.empty(), item.sha256());
    Body body =
        registry.blob(
            new Web(shown(), call), item.key(), offset, WebFile.range(plain, offset, length));
    return new Body(body.in(), body.size(), item.tag());
  }

  private Stop refused(String reason) {
    return new Stop(new Failure.NotReadable(shown(), reason));
  }

  @Override
  public void close() {
    Path folder = unpacked;
    unpacked = null;
    if (folder != null) {
      try {
        Staging.remove(folder);
      } catch (IOException e) {
        // A folder of the system's temporary ones; it goes with them.
      }
    }
  }
}
