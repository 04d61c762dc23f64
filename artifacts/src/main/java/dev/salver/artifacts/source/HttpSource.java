package dev.salver.artifacts.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One file behind http: or https:. Redirects are followed within the scheme, and from http to
 * https; never back. Uses the JDK's old client on purpose: it loads a tenth of the classes of the
 * new one, and a start from zero waits for it.
 */
record HttpSource(URI uri, Optional<String> digest) implements ModelSource {

  private static final int MAX_REDIRECTS = 5;
  private static final int CONNECT_MS = 10_000;

  @Override
  public Outcome<List<Entry>> list() {
    try {
      HttpURLConnection answer = connect("HEAD", Limits.DEFAULT);
      try {
        return new Outcome.Ok<>(List.of(new Entry(name(), answer.getContentLengthLong())));
      } finally {
        answer.disconnect();
      }
    } catch (Staging.Stop e) {
      return new Outcome.Failed<>(e.failure());
    } catch (IOException e) {
      return new Outcome.Failed<>(notReadable(e));
    }
  }

  @Override
  public Outcome<Fetched> fetch(Path folder, Limits limits) {
    try {
      HttpURLConnection answer = connect("GET", limits);
      try {
        return receive(answer, folder, limits);
      } finally {
        answer.disconnect();
      }
    } catch (Staging.Stop e) {
      return new Outcome.Failed<>(e.failure());
    } catch (IOException e) {
      return new Outcome.Failed<>(notReadable(e));
    }
  }

  private Outcome<Fetched> receive(HttpURLConnection answer, Path folder, Limits limits)
      throws Staging.Stop, Staging.SourceBroken {
    long expected = answer.getContentLengthLong();
    if (expected > limits.bytes()) {
      throw new Staging.Stop(new Failure.TooLarge(uri.toString(), limits.bytes()));
    }
    try (Staging staging = new Staging(folder, limits);
        InputStream in = body(answer)) {
      var counted = new Counted(in);
      Staging.Landed landed;
      try {
        landed = staging.take(uri.toString(), name(), counted);
      } catch (Staging.SourceBroken e) {
        if (expected >= 0 && counted.count < expected && !timedOut(e)) {
          throw new Staging.Stop(new Failure.CutShort(uri.toString(), expected, counted.count));
        }
        throw e;
      }
      if (expected >= 0 && landed.size() != expected) {
        throw new Staging.Stop(new Failure.CutShort(uri.toString(), expected, landed.size()));
      }
      if (digest.isPresent() && !digest.get().equals(landed.sha256())) {
        throw new Staging.Stop(
            new Failure.DigestMismatch(uri.toString(), digest.get(), landed.sha256()));
      }
      staging.publish();
      return new Outcome.Ok<>(
          new Fetched(List.of(new Entry(name(), landed.size())), landed.sha256()));
    } catch (Staging.SourceBroken e) {
      throw e;
    } catch (IOException e) {
      throw new Staging.Stop(new Failure.NotWritable(folder.toString(), FileSource.reason(e)));
    }
  }

  private HttpURLConnection connect(String method, Limits limits) throws IOException, Staging.Stop {
    URI at = uri;
    for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
      var connection = (HttpURLConnection) at.toURL().openConnection();
      connection.setRequestMethod(method);
      connection.setInstanceFollowRedirects(false);
      connection.setUseCaches(false);
      connection.setConnectTimeout(CONNECT_MS);
      connection.setReadTimeout((int) limits.silence().toMillis());
      connection.setRequestProperty("Accept-Encoding", "identity");
      int status = connection.getResponseCode();
      switch (status) {
        case 200 -> {
          return connection;
        }
        case 301, 302, 303, 307, 308 -> {
          String location = connection.getHeaderField("Location");
          connection.disconnect();
          at = next(at, location);
        }
        default -> {
          connection.disconnect();
          throw new Staging.Stop(
              status == 404 || status == 410
                  ? new Failure.Missing(uri.toString())
                  : new Failure.NotReadable(
                      uri.toString(), "the server answered with status " + status));
        }
      }
    }
    throw new Staging.Stop(
        new Failure.NotReadable(
            uri.toString(), "it redirects more than " + MAX_REDIRECTS + " times"));
  }

  private URI next(URI from, @org.jspecify.annotations.Nullable String location)
      throws Staging.Stop {
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

  private Staging.Stop refused(String reason) {
    return new Staging.Stop(new Failure.NotReadable(uri.toString(), reason));
  }

  /** The last segment of the path, which names the file. */
  private String name() {
    String path = uri.getPath() == null ? "" : uri.getPath();
    String last = path.substring(path.lastIndexOf('/') + 1);
    boolean safe = !last.isEmpty() && !last.startsWith(".") && last.indexOf('\0') < 0;
    return safe ? last : "model";
  }

  private static InputStream body(HttpURLConnection answer) throws Staging.SourceBroken {
    try {
      return answer.getInputStream();
    } catch (IOException e) {
      throw new Staging.SourceBroken(e);
    }
  }

  private Failure notReadable(IOException e) {
    Throwable cause = e instanceof Staging.SourceBroken ? e.getCause() : e;
    String reason =
        switch (cause) {
          case SocketTimeoutException t -> "the server went silent";
          case UnknownHostException t -> "there is no host " + uri.getHost();
          case null, default -> FileSource.reason(e);
        };
    return new Failure.NotReadable(uri.toString(), reason);
  }

  private static boolean timedOut(Staging.SourceBroken e) {
    return e.getCause() instanceof SocketTimeoutException;
  }

  /** Knows how much came before the stream broke. */
  private static final class Counted extends InputStream {
    private final InputStream in;
    private long count;

    Counted(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      count += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = in.read(into, offset, length);
      count += Math.max(n, 0);
      return n;
    }
  }
}
