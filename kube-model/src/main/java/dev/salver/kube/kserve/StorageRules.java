package dev.salver.kube.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Trees;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where models may come from and where they may be put. */
public final class StorageRules {
  /** Schemes of {@code storageUri} that KServe's controller takes. */
  public static final List<String> SCHEMES =
      List.of(
          "gs://",
          "s3://",
          "pvc://",
          "file://",
          "https://",
          "http://",
          "hdfs://",
          "webhdfs://",
          "oci://",
          "oci+native://",
          "oci+fetch://",
          "hf://");

  private StorageRules() {}

  static Optional<String> refusal(InferenceService service) {
    return Stream.of(service.transformer(), service.explainer(), Optional.of(service.predictor()))
        .flatMap(Optional::stream)
        .flatMap(component -> several(component).stream())
        .findFirst()
        .or(() -> confidential(service));
  }

  private static Optional<String> several(Component component) {
    JsonNode uris = component.spec().path("storageUris");
    if (!uris.isArray()) {
      return Optional.empty();
    }
    if (component.storageUri().isPresent()) {
      return Optional.of("Setting both StorageURI and StorageURIs is not supported.");
    }
    var plain = new ArrayList<String>();
    var claims = new ArrayList<String>();
    for (JsonNode entry : uris) {
      String uri = entry.path("uri").asText();
      String path = entry.path("mountPath").asText(Keys.MODEL_PATH);
      Optional<String> wrong = one(uri, path);
      if (wrong.isPresent()) {
        return wrong;
      }
      (uri.startsWith("pvc://") ? claims : plain).add(path);
    }
    if (plain.size() <= 1) {
      return Optional.empty();
    }
    if (new HashSet<>(claims).size() < claims.size()) {
      return Optional.of("PVC storage paths must be unique");
    }
    return commonParent(plain).equals("/")
        ? Optional.of(
            "storage paths must have a common parent directory. Current paths: ["
                + String.join(" ", plain)
                + "] have no common parent beyond root")
        : Optional.empty();
  }

  private static Optional<String> one(String uri, String path) {
    if (uri.isEmpty()) {
      return Optional.of("storage URI cannot be empty");
    }
    if (path.equals("/")) {
      return Optional.of("storage path cannot be empty");
    }
    if (!path.startsWith("/")) {
      return Optional.of("storage path must be absolute: " + path);
    }
    return path.contains("..")
        ? Optional.of("storage path cannot contain '..' for security reasons: " + path)
        : Optional.empty();
  }

  private static Optional<String> confidential(InferenceService service) {
    JsonNode block = service.predictor().block();
    boolean enabled = block.path("confidential").path("enabled").asBoolean();
    return enabled && service.predictor().storageUri().orElse("").isEmpty()
        ? Optional.of("confidential model serving requires storageUri to be set")
        : Optional.empty();
  }

  /** The folder that all paths share; one path is its own. */
  public static String commonParent(List<String> paths) {
    if (paths.size() == 1) {
      return paths.getFirst();
    }
    List<String> common = parts(paths.getFirst());
    for (String path : paths) {
      List<String> other = parts(path);
      int same = 0;
      while (same < Math.min(common.size(), other.size())
          && common.get(same).equals(other.get(same))) {
        same++;
      }
      common = common.subList(0, same);
    }
    return "/" + String.join("/", common);
  }

  /**
   * Whether the controller takes a URI, which it looks at only after admission; a path without a
   * scheme is taken too.
   *
   * @return its words where it does not
   */
  public static Optional<String> unsupported(String uri) {
    if (!uri.contains("://")
        || SCHEMES.stream().anyMatch(uri::startsWith)
        || uri.matches("https://.+?\\.blob\\.core\\.windows\\.net/.+")) {
      return Optional.empty();
    }
    return Optional.of(
        "StorageURI not supported: storageUri, must be one of: ["
            + String.join(", ", SCHEMES)
            + "] or match https://{}.blob.core.windows.net/{}/{} or be an absolute or relative"
            + " local path. StorageUri ["
            + uri
            + "] is not supported");
  }

  private static List<String> parts(String path) {
    return Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
  }

  /** Every entry of {@code storageUris} as URI and path. */
  public static List<Placed> placed(Component component) {
    return Trees.items(component.spec().path("storageUris")).stream()
        .map(
            entry ->
                new Placed(
                    entry.path("uri").asText(), entry.path("mountPath").asText(Keys.MODEL_PATH)))
        .toList();
  }

  /** A source and where it goes. */
  public record Placed(String uri, String path) {}
}
