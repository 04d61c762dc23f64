package dev.salver.cli.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a project's running state lies. Everything is under {@code .salver} in the project's folder
 * and can be thrown away; the next start makes it anew.
 */
public record Workspace(Path project) {
  public Path folder() {
    return project.resolve(".salver");
  }

  /** Held by the one {@code salver up} of this folder. */
  public Path lock() {
    return folder().resolve("lock");
  }

  /** The bare repository that {@code up} commits to. */
  public Path liveRepository() {
    return folder().resolve("live.git");
  }

  /** The reconciler's own mirror of it. */
  public Path mirror() {
    return folder().resolve("mirror.git");
  }

  /** Content-addressed copies of {@code file:} sources. */
  public Path blobs() {
    return folder().resolve("blobs");
  }

  /** The sandbox's saved objects and its certificate authority. */
  public Path state() {
    return folder().resolve("state");
  }

  /** A folder per pod: volumes, logs, pid. */
  public Path pods() {
    return folder().resolve("pods");
  }

  public Path kubeconfig() {
    return folder().resolve("kubeconfig");
  }

  /**
   * Makes the folder, readable by its owner alone.
   *
   * @throws IOException where it can't be written
   */
  public void create() throws IOException {
    Files.createDirectories(folder());
    if (Files.getFileStore(folder()).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(
          folder(), java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    }
    Path ignore = folder().resolve(".gitignore");
    if (!Files.exists(ignore)) {
      Files.writeString(ignore, "*\n");
    }
  }
}
