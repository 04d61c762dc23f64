package dev.salver.compiler.lock;

import dev.salver.compiler.source.Imports;
import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Imported projects on this machine: folders beside the project as they are, and those behind
 * {@code git:} as the lock pins them, from {@link ImportStore}. Asks no network.
 */
public final class LockedImports implements Imports {
  private final Path project;
  private final Lock lock;
  private final ImportStore store;

  public LockedImports(Path project, Lock lock) {
    this.project = project.toAbsolutePath().normalize();
    this.lock = lock;
    this.store = new ImportStore(project);
  }

  /** Those that a project's own lock pins. */
  public static LockedImports of(Path project, SourceFolder folder) {
    return new LockedImports(
        project,
        folder.lock().map(LockReader::read).map(LockReader.Result::lock).orElse(Lock.NONE));
  }

  /** Whether an import is one of a remote repository, which has to be pinned. */
  public static boolean isRemote(String source) {
    return source.startsWith("git:");
  }

  @Override
  public Answer resolve(String source, String from) {
    try {
      return isRemote(source) ? pinned(source) : beside(source, from);
    } catch (IOException e) {
      return new Answer.Refused("it can't be read");
    }
  }

  private Answer pinned(String source) throws IOException {
    Lock.Import pin = lock.imports().get(source);
    if (pin == null) {
      return new Answer.NotLocked();
    }
    Optional<SourceFolder> sources = store.get(pin.digest());
    if (sources.isEmpty()) {
      return new Answer.NotFetched();
    }
    return sources.get().digest().equals(pin.digest())
        ? new Answer.Found(source, sources.get())
        : new Answer.Changed();
  }

  private Answer beside(String source, String from) throws IOException {
    if (isRemote(from)) {
      return new Answer.Refused("it lies outside of `" + from + "`, which is pinned by itself");
    }
    if (source.isEmpty() || source.indexOf(':') >= 0 || source.indexOf('\0') >= 0) {
      return new Answer.Refused("it is neither a folder nor begins with `git:` or `salver:`");
    }
    Path base = from.equals(SELF) ? project : project.resolve(from);
    Path folder = base.resolve(source).normalize();
    if (!Files.isDirectory(folder)) {
      return new Answer.NotFound();
    }
    if (folder.equals(project)) {
      return new Answer.Found(SELF, new SourceFolder(java.util.List.of(), java.util.List.of()));
    }
    String at = project.relativize(folder).toString().replace('\\', '/');
    return new Answer.Found(at, SourceFolder.read(folder));
  }
}
