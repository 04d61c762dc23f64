package dev.salver.edge;

import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which headers go from one hop to the next (RFC 9110, 7.6.1). */
public final class Hops {
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "expect",
          "host");

  private Hops() {}

  /** Copies end-to-end headers; {@code TE: trailers} stays, because gRPC asks for it. */
  public static void copy(MultiMap from, MultiMap to) {
    String named = from.get("connection");
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey();
      if (!isHopByHop(name) && !isNamed(named, name) && name.charAt(0) != ':') {
        to.add(name, header.getValue());
      }
    }
    String te = from.get("te");
    if (te != null && te.toLowerCase(Locale.ROOT).contains("trailers")) {
      to.set("te", "trailers");
    }
  }

  private static boolean isHopByHop(String name) {
    return HOP_BY_HOP.contains(name) || HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT));
  }

  private static boolean isNamed(
      @org.jspecify.annotations.Nullable String connection, String name) {
    if (connection == null || connection.length() < name.length()) {
      return false;
    }
    for (String token : connection.split(",")) {
      if (token.strip().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
