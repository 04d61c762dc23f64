package dev.salver.artifacts.source;

import dev.salver.artifacts.source.Staging.Stop;
import dev.salver.artifacts.source.Web.Access;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A storage account and who asks it: a shared access signature, the account's key, a service
 * principal as KServe's secrets hold it, or nobody.
 */
final class AzureAccount {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final String name;
  private final String endpoint;
  private final Surroundings surroundings;
  private final Map<String, String> connection;
  private @Nullable Access principal;
  private Instant until = Instant.MIN;

  AzureAccount(String name, Surroundings surroundings) {
    var connection = new HashMap<String, String>();
    for (String part :
        surroundings.first("AZURE_STORAGE_CONNECTION_STRING").orElse("").split(";")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        connection.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    // A connection string of another account says nothing of this one.
    boolean other =
        connection.containsKey("AccountName") && !name.equals(connection.get("AccountName"));
    this.name = name;
    this.surroundings = surroundings;
    this.connection = other ? Map.of() : connection;
    this.endpoint =
        surroundings
            .first("AZURE_STORAGE_ENDPOINT")
            .or(() -> Optional.ofNullable(this.connection.get("BlobEndpoint")))
            .orElse("https://" + host())
            .replaceFirst("/+$", "");
  }

  String endpoint() {
    return endpoint;
  }

  String name() {
    return name;
  }

  private String host() {
    return name + ".blob.core.windows.net";
  }

  /** A signature that goes into the query. */
  Optional<String> sas() {
    return surroundings
        .first("AZURE_STORAGE_SAS_TOKEN")
        .or(() -> Optional.ofNullable(connection.get("SharedAccessSignature")))
        .map(each -> each.startsWith("?") ? each.substring(1) : each);
  }

  private Optional<String> key() {
    return surroundings
        .first("AZURE_STORAGE_ACCESS_KEY", "AZURE_STORAGE_KEY")
        .or(() -> Optional.ofNullable(connection.get("AccountKey")));
  }

  String words() {
    return sas().isPresent()
        ? "with the shared access signature"
        : key().isPresent()
            ? "with the account's key"
            : tenant().isPresent()
                ? "with the service principal in AZ_CLIENT_ID"
                : "without credentials; AZURE_STORAGE_ACCESS_KEY and AZURE_STORAGE_SAS_TOKEN are"
                    + " not set";
  }

  Access access(Call call) throws IOException, Stop {
    if (sas().isPresent()) {
      return Access.NONE;
    }
    if (key().isPresent()) {
      String key = key().get();
      try {
        Base64.getDecoder().decode(key);
      } catch (IllegalArgumentException e) {
        throw new Stop(new Failure.NotReadable(host(), "the account's key is not base64"));
      }
      return new SharedKey(name, key, surroundings.clock());
    }
    return tenant().isPresent() ? principal(tenant().get(), call) : Access.NONE;
  }

  private Optional<String> tenant() {
    return surroundings.first("AZ_TENANT_ID", "AZURE_TENANT_ID");
  }

  private Access principal(String tenant, Call call) throws IOException, Stop {
    Access known = principal;
    Instant now = surroundings.clock().instant();
    if (known != null && now.isBefore(until)) {
      return known;
    }
    String shown = "the service principal in AZ_CLIENT_ID";
    String authority =
        surroundings
            .first("AZURE_AUTHORITY_HOST")
            .orElse("https://login.microsoftonline.com")
            .replaceFirst("/+$", "");
    String form =
        Uris.query(
            Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                surroundings.first("AZ_CLIENT_ID", "AZURE_CLIENT_ID").orElse(""),
                "client_secret",
                surroundings.first("AZ_CLIENT_SECRET", "AZURE_CLIENT_SECRET").orElse(""),
                "scope",
                "https://storage.azure.com/.default"));
    URI endpoint = Uris.of(authority, "/" + tenant + "/oauth2/v2.0/token", Map.of());
    var grant = TokenGrant.ask(endpoint, form, shown, call);
    until = grant.until(now);
    Access fresh = (method, uri, headers) -> Map.of("Authorization", "Bearer " + grant.token());
    principal = fresh;
    return fresh;
  }

  /** "Authorize with Shared Key": for requests without a body. */
  record SharedKey(String account, String key, Clock clock) implements Access {
    @Override
    public Map<String, String> headers(String method, URI uri, Map<String, String> sent) {
      String date = DATE.format(clock.instant());
      var named = new TreeMap<String, String>(sent);
      named.put("x-ms-date", date);
      var lines = new StringBuilder(method).append("\n\n\n\n\n\n\n\n");
      lines.append(sent.getOrDefault("If-Match", "")).append("\n\n\n");
      lines.append(sent.getOrDefault("Range", "")).append('\n');
      named.forEach(
          (header, value) -> {
            if (header.startsWith("x-ms-")) {
              lines.append(header).append(':').append(value).append('\n');
            }
          });
      lines.append('/').append(account).append(uri.getRawPath());
      var query = new TreeMap<String, String>();
      if (uri.getQuery() != null) {
        for (String each : uri.getRawQuery().split("&")) {
          int equals = each.indexOf('=');
          query.put(
              equals < 0 ? each : each.substring(0, equals),
              decoded(equals < 0 ? "" : each.substring(equals + 1)));
        }
      }
      query.forEach((name, value) -> lines.append('\n').append(name).append(':').append(value));
      String signature =
          Base64.getEncoder()
              .encodeToString(SignatureV4.hmac(Base64.getDecoder().decode(key), lines.toString()));
      return Map.of("x-ms-date", date, "Authorization", "SharedKey " + account + ":" + signature);
    }

    private static String decoded(String text) {
      return java.net.URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return "key of " + account;
    }
  }
}
