package dev.salver.artifacts.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who asks S3: the variables {@code AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY}, else the
 * profile {@code AWS_PROFILE} of the shared credentials file, else nobody.
 *
 * @param words how that is told where it does not suffice
 */
record S3Keys(
    String id, String secret, Optional<String> session, Optional<String> region, String words) {
  private static final long MAX_FILE = 1 << 20;

  static S3Keys of(Surroundings surroundings) {
    if (surroundings.says("awsAnonymousCredential")) {
      return new S3Keys(
          "", "", Optional.empty(), Optional.empty(), "without credentials, as is asked for");
    }
    Optional<String> id = surroundings.first("AWS_ACCESS_KEY_ID");
    Optional<String> secret = surroundings.first("AWS_SECRET_ACCESS_KEY");
    if (id.isPresent() && secret.isPresent()) {
      return new S3Keys(
          id.get(),
          secret.get(),
          surroundings.first("AWS_SESSION_TOKEN"),
          Optional.empty(),
          "with the key in AWS_ACCESS_KEY_ID");
    }
    String profile = surroundings.first("AWS_PROFILE").orElse("default");
    Map<String, String> kept = profile(surroundings, profile);
    if (kept.containsKey("aws_access_key_id") && kept.containsKey("aws_secret_access_key")) {
      return new S3Keys(
          String.valueOf(kept.get("aws_access_key_id")),
          String.valueOf(kept.get("aws_secret_access_key")),
          Optional.ofNullable(kept.get("aws_session_token")),
          Optional.ofNullable(kept.get("region")),
          "with the keys of profile " + profile);
    }
    return new S3Keys(
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        "without credentials; AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set");
  }

  boolean isAnonymous() {
    return id.isEmpty();
  }

  private static Map<String, String> profile(Surroundings surroundings, String profile) {
    Path file =
        surroundings
            .first("AWS_SHARED_CREDENTIALS_FILE")
            .map(Path::of)
            .orElse(surroundings.home().resolve(".aws/credentials"));
    var values = new TreeMap<String, String>();
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_FILE) {
        return values;
      }
      boolean within = false;
      for (String line : Files.readString(file).lines().map(String::strip).toList()) {
        int equals = line.indexOf('=');
        if (line.startsWith("[")) {
          within = line.equals("[" + profile + "]");
        } else if (within && equals > 0 && !line.startsWith("#")) {
          values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
      }
    } catch (IOException e) {
      values.clear();
    }
    return values;
  }

  @Override
  public String toString() {
    return words;
  }
}
