package dev.salver.edge;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A W3C trace context: which trace a request belongs to, and which span it came from.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param spanId 16 of them
 * @param flags 2 of them; the lowest bit means sampled
 */
public record TraceContext(String traceId, String spanId, String flags) {
  public static final String HEADER = "traceparent";
  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final int LENGTH = 55;

  /** Reads a header of version 00 or of a later one that begins like it. */
  public static Optional<TraceContext> parse(@org.jspecify.annotations.Nullable String header) {
    if (header == null || header.length() < LENGTH) {
      return Optional.empty();
    }
    String version = header.substring(0, 2);
    boolean laidOut =
        header.charAt(2) == '-' && header.charAt(35) == '-' && header.charAt(52) == '-';
    boolean ends = header.length() == LENGTH || (!version.equals("00") && header.charAt(55) == '-');
    var context =
        new TraceContext(
            header.substring(3, 35), header.substring(36, 52), header.substring(53, 55));
    return laidOut
            && ends
            && isHex(version)
            && !version.equals("ff")
            && isHex(context.traceId)
            && isHex(context.spanId)
            && isHex(context.flags)
            && !isZero(context.traceId)
            && !isZero(context.spanId)
        ? Optional.of(context)
        : Optional.empty();
  }

  /** The beginning of a trace, sampled. */
  public static TraceContext start() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new TraceContext(
        hex(random.nextLong()) + hex(random.nextLong() | 1), hex(random.nextLong() | 1), "01");
  }

  /** A span of this trace under this one. */
  public TraceContext child() {
    return new TraceContext(traceId, hex(ThreadLocalRandom.current().nextLong() | 1), flags);
  }

  /** The header's value. */
  public String header() {
    return "00-" + traceId + "-" + spanId + "-" + flags;
  }

  private static String hex(long value) {
    char[] text = new char[16];
    for (int i = 0; i < text.length; i++) {
      text[i] = HEX[(int) (value >>> (60 - 4 * i)) & 15];
    }
    return new String(text);
  }

  private static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(String text) {
    return text.chars().allMatch(c -> c == '0');
  }
}
