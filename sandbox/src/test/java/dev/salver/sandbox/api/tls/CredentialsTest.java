package dev.salver.sandbox.api.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.Yaml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path temp;

  @Test
  void theServersCertificateLeadsToItsAuthorityAndIsForLoopbackAlone() throws Exception {
    Credentials made = Credentials.make(NOW);
    X509Certificate authority = certificate(made.authority());
    X509Certificate server = certificate(made.tls().certificatePem());
    var parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(NOW));
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(List.of(server)), parameters);
    assertEquals(0x7fffffff, authority.getBasicConstraints());
    assertEquals(-1, server.getBasicConstraints());
    assertEquals(List.of("1.3.6.1.5.5.7.3.1"), server.getExtendedKeyUsage());
    assertTrue(server.getKeyUsage()[0]);
    assertTrue(authority.getKeyUsage()[5]);
    assertEquals(
        Set.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"),
        Set.copyOf(
            server.getSubjectAlternativeNames().stream()
                .map(name -> (String) name.get(1))
                .toList()));
    assertTrue(server.getNotAfter().toInstant().isBefore(NOW.plus(Duration.ofDays(398))));
  }

  @Test
  void aCertificateThatEndsAfterTheCenturysMiddleIsReadAsSuch() throws Exception {
    Instant late = Instant.parse("2049-12-30T00:00:00Z");
    X509Certificate server = certificate(Credentials.make(late).tls().certificatePem());
    assertEquals(late.minus(Duration.ofDays(1)), server.getNotBefore().toInstant());
    assertEquals(late.plus(Duration.ofDays(397)), server.getNotAfter().toInstant());
  }

  @Test
  void keptCredentialsStayTheSameUntilTheyRunOut() throws IOException {
    Path file = temp.resolve("credentials.json");
    Credentials first = Credentials.keptIn(file, NOW);
    assertEquals(first, Credentials.keptIn(file, NOW.plus(Duration.ofDays(300))));
    assertNotEquals(first, Credentials.keptIn(file, NOW.plus(Duration.ofDays(380))));
    assertPrivate(file);
  }

  @Test
  void aSpoiledFileIsNamed() throws IOException {
    Path file = temp.resolve("credentials.json");
    Files.writeString(file, "{}");
    var failure = assertThrows(IOException.class, () -> Credentials.keptIn(file, NOW));
    assertTrue(failure.getMessage().contains("remove it to get new ones"), failure::getMessage);
  }

  @Test
  void theKubeconfigIsItsOwnersAlone() throws IOException {
    Credentials made = Credentials.make(NOW);
    Path file = temp.resolve("deep/kubeconfig");
    made.writeKubeconfig(file, "https://127.0.0.1:1");
    made.writeKubeconfig(file, "https://127.0.0.1:6443");
    assertPrivate(file);
    var config = Yaml.documents(Files.readString(file)).getFirst();
    assertEquals("https://127.0.0.1:6443", config.at("/clusters/0/cluster/server").asText());
    assertTrue(made.accepts(config.at("/users/0/user/token").asText()));
    assertFalse(made.accepts(""));
    assertFalse(made.toString().contains(made.token()));
    try (var files = Files.list(file.getParent())) {
      assertEquals(1, files.count());
    }
  }

  private static void assertPrivate(Path file) throws IOException {
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
  }

  private static X509Certificate certificate(String pem) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }
}
