package dev.salver.artifacts.source;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Addresses as they are sent, and as they are shown. */
final class Uris {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private Uris() {}

  /** Percent-encodes all but the unreserved characters of RFC 3986. */
  static String encode(String text) {
    var out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (UNRESERVED.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(hex(b >> 4)).append(hex(b));
      }
    }
    return out.toString();
  }

  private static char hex(int nibble) {
    return Character.toUpperCase(Character.forDigit(nibble & 0xf, 16));
  }

  /** Encodes a path and leaves its slashes. */
  static String path(String path) {
    return encode(path).replace("%2F", "/");
  }

  /** {@code a=1&b=2}, sorted by key. */
  static String query(Map<String, String> query) {
    SortedMap<String, String> sorted = new TreeMap<>(query);
    return sorted.entrySet().stream()
        .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  static URI of(String base, String path, Map<String, String> query) {
    return URI.create(base + path(path) + (query.isEmpty() ? "" : "?" + query(query)));
  }

  /** Whether two addresses are of the same scheme, host and port. */
  static boolean sameServer(URI one, URI other) {
    return String.valueOf(one.getScheme()).equalsIgnoreCase(other.getScheme())
        && String.valueOf(one.getHost()).equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
  }

  /**
   * An address without what may be a secret: user and password, and a query, which often holds a
   * signature. Works on texts that are no address, too.
   */
  static String shown(String address) {
    String text = address.replaceFirst("#.*", "").replaceFirst("//[^/?#]*@", "//");
    int query = text.indexOf('?');
    return (query < 0 ? text : text.substring(0, query) + "?…").replaceAll("[\\p{Cntrl}]", "�");
  }
}
