package dev.salver.artifacts.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.artifacts.source.Staging.Stop;
import dev.salver.artifacts.source.Web.Access;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Who asks Google: the service account or user in the file that {@code
 * GOOGLE_APPLICATION_CREDENTIALS} names, else nobody.
 *
 * @param words how that is told where it does not suffice
 */
record GoogleToken(Optional<String> token, Instant until, String words) {
  private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_only";

  boolean isOver(Instant now) {
    return now.isAfter(until);
  }

  Access access() {
    return token
        .<Access>map(each -> (method, uri, headers) -> Map.of("Authorization", "Bearer " + each))
        .orElse(Access.NONE);
  }

  @Override
  public String toString() {
    return words;
  }

  static GoogleToken get(Surroundings surroundings, Call call) throws IOException, Stop {
    Optional<String> file = surroundings.first("GOOGLE_APPLICATION_CREDENTIALS");
    if (file.isEmpty() || surroundings.first("STORAGE_EMULATOR_HOST").isPresent()) {
      return new GoogleToken(
          Optional.empty(),
          Instant.MAX,
          "without credentials; GOOGLE_APPLICATION_CREDENTIALS is not set");
    }
    String shown = "the credentials in " + file.get();
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(Path.of(file.get()));
    } catch (IOException e) {
      throw new Stop(new Failure.NotReadable(shown, FileSystem.reason(e)));
    }
    JsonNode key = JsonPage.parse(bytes, shown);
    Instant now = surroundings.clock().instant();
    String form =
        switch (key.path("type").asText()) {
          case "service_account" ->
              "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion="
                  + assertion(key, now, shown);
          case "authorized_user" ->
              Uris.query(
                  Map.of(
                      "grant_type", "refresh_token",
                      "client_id", key.path("client_id").asText(),
                      "client_secret", key.path("client_secret").asText(),
                      "refresh_token", key.path("refresh_token").asText()));
          default ->
              throw new Stop(
                  new Failure.NotReadable(
                      shown, "they are neither a service account's nor a user's"));
        };
    return ask(form, key, now, shown, call);
  }

  private static GoogleToken ask(String form, JsonNode key, Instant now, String shown, Call call)
      throws IOException, Stop {
    URI uri;
    try {
      uri = new URI(key.path("token_uri").asText("https://oauth2.googleapis.com/token"));
    } catch (java.net.URISyntaxException e) {
      throw new Stop(new Failure.NotReadable(shown, "token_uri is no address"));
    }
    var grant = TokenGrant.ask(uri, form, shown, call);
    return new GoogleToken(Optional.of(grant.token()), grant.until(now), "with " + shown);
  }

  /** RFC 7523: a statement of who asks, signed with the account's own key. */
  private static String assertion(JsonNode key, Instant now, String shown) throws Stop {
    String claims =
        "{\"iss\":\""
            + key.path("client_email").asText().replaceAll("[\"\\\\]", "")
            + "\",\"scope\":\""
            + SCOPE
            + "\",\"aud\":\""
            + key.path("token_uri").asText().replaceAll("[\"\\\\]", "")
            + "\",\"iat\":"
            + now.getEpochSecond()
            + ",\"exp\":"
            + (now.getEpochSecond() + 3600)
            + "}";
    String text = part("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + part(claims);
    String pem = key.path("private_key").asText().replaceAll("-----[A-Z ]+-----|\\s", "");
    try {
      var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem));
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(spec));
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new Stop(new Failure.NotReadable(shown, "private_key is no RSA key"));
    }
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
