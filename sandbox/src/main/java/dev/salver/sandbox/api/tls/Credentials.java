package dev.salver.sandbox.api.tls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.edge.EdgeOptions.Tls;
import dev.salver.kube.Json;
import dev.salver.kube.Yaml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What proves server and client to each other.
 *
 * @param authority PEM of the certificate that clients trust
 * @param tls the server's own
 * @param token what a client shows
 */
public record Credentials(String authority, Tls tls, String token) {
  private static final Duration SPARE_LIFE = Duration.ofDays(30);
  private static final int TOKEN_BYTES = 32;

  /** New ones, valid for 397 days. */
  public static Credentials make(Instant now) {
    var random = new SecureRandom();
    var issued = Certificates.loopback(now, random);
    byte[] token = new byte[TOKEN_BYTES];
    random.nextBytes(token);
    return new Credentials(
        issued.authority(),
        new Tls(issued.certificate(), issued.key()),
        HexFormat.of().formatHex(token));
  }

  /**
   * Those kept in a file, so that kubeconfigs outlive a restart; new ones where there are none that
   * are good for a month more. The file is its owner's alone.
   *
   * @throws IOException where the file can't be read or written
   */
  public static Credentials keptIn(Path file, Instant now) throws IOException {
    if (Files.exists(file)) {
      try {
        Credentials kept = parse(Json.parse(Files.readString(file)));
        if (kept.isGoodAt(now) && kept.isGoodAt(now.plus(SPARE_LIFE))) {
          return kept;
        }
      } catch (IllegalArgumentException | CertificateException e) {
        throw new IOException(
            file + " does not hold the API's credentials; remove it to get new ones", e);
      }
    }
    Credentials made = make(now);
    PrivateFile.write(file, Json.write(made.toJson()));
    return made;
  }

  /** Whether a client's token is this one; takes as long for any wrong one. */
  public boolean accepts(String shown) {
    return MessageDigest.isEqual(
        shown.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a kubeconfig for these, readable by its owner alone, whole or not at all.
   *
   * @param url of the API, {@code https://127.0.0.1:PORT}
   */
  public void writeKubeconfig(Path file, String url) throws IOException {
    ObjectNode config = Json.object();
    config.put("apiVersion", "v1").put("kind", "Config").put("current-context", "salver");
    var cluster = config.putArray("clusters").addObject().put("name", "salver");
    cluster
        .putObject("cluster")
        .put("server", url)
        .put(
            "certificate-authority-data",
            Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.US_ASCII)));
    config
        .putArray("users")
        .addObject()
        .put("name", "salver")
        .putObject("user")
        .put("token", token);
    config
        .putArray("contexts")
        .addObject()
        .put("name", "salver")
        .putObject("context")
        .put("cluster", "salver")
        .put("user", "salver");
    PrivateFile.write(file, Yaml.write(config));
  }

  private boolean isGoodAt(Instant time) throws CertificateException {
    var certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(
                        tls.certificatePem().getBytes(StandardCharsets.US_ASCII)));
    return !time.isBefore(certificate.getNotBefore().toInstant())
        && time.isBefore(certificate.getNotAfter().toInstant());
  }

  private static Credentials parse(JsonNode json) {
    var credentials =
        new Credentials(
            json.path("authority").asText(),
            new Tls(json.path("certificate").asText(), json.path("key").asText()),
            json.path("token").asText());
    if (credentials.token.length() < TOKEN_BYTES) {
      throw new IllegalArgumentException("no token");
    }
    return credentials;
  }

  private ObjectNode toJson() {
    return Json.object()
        .put("authority", authority)
        .put("certificate", tls.certificatePem())
        .put("key", tls.keyPem())
        .put("token", token);
  }

  @Override
  public String toString() {
    return "Credentials[...]";
  }
}
