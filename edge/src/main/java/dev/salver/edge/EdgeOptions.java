package dev.salver.edge;

import java.time.Duration;
import java.util.Optional;

/**
 * How a face listens.
 *
 * @param port 0 for any free one
 * @param tls empty for plain HTTP/1.1 and h2c
 */
public record EdgeOptions(String host, int port, Limits limits, Optional<Tls> tls) {
  /** Plain HTTP on loopback with the default limits. */
  public static EdgeOptions loopback(int port) {
    return new EdgeOptions("127.0.0.1", port, Limits.DEFAULT, Optional.empty());
  }

  /**
   * What a stranger may cost before a handler sees them.
   *
   * @param body bytes of a request body, as {@link Bodies} enforces it
   * @param header bytes of all headers, and of the request line
   * @param idle a connection without traffic is closed after it
   */
  public record Limits(long body, int header, Duration idle) {
    public static final Limits DEFAULT = new Limits(16 << 20, 16 << 10, Duration.ofMinutes(5));
  }

  /** Certificate chain and key as PEM. */
  public record Tls(String certificatePem, String keyPem) {
    @Override
    public String toString() {
      return "Tls[...]";
    }
  }
}
