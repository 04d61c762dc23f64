package dev.salver.cli.imports;

import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.source.Imports;
import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Imports of a project on this machine. A path is looked up from the folder of the project that
 * imports and stays within the repository around the program, or, where there is none, within the
 * folder that the program lies in; no part of it below that is a symbolic link. {@code git:} is
 * read from the cache, by the digest that the program's {@code serve.lock} pins; nothing is
 * fetched.
 */
public final class ProjectImports implements Imports {
  private static final String GIT = "git:";
  private static final int MAX_LISTED = 1_000;

  private final Path project;
  private final Path bound;
  private final Map<String, Lock.Import> pinned;
  private final ImportCache cache;
  private final SortedSet<Path> folders = Collections.synchronizedSortedSet(new TreeSet<>());

  /**
   * @param project the program's folder
   * @param pinned imports by source, as the program's lock has them
   * @throws IOException when the folder can't be read
   */
  public ProjectImports(Path project, Map<String, Lock.Import> pinned, ImportCache cache)
      throws IOException {
    this.project = project.toRealPath();
    this.bound = bound(this.project);
    this.pinned = Map.copyOf(pinned);
    this.cache = cache;
  }

  private static Path bound(Path project) {
    for (Path at = project; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
        return at;
      }
    }
    Path around = project.getParent();
    return around == null ? project : around;
  }

  /** Folders of this machine that were imported so far, whatever was in them. */
  public SortedSet<Path> folders() {
    synchronized (folders) {
      return new TreeSet<>(folders);
    }
  }

  @Override
  public Answer resolve(String source, String from) {
    try {
      if (source.startsWith(GIT)) {
        return git(source);
      }
      if (source.matches("[a-z][a-z0-9+]+:.*")) {
        return new Answer.Refused("it is neither a path nor `git:`");
      }
      return from.startsWith(GIT)
          ? new Answer.Refused("a project that was imported with `git:` imports no paths")
          : folder(source, from);
    } catch (IOException e) {
      return new Answer.Refused("it can't be read: " + e.getMessage());
    } catch (InvalidPathException e) {
      return new Answer.Refused("it is no path");
    }
  }

  private Answer git(String source) throws IOException {
    Lock.Import pin = pinned.get(source);
    if (pin == null) {
      return new Answer.NotLocked();
    }
    Optional<SourceFolder> sources = cache.read(pin.digest());
    if (sources.isEmpty()) {
      return new Answer.NotFetched();
    }
    return sources.get().digest().equals(pin.digest())
        ? new Answer.Found(source, sources.get())
        : new Answer.Changed();
  }

  private Answer folder(String source, String from) throws IOException {
    if (source.startsWith("/") || source.indexOf('\0') >= 0) {
      return new Answer.Refused("a path starts from the project's own folder");
    }
    Path folder = project.resolve(from).resolve(source).normalize();
    if (folder.equals(project)) {
      return new Answer.Found(SELF, new SourceFolder(List.of(), List.of()));
    }
    if (!folder.startsWith(bound)) {
      return new Answer.Refused("it is outside of `" + bound.getFileName() + "`");
    }
    if (!Files.isDirectory(folder)) {
      return new Answer.NotFound(nearest(source, folder));
    }
    if (!folder.toRealPath().equals(folder)) {
      return new Answer.Refused("there is a symbolic link on the way");
    }
    folders.add(folder);
    SourceFolder sources = SourceFolder.read(folder);
    return sources.files().isEmpty() && sources.unreadable().isEmpty()
        ? new Answer.NotFound(Optional.empty())
        : new Answer.Found(project.relativize(folder).toString().replace('\\', '/'), sources);
  }

  /** A folder beside the one that is not there. */
  private static Optional<String> nearest(String source, Path missing) throws IOException {
    Path around = missing.getParent();
    Path name = missing.getFileName();
    if (around == null
        || name == null
        || !Files.isDirectory(around)
        || !source.endsWith("" + name)) {
      return Optional.empty();
    }
    var names = new ArrayList<String>();
    try (Stream<Path> listed = Files.list(around)) {
      listed
          .limit(MAX_LISTED)
          .filter(each -> Files.isRegularFile(each.resolve("project.serve")))
          .forEach(each -> names.add(each.getFileName().toString()));
    }
    return Spelling.nearest(name.toString(), names)
        .map(near -> source.substring(0, source.length() - name.toString().length()) + near);
  }
}
