package dev.salver.artifacts.source;

import dev.salver.artifacts.source.Staging.Stop;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Requests over HTTP: redirects within bounds, retries that are told, reasons for people. Uses the
 * JDK's old client on purpose: it loads a tenth of the classes of the new one, and a start from
 * zero waits for it.
 */
final class Web {
  private static final int MAX_REDIRECTS = 5;
  private static final int CONNECT_MS = 10_000;
  private static final int MAX_MESSAGE = 64 << 10;

  private final String shown;
  private final Call call;

  /**
   * @param shown the source's address in messages
   */
  Web(String shown, Call call) {
    this.shown = shown;
    this.call = call;
  }

  /** What a request carries to prove who asks; sent to the server it is meant for, never on. */
  @FunctionalInterface
  interface Access {
    Access NONE = (method, uri, headers) -> Map.of();

    /** Headers for a request as it will be sent. */
    Map<String, String> headers(String method, URI uri, Map<String, String> headers);
  }

  /**
   * A request; retried, so it must be one that may come twice.
   *
   * @param body a form; empty for none
   */
  record Request(String method, URI uri, Map<String, String> headers, String body, Access access) {
    static Request get(URI uri, Map<String, String> headers, Access access) {
      return new Request("GET", uri, headers, "", access);
    }
  }

  /** An answer, whatever its status. */
  record Reply(int status, HttpURLConnection connection) {
    Optional<String> header(String name) {
      return Optional.ofNullable(connection.getHeaderField(name));
    }

    long length() {
      return connection.getContentLengthLong();
    }

    boolean isGood() {
      return status == 200 || status == 206;
    }

    InputStream body() throws Staging.SourceBroken {
      try {
        return connection.getInputStream();
      } catch (IOException e) {
        throw new Staging.SourceBroken(e);
      }
    }

    /** The beginning of what an error says. */
    byte[] complaint() {
      try (InputStream in = connection.getErrorStream()) {
        return in == null ? new byte[0] : in.readNBytes(MAX_MESSAGE);
      } catch (IOException e) {
        return new byte[0];
      } finally {
        connection.disconnect();
      }
    }

    void drop() {
      connection.disconnect();
    }
  }

  /** Sends a request until it is answered with something other than "try again". */
  Reply send(Request request) throws Stop, InterruptedIOException {
    try {
      return persist(request);
    } catch (InterruptedIOException e) {
      if (e instanceof SocketTimeoutException) {
        throw refused(reason(e, request.uri().getHost()));
      }
      throw e;
    } catch (IOException e) {
      throw refused(reason(e, request.uri().getHost()));
    }
  }

  private Reply persist(Request request) throws IOException, Stop {
    for (int attempt = 1; ; attempt++) {
      call.check(shown);
      String reason;
      Duration asked = Duration.ZERO;
      try {
        Reply reply = follow(request);
        if (!isPassing(reply.status()) || Call.isLast(attempt)) {
          return reply;
        }
        reason = "the server answered with status " + reply.status();
        asked = pause(reply);
        reply.drop();
      } catch (ConnectException e) {
        if (Call.isLast(attempt)) {
          throw e;
        }
        reason = "no connection";
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (SocketException e) {
        if (Call.isLast(attempt)) {
          throw e;
        }
        reason = FileSystem.reason(e);
      }
      call.retry(shown, reason, attempt, asked);
    }
  }

  private static boolean isPassing(int status) {
    return status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
  }

  private static Duration pause(Reply reply) {
    return reply
        .header("Retry-After")
        .filter(value -> value.matches("[0-9]{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)))
        .orElse(Duration.ZERO);
  }

  private Reply follow(Request request) throws IOException, Stop {
    URI at = request.uri();
    for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
      boolean trusted = Uris.sameServer(at, request.uri());
      var connection = connect(request, at, trusted);
      int status = connection.getResponseCode();
      String location = connection.getHeaderField("Location");
      boolean moved =
          status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
      if (!moved || (location == null && status == 301)) {
        return new Reply(status, connection);
      }
      connection.disconnect();
      at = next(at, location);
    }
    throw refused("it redirects more than " + MAX_REDIRECTS + " times");
  }

  private HttpURLConnection connect(Request request, URI at, boolean trusted) throws IOException {
    var connection = (HttpURLConnection) at.toURL().openConnection();
    connection.setRequestMethod(request.method());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout(CONNECT_MS);
    connection.setReadTimeout((int) call.limits().silence().toMillis());
    connection.setRequestProperty("Accept-Encoding", "identity");
    request.headers().forEach(connection::setRequestProperty);
    if (trusted) {
      request
          .access()
          .headers(request.method(), at, request.headers())
          .forEach(connection::setRequestProperty);
    }
    if (!request.body().isEmpty()) {
      byte[] body = request.body().getBytes(StandardCharsets.US_ASCII);
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(body.length);
      try (var out = connection.getOutputStream()) {
        out.write(body);
      }
    }
    return connection;
  }

  private URI next(URI from, @Nullable String location) throws Stop {
    URI to;
    try {
      to = from.resolve(location == null ? "" : location);
    } catch (IllegalArgumentException e) {
      throw refused("it redirects to something that is no address");
    }
    String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
    if (location == null || to.getHost() == null || to.getRawUserInfo() != null) {
      throw refused("it redirects to something that is no address");
    }
    if (!scheme.equalsIgnoreCase(from.getScheme()) && !scheme.equals("https")) {
      throw refused("it redirects from " + from.getScheme() + " to " + scheme);
    }
    return to;
  }

  private Stop refused(String reason) {
    return new Stop(new Failure.NotReadable(shown, reason));
  }

  /**
   * What a status means that is no success.
   *
   * @param access how the request proved who asks, in words; for 401 and 403
   */
  Stop failed(Reply reply, String access) {
    reply.drop();
    return switch (reply.status()) {
      case 404, 410 -> new Stop(new Failure.Missing(shown));
      case 412 -> refused("it changed while it was read; ask again");
      case 401, 403 -> refused("status " + reply.status() + ", no access " + access);
      default -> refused("the server answered with status " + reply.status());
    };
  }

  /** Why a connection broke. */
  static String reason(IOException e, String host) {
    Throwable cause = e instanceof Staging.SourceBroken ? e.getCause() : e;
    return switch (cause) {
      case SocketTimeoutException t -> "the server went silent";
      case UnknownHostException t -> "there is no host " + t.getMessage();
      case ConnectException t -> "nothing answers at " + host;
      case SSLException t -> "no trusted TLS connection to " + host + ": " + FileSystem.reason(t);
      case null, default -> FileSystem.reason(e);
    };
  }
}
