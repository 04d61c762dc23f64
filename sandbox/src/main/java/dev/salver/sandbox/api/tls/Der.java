package dev.salver.sandbox.api.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The few forms of DER (X.690) that a certificate is made of. */
final class Der {
  private static final DateTimeFormatter GENERALIZED =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  /** From this year on a certificate's time has four digits (RFC 5280, 4.1.2.5). */
  private static final Instant FOUR_DIGITS = Instant.parse("2050-01-01T00:00:00Z");

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return value(0x30, joined(parts));
  }

  static byte[] set(byte[]... parts) {
    return value(0x31, joined(parts));
  }

  static byte[] integer(BigInteger number) {
    return value(0x02, number.toByteArray());
  }

  static byte[] bool(boolean value) {
    return value(0x01, new byte[] {(byte) (value ? 0xff : 0)});
  }

  static byte[] utf8(String text) {
    return value(0x0c, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] octets(byte[] content) {
    return value(0x04, content);
  }

  /** Whole octets. */
  static byte[] bits(byte[] content) {
    return value(0x03, joined(new byte[] {0}, content));
  }

  /** Few enough bits for one octet, the first of them the most significant. */
  static byte[] bits(int octet, int unused) {
    return value(0x03, new byte[] {(byte) unused, (byte) octet});
  }

  static byte[] time(Instant instant) {
    return instant.isBefore(FOUR_DIGITS)
        ? value(0x17, UTC.format(instant).getBytes(StandardCharsets.US_ASCII))
        : value(0x18, GENERALIZED.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  /** {@code [n]} around a whole value. */
  static byte[] explicit(int number, byte[] content) {
    return value(0xa0 | number, content);
  }

  /** {@code [n]} in place of a primitive's own tag. */
  static byte[] implicit(int number, byte[] content) {
    return value(0x80 | number, content);
  }

  /** An object identifier in dotted form. */
  static byte[] oid(String dotted) {
    String[] parts = dotted.split("\\.");
    var content = new ByteArrayOutputStream();
    content.write(Integer.parseInt(parts[0]) * 40 + Integer.parseInt(parts[1]));
    for (int i = 2; i < parts.length; i++) {
      long part = Long.parseLong(parts[i]);
      for (int shift = 56; shift >= 7; shift -= 7) {
        if (part >>> shift != 0) {
          content.write((int) (part >>> shift & 0x7f) | 0x80);
        }
      }
      content.write((int) (part & 0x7f));
    }
    return value(0x06, content.toByteArray());
  }

  private static byte[] value(int tag, byte[] content) {
    var result = new ByteArrayOutputStream();
    result.write(tag);
    int length = content.length;
    if (length < 0x80) {
      result.write(length);
    } else {
      byte[] digits = BigInteger.valueOf(length).toByteArray();
      int from = digits[0] == 0 ? 1 : 0;
      result.write(0x80 | (digits.length - from));
      result.write(digits, from, digits.length - from);
    }
    result.writeBytes(content);
    return result.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    var result = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      result.writeBytes(part);
    }
    return result.toByteArray();
  }
}
