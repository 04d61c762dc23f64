package dev.salver.cli.workspace;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells that something under a project or a folder that it imports changed, once for each burst of
 * writes. Hidden folders and build outputs are not followed.
 */
public final class SourceWatch implements AutoCloseable {
  /** Editors write a file in several steps; this long without a step ends the burst. */
  private static final long QUIET_MILLIS = 120;

  private final WatchService service;
  private final Set<Path> roots = ConcurrentHashMap.newKeySet();
  private final Supplier<Set<Path>> imported;
  private final Runnable changed;

  private SourceWatch(WatchService service, Supplier<Set<Path>> imported, Runnable changed) {
    this.service = service;
    this.imported = imported;
    this.changed = changed;
  }

  /**
   * Starts watching; the callback runs on a thread of its own, one call at a time.
   *
   * @param imported further folders, asked for now and after each call
   */
  public static SourceWatch start(Path project, Supplier<Set<Path>> imported, Runnable changed)
      throws IOException {
    var watch = new SourceWatch(FileSystems.getDefault().newWatchService(), imported, changed);
    watch.follow(project);
    watch.followImported();
    Thread.ofPlatform().daemon().name("source-watch").start(watch::run);
    return watch;
  }

  private void followImported() throws IOException {
    for (Path folder : imported.get()) {
      follow(folder);
    }
  }

  /** Once; what is no longer imported is watched until the end, and changes nothing. */
  private void follow(Path folder) throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    if (Files.isDirectory(root) && roots.add(root)) {
      register(root);
    }
  }

  @Override
  public void close() throws IOException {
    service.close();
  }

  private void run() {
    try {
      while (true) {
        boolean ours = drain(service.take());
        WatchKey next;
        while ((next = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS)) != null) {
          ours |= drain(next);
        }
        if (ours) {
          changed.run();
          followQuietly();
        }
      }
    } catch (ClosedWatchServiceException e) {
      // Closing is how it ends.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean drain(WatchKey key) {
    boolean ours = false;
    for (var event : key.pollEvents()) {
      if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
        ours = true;
        continue;
      }
      if (!(event.context() instanceof Path name) || !(key.watchable() instanceof Path folder)) {
        continue;
      }
      Path path = folder.resolve(name);
      if (isIgnored(path)) {
        continue;
      }
      ours = true;
      if (event.kind().equals(StandardWatchEventKinds.ENTRY_CREATE) && Files.isDirectory(path)) {
        registerQuietly(path);
      }
    }
    key.reset();
    return ours;
  }

  private void followQuietly() {
    try {
      followImported();
    } catch (IOException e) {
      // The folder is gone again, or may not be read: the next check says so.
    }
  }

  private void registerQuietly(Path folder) {
    try {
      register(folder);
    } catch (IOException e) {
      // The folder is gone again; its parent still tells of the next one.
    }
  }

  private void register(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (!roots.contains(folder) && isIgnored(folder)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            folder.register(
                service,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private boolean isIgnored(Path path) {
    return roots.stream().filter(path::startsWith).allMatch(root -> isIgnored(root, path));
  }

  private static boolean isIgnored(Path root, Path path) {
    for (Path part : root.relativize(path)) {
      String name = part.toString();
      if (name.startsWith(".") || name.equals("target") || name.endsWith("~")) {
        return true;
      }
    }
    return false;
  }
}
