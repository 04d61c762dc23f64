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
  public static final List<String> SCHEMES =
      List.of("file", "http", "https", "s3", "gs", "az", "hf", "oci");

  private static final Pattern DIGEST = Pattern.compile("sha256=([0-9a-f]{64})");
  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,221}");
  private static final Pattern HUB =
      Pattern.compile("([A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)?)(?::([A-Za-z0-9._/-]+))?/?");

  private Sources() {}

  /** The same with the variables of this process. */
  public static Outcome<ModelSource> open(String address) {
    return open(address, Surroundings.system());
  }

  /**
   * The source behind an address. Nothing is read yet.
   *
   * @param address an absolute URI, or an absolute path; a fragment {@code #sha256=HEX} is the
   *     digest that the content must have
   */
  public static Outcome<ModelSource> open(String address, Surroundings surroundings) {
    if (address.startsWith("/")) {
      return new Outcome.Ok<>(
          new PlacedSource(new FileSystem(Path.of(address)), Optional.empty(), surroundings));
    }
    int colon = address.indexOf(':');
    String scheme = colon < 0 ? "" : address.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!scheme.matches("[a-z][a-z0-9+.-]*")) {
      return bad(address, "it does not start with one of " + String.join(":, ", SCHEMES) + ":");
    }
    if (!SCHEMES.contains(scheme)) {
      return new Outcome.Failed<>(new Failure.UnsupportedScheme(scheme, SCHEMES));
    }
    Optional<String> digest = Optional.empty();
    String plain = address;
    int hash = address.indexOf('#');
    if (hash >= 0) {
      var match = DIGEST.matcher(address.substring(hash + 1).toLowerCase(Locale.ROOT));
      if (!match.matches()) {
        return bad(address, "what follows # must be sha256= and 64 hexadecimal digits");
      }
      digest = Optional.of(match.group(1));
      plain = address.substring(0, hash);
    }
    Optional<String> wanted = digest;
    return switch (place(scheme, plain, surroundings)) {
      case Outcome.Failed<Place>(var failure) -> new Outcome.Failed<>(failure);
      case Outcome.Ok<Place>(var place) ->
          new Outcome.Ok<>(new PlacedSource(place, wanted, surroundings));
    };
  }

  private static Outcome<Place> place(String scheme, String address, Surroundings surroundings) {
    return switch (scheme) {
      case "file" -> file(address);
      case "hf" -> hub(address, surroundings);
      case "oci" -> Oci.open(address, surroundings);
      case "http", "https" -> web(address);
      default -> bucket(scheme, address, surroundings);
    };
  }

  private static Outcome<Place> file(String address) {
    URI uri;
    try {
      uri = new URI(address);
    } catch (URISyntaxException e) {
      return bad(address, e.getReason());
    }
    String host = uri.getAuthority();
    if (host != null && !host.isEmpty() && !host.equals("localhost")) {
      return bad(address, "a file: address has three slashes and names no host");
    }
    String path = uri.getPath();
    if (path == null || !path.startsWith("/") || path.indexOf('\0') >= 0) {
      return bad(address, "a file: address needs an absolute path");
    }
    return new Outcome.Ok<>(new FileSystem(Path.of(path)));
  }

  private static Outcome<Place> web(String address) {
    URI uri;
    try {
      uri = new URI(address);
    } catch (URISyntaxException e) {
      return bad(address, e.getReason());
    }
    if (uri.getRawUserInfo() != null) {
      return bad("http(s)://...", "a user name or password in the address is not taken");
    }
    if (uri.getHost() == null) {
      return bad(address, "it names no host");
    }
    return new Outcome.Ok<>(new WebFile(uri));
  }

  /**
   * {@code SCHEME://BUCKET/PATH}, with or without the slashes; the path is taken as it stands,
   * percent signs and all. Azure's is {@code az://ACCOUNT/CONTAINER/PATH}.
   */
  private static Outcome<Place> bucket(String scheme, String address, Surroundings surroundings) {
    String[] parts = address.substring(scheme.length() + 1).replaceFirst("^//", "").split("/", 2);
    String path = parts.length > 1 ? parts[1] : "";
    if (!BUCKET.matcher(parts[0]).matches()) {
      return bad(address, scheme.equals("az") ? "it names no account" : "it names no bucket");
    }
    return switch (scheme) {
      case "s3" -> new Outcome.Ok<>(new S3(parts[0], path, surroundings));
      case "gs" -> new Outcome.Ok<>(new CloudStorage(parts[0], path, surroundings));
      default -> azure(address, parts[0], path, surroundings);
    };
  }

  private static Outcome<Place> azure(
      String address, String account, String path, Surroundings surroundings) {
    String[] parts = path.split("/", 2);
    return BUCKET.matcher(parts[0]).matches() && account.indexOf('.') < 0
        ? new Outcome.Ok<>(
            new AzureBlobs(
                new AzureAccount(account, surroundings),
                parts[0],
                parts.length > 1 ? parts[1] : ""))
        : bad(address, "an address of Azure is az://ACCOUNT/CONTAINER/PATH");
  }

  private static Outcome<Place> hub(String address, Surroundings surroundings) {
    var match = HUB.matcher(address.replaceFirst("^[hH][fF]:(//)?", ""));
    if (!match.matches()) {
      return bad(address, "a hub's address is hf://OWNER/MODEL or hf://OWNER/MODEL:REVISION");
    }
    return new Outcome.Ok<>(
        new Hub(match.group(1), Optional.ofNullable(match.group(2)).orElse("main"), surroundings));
  }

  static <T> Outcome<T> bad(String address, String reason) {
    return new Outcome.Failed<>(new Failure.BadAddress(Uris.shown(address), reason));
  }
}
