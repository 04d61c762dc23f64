package dev.salver.artifacts.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses to sources. */
public final class Sources {
  /** The schemes that {@link #open} takes. */
  public static final List<String> SCHEMES = List.of("file", "http", "https");

  private static final Pattern DIGEST = Pattern.compile("sha256=([0-9a-f]{64})");

  private Sources() {}

  /**
   * The source behind an address. Nothing is read yet.
   *
   * @param address an absolute URI, or an absolute path; a fragment {@code #sha256=HEX} is the
   *     digest that the content must have
   */
  public static Outcome<ModelSource> open(String address) {
    if (address.startsWith("/")) {
      return new Outcome.Ok<>(new FileSource(Path.of(address), Optional.empty()));
    }
    URI uri;
    try {
      uri = new URI(address);
    } catch (URISyntaxException e) {
      return bad(address, e.getReason());
    }
    if (uri.getScheme() == null) {
      return bad(address, "it does not start with one of " + String.join(":, ", SCHEMES) + ":");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme)) {
      return new Outcome.Failed<>(new Failure.UnsupportedScheme(scheme, SCHEMES));
    }
    Optional<String> digest = Optional.empty();
    if (uri.getFragment() != null) {
      var match = DIGEST.matcher(uri.getFragment().toLowerCase(Locale.ROOT));
      if (!match.matches()) {
        return bad(address, "what follows # must be sha256= and 64 hexadecimal digits");
      }
      digest = Optional.of(match.group(1));
    }
    return scheme.equals("file") ? file(address, uri, digest) : http(address, uri, digest);
  }

  private static Outcome<ModelSource> file(String address, URI uri, Optional<String> digest) {
    String host = uri.getAuthority();
    if (host != null && !host.isEmpty() && !host.equals("localhost")) {
      return bad(address, "a file: address has three slashes and names no host");
    }
    String path = uri.getPath();
    if (path == null || !path.startsWith("/") || path.indexOf('\0') >= 0) {
      return bad(address, "a file: address needs an absolute path");
    }
    return new Outcome.Ok<>(new FileSource(Path.of(path), digest));
  }

  private static Outcome<ModelSource> http(String address, URI uri, Optional<String> digest) {
    if (uri.getHost() == null) {
      return bad(address, "it names no host");
    }
    if (uri.getRawUserInfo() != null) {
      return bad("http(s)://...", "a user name or password in the address is not taken");
    }
    return new Outcome.Ok<>(new HttpSource(withoutFragment(uri), digest));
  }

  private static URI withoutFragment(URI uri) {
    String text = uri.toString();
    int hash = text.indexOf('#');
    return hash < 0 ? uri : URI.create(text.substring(0, hash));
  }

  private static <T> Outcome<T> bad(String address, String reason) {
    return new Outcome.Failed<>(new Failure.BadAddress(address, reason));
  }
}
