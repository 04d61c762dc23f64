package dev.salver.git;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Cuts JGit off from the machine it runs on: what a user or an administrator wrote into a Git
 * configuration (URL rewrites, credential helpers, proxies, hooks) must not change what Salver
 * reads or writes.
 */
final class Isolation {
  private static final long PACKED_MEMORY = 64L * 1024 * 1024;
  private static final int OPEN_PACKS = 64;

  private static final boolean IN_FORCE = install();

  private Isolation() {}

  /** Must stand before the first use of JGit; a second call does nothing. */
  static void enforce() {
    if (!IN_FORCE) {
      throw new IllegalStateException("Git is not isolated");
    }
  }

  private static boolean install() {
    SystemReader.setInstance(new Sealed(SystemReader.getInstance()));
    var memory = new WindowCacheConfig();
    memory.setPackedGitLimit(PACKED_MEMORY);
    memory.setPackedGitOpenFiles(OPEN_PACKS);
    memory.setPackedGitMMAP(false);
    memory.setExposeStatsViaJmx(false);
    memory.install();
    return true;
  }

  /** The system's clock and properties, and nothing that somebody configured. */
  private static final class Sealed extends SystemReader.Delegate {
    Sealed(SystemReader system) {
      super(system);
    }

    @Override
    public String getHostname() {
      return "localhost";
    }

    @Override
    public @Nullable String getenv(String name) {
      boolean configures = name.startsWith("GIT_") || name.equals("XDG_CONFIG_HOME");
      return configures ? null : super.getenv(name);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
      return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
      return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
      return new Empty(parent, fs);
    }
  }

  /** A configuration without a file behind it. */
  private static final class Empty extends FileBasedConfig {
    @SuppressWarnings("NullAway") // JGit takes "no file" as null here, as it does for itself
    Empty(Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    /**
     * The resolution of file times, which JGit would else find out by writing probes into each new
     * folder; no file system in use today is coarser.
     */
    @Override
    public long getTimeUnit(
        String section, String subsection, String name, long otherwise, TimeUnit unit) {
      return section.equals("filesystem")
          ? unit.convert(Duration.ofMillis(10))
          : super.getTimeUnit(section, subsection, name, otherwise, unit);
    }

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
