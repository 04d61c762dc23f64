package dev.salver.sandbox.api.tls;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A certificate authority for one server on loopback (X.509 v3, EC P-256). Its key signs one
 * certificate and is forgotten, so whoever trusts it trusts that server alone.
 */
final class Certificates {
  private static final String ECDSA_SHA256 = "1.2.840.10045.4.3.2";
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
  private static final byte[] IPV4_LOOPBACK = {127, 0, 0, 1};
  private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  private static final Duration LIFE = Duration.ofDays(397);

  /** Clocks of client and server are the same machine's, but it may have been set back. */
  private static final Duration EARLIER = Duration.ofDays(1);

  private Certificates() {}

  /** All as PEM. */
  record Issued(String authority, String certificate, String key) {}

  static Issued loopback(Instant now, SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair authority = generator.generateKeyPair();
      KeyPair server = generator.generateKeyPair();
      byte[] issuer = name("Salver sandbox authority");
      byte[] root =
          certificate(
              issuer,
              issuer,
              authority,
              authority,
              now,
              random,
              basicConstraints(),
              keyUsage(0x06, 1));
      byte[] leaf =
          certificate(
              issuer,
              name("Salver sandbox API"),
              server,
              authority,
              now,
              random,
              keyUsage(0x80, 7),
              extension(EXTENDED_KEY_USAGE, false, Der.sequence(Der.oid(SERVER_AUTHENTICATION))),
              alternativeNames());
      return new Issued(
          pem("CERTIFICATE", root),
          pem("CERTIFICATE", leaf),
          pem("PRIVATE KEY", server.getPrivate().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no EC P-256", e);
    }
  }

  private static byte[] certificate(
      byte[] issuer,
      byte[] subject,
      KeyPair of,
      KeyPair signer,
      Instant now,
      SecureRandom random,
      byte[]... extensions)
      throws GeneralSecurityException {
    byte[] algorithm = Der.sequence(Der.oid(ECDSA_SHA256));
    byte[] body =
        Der.sequence(
            Der.explicit(0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(127, random).setBit(126)),
            algorithm,
            issuer,
            Der.sequence(Der.time(now.minus(EARLIER)), Der.time(now.plus(LIFE))),
            subject,
            of.getPublic().getEncoded(),
            Der.explicit(3, Der.sequence(extensions)));
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(signer.getPrivate(), random);
    signature.update(body);
    return Der.sequence(body, algorithm, Der.bits(signature.sign()));
  }

  private static byte[] name(String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.oid(COMMON_NAME), Der.utf8(commonName))));
  }

  private static byte[] basicConstraints() {
    return extension(BASIC_CONSTRAINTS, true, Der.sequence(Der.bool(true)));
  }

  private static byte[] keyUsage(int bits, int unused) {
    return extension(KEY_USAGE, true, Der.bits(bits, unused));
  }

  private static byte[] alternativeNames() {
    return extension(
        ALTERNATIVE_NAMES,
        false,
        Der.sequence(
            Der.implicit(2, "localhost".getBytes(StandardCharsets.US_ASCII)),
            Der.implicit(7, IPV4_LOOPBACK),
            Der.implicit(7, IPV6_LOOPBACK)));
  }

  private static byte[] extension(String oid, boolean critical, byte[] content) {
    return critical
        ? Der.sequence(Der.oid(oid), Der.bool(true), Der.octets(content))
        : Der.sequence(Der.oid(oid), Der.octets(content));
  }

  private static String pem(String what, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }
}
