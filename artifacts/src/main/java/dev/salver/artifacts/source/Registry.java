package dev.salver.artifacts.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.artifacts.source.Place.Body;
import dev.salver.artifacts.source.Staging.Stop;
import dev.salver.artifacts.source.Web.Access;
import dev.salver.artifacts.source.Web.Reply;
import dev.salver.artifacts.source.Web.Request;
import java.io.IOException;
import java.net.URI;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One repository of a registry, asked as {@code docker pull} asks: anonymously or with what the
 * Docker configuration holds, by the token that the registry's challenge names.
 */
final class Registry {
  private static final Pattern PARAMETER = Pattern.compile("([a-z]+)=\"([^\"]*)\"");
  private static final int MAX_MANIFEST = 4 << 20;
  private static final String ACCEPT =
      "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json,"
          + " application/vnd.docker.distribution.manifest.v2+json,"
          + " application/vnd.docker.distribution.manifest.list.v2+json";

  private final String host;
  private final String repository;
  private final String endpoint;
  private final Optional<DockerConfig> config;
  private Access access = Access.NONE;
  private boolean asked;

  Registry(String host, String repository, Surroundings surroundings) {
    boolean hub = host.equals("docker.io") || host.equals("index.docker.io");
    this.host = host;
    this.repository = hub && repository.indexOf('/') < 0 ? "library/" + repository : repository;
    boolean local = host.matches("(localhost|127\\.0\\.0\\.1)(:[0-9]+)?");
    this.endpoint =
        (local ? "http://" : "https://")
            + (hub ? "registry-1.docker.io" : host)
            + "/v2/"
            + this.repository;
    this.config = DockerConfig.of(hub ? "https://index.docker.io/v1/" : host, surroundings);
  }

  String shown() {
    return "oci://" + host + "/" + repository;
  }

  private String words() {
    return config.isPresent()
        ? "with the Docker configuration's entry for " + host
        : "without credentials; the Docker configuration has none for " + host;
  }

  /**
   * A manifest or an index.
   *
   * @param digest that it must have
   */
  JsonNode manifest(Web web, String reference, Optional<String> digest) throws IOException, Stop {
    Reply reply = get(web, "/manifests/" + reference, Map.of("Accept", ACCEPT));
    byte[] bytes;
    try (var in = reply.body()) {
      bytes = in.readNBytes(MAX_MANIFEST + 1);
    }
    if (bytes.length > MAX_MANIFEST) {
      throw new Stop(new Failure.TooLarge(shown(), MAX_MANIFEST));
    }
    String actual = "sha256:" + HexFormat.of().formatHex(Staging.sha256().digest(bytes));
    if (digest.isPresent() && !digest.get().equals(actual)) {
      throw new Stop(
          new Failure.DigestMismatch(shown(), digest.get().substring(7), actual.substring(7)));
    }
    return JsonPage.parse(bytes, shown());
  }

  /** A layer's bytes from an offset on. */
  Body blob(Web web, String digest, long offset, Map<String, String> headers)
      throws IOException, Stop {
    URI uri = URI.create(endpoint + "/blobs/" + digest);
    if (!asked) {
      // Blobs lead to other servers; the token is asked for where a refusal says how.
      get(web, "/blobs/" + digest, Map.of("Range", "bytes=0-0")).drop();
    }
    return WebFile.body(web, Request.get(uri, headers, access), offset, words());
  }

  private Reply get(Web web, String path, Map<String, String> headers) throws IOException, Stop {
    URI uri = URI.create(endpoint + path);
    Reply reply = web.send(Request.get(uri, headers, access));
    if (reply.status() == 401) {
      String challenge = reply.header("WWW-Authenticate").orElse("");
      reply.drop();
      access = answer(challenge, web);
      reply = web.send(Request.get(uri, headers, access));
    }
    if (!reply.isGood()) {
      throw web.failed(reply, words());
    }
    asked = true;
    return reply;
  }

  private Access answer(String challenge, Web web) throws IOException, Stop {
    if (challenge.regionMatches(true, 0, "Basic", 0, 5) && config.isPresent()) {
      return config.get().basic();
    }
    var parameters = new TreeMap<String, String>();
    var matcher = PARAMETER.matcher(challenge);
    while (matcher.find()) {
      parameters.put(matcher.group(1), matcher.group(2));
    }
    String realm = parameters.getOrDefault("realm", "");
    boolean sound =
        challenge.regionMatches(true, 0, "Bearer", 0, 6)
            && (realm.startsWith("https://")
                || (endpoint.startsWith("http://") && realm.startsWith("http://")));
    if (!sound) {
      throw new Stop(
          new Failure.NotReadable(shown(), "the registry asks for credentials " + words()));
    }
    var query = new TreeMap<String, String>();
    query.put("scope", "repository:" + repository + ":pull");
    Optional.ofNullable(parameters.get("service")).ifPresent(each -> query.put("service", each));
    URI uri;
    try {
      uri = URI.create(realm + (realm.contains("?") ? "&" : "?") + Uris.query(query));
    } catch (IllegalArgumentException e) {
      throw Listed.strange(shown());
    }
    Reply reply =
        web.send(Request.get(uri, Map.of(), config.map(DockerConfig::basic).orElse(Access.NONE)));
    if (!reply.isGood()) {
      throw web.failed(reply, words());
    }
    JsonNode answer = JsonPage.read(reply.body(), shown());
    String token = answer.path("token").asText(answer.path("access_token").asText());
    return (method, to, headers) -> Map.of("Authorization", "Bearer " + token);
  }
}
