package dev.salver.artifacts.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.artifacts.source.Staging.Stop;
import dev.salver.artifacts.source.Web.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The entry for one registry in {@code config.json} of {@code DOCKER_CONFIG} or {@code ~/.docker}.
 * Credential helpers are programs, and none is run.
 *
 * @param encoded user and password as Basic authentication sends them
 */
record DockerConfig(String encoded) {
  private static final long MAX_BYTES = 1 << 20;

  static Optional<DockerConfig> of(String registry, Surroundings surroundings) {
    Path file =
        surroundings
            .first("DOCKER_CONFIG")
            .map(Path::of)
            .orElse(surroundings.home().resolve(".docker"))
            .resolve("config.json");
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        return Optional.empty();
      }
      JsonNode auths = JsonPage.parse(Files.readAllBytes(file), file.toString()).path("auths");
      JsonNode entry = auths.path(registry);
      if (entry.isMissingNode()) {
        entry = auths.path("https://" + registry);
      }
      String user = entry.path("username").asText();
      String encoded =
          user.isEmpty()
              ? entry.path("auth").asText()
              : Base64.getEncoder()
                  .encodeToString(
                      (user + ":" + entry.path("password").asText())
                          .getBytes(StandardCharsets.UTF_8));
      return encoded.isEmpty() ? Optional.empty() : Optional.of(new DockerConfig(encoded));
    } catch (IOException | Stop e) {
      return Optional.empty();
    }
  }

  Access basic() {
    return (method, uri, headers) -> Map.of("Authorization", "Basic " + encoded);
  }

  @Override
  public String toString() {
    return "Docker configuration";
  }
}
