package dev.salver.git;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/**
 * Where a repository is, apart from who asks. Its text is fit for logs: user and password are not
 * part of it.
 */
public final class RemoteAddress {
  /** Encrypted, or this machine's own disk. */
  public static final Set<String> SAFE_TRANSPORTS = Set.of("file", "https");

  private final URIish uri;
  private final @Nullable String user;
  private final @Nullable String password;

  private RemoteAddress(URIish uri, @Nullable String user, @Nullable String password) {
    this.uri = uri;
    this.user = user;
    this.password = password;
  }

  /**
   * Reads {@code https://host/path}, {@code file:///path} or an absolute path.
   *
   * @param transports which schemes are allowed
   * @throws IllegalArgumentException with a message for people that repeats no credentials
   */
  public static RemoteAddress parse(String text, Set<String> transports) {
    String trimmed = text.strip();
    if (trimmed.isEmpty()) {
      throw new IllegalArgumentException("The repository's address is empty");
    }
    if (trimmed.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new IllegalArgumentException("The repository's address has control characters in it");
    }
    URIish uri;
    try {
      uri = new URIish(trimmed.startsWith("/") ? Path.of(trimmed).toUri().toString() : trimmed);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "The repository's address is not one; write https://HOST/PATH or file:///PATH", e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    URIish bare = withoutUser(uri);
    if (scheme.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + bare + "' names no transport; write https://HOST/PATH or file:///PATH");
    }
    if (!transports.contains(scheme)) {
      throw new IllegalArgumentException(
          "'"
              + bare
              + "': transport '"
              + scheme
              + "' is not allowed here; allowed: "
              + String.join(", ", new TreeSet<>(transports)));
    }
    return new RemoteAddress(bare, uri.getUser(), uri.getPass());
  }

  URIish uri() {
    return uri;
  }

  @Nullable String user() {
    return user;
  }

  @Nullable String password() {
    return password;
  }

  boolean isFile() {
    return "file".equals(uri.getScheme());
  }

  /** The address without credentials. */
  @Override
  public String toString() {
    return uri.toString();
  }

  private static URIish withoutUser(URIish uri) {
    return uri.setUser(null).setPass(null);
  }
}
