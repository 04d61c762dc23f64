package dev.salver.git;

import java.io.IOException;
import org.eclipse.jgit.lib.StoredConfig;

/** What each repository of ours is set to, written into its own configuration. */
final class Settings {
  private Settings() {}

  static void write(StoredConfig config) throws IOException {
    config.setInt("core", null, "repositoryformatversion", 0);
    config.setBoolean("core", null, "bare", true);
    config.setBoolean("core", null, "logallrefupdates", false);
    // Checking what is fetched needs the whole history, which a shallow mirror has not; names and
    // kinds of entries are checked where a tree is read.
    config.setBoolean("transfer", null, "fsckObjects", false);
    // A redirect could lead anywhere, a host inside the cluster's network included.
    config.setString("http", null, "followRedirects", "false");
    config.setBoolean("http", null, "sslVerify", true);
    config.setInt("gc", null, "auto", 0);
    config.setString("gc", null, "pruneExpire", "1.hour.ago");
    config.setInt("protocol", null, "version", 2);
    config.save();
  }
}
