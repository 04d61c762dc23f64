package dev.salver.sandbox.node;

import dev.salver.kube.KubeObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Where the things of one pod lie: {@code pods/NAMESPACE_NAME_UID/{volumes,containers}}. */
record PodFolder(Path path) {
  static PodFolder of(Path state, KubeObject pod) {
    return new PodFolder(pods(state).resolve(pod.namespace() + "_" + pod.name() + "_" + pod.uid()));
  }

  static Path pods(Path state) {
    return state.resolve("pods");
  }

  Path container(String name) {
    return path.resolve("containers").resolve(name);
  }

  Path terminationMessage(String container) {
    return container(container).resolve("termination-message");
  }

  Path process(String container) {
    return container(container).resolve("process");
  }

  /** Removes everything; links are removed, never followed. */
  void delete() {
    delete(path);
  }

  static void delete(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try {
      Files.walkFileTree(
          path,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                Path folder, @org.jspecify.annotations.Nullable IOException e) throws IOException {
              Files.deleteIfExists(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("can't remove " + path + ": " + e.getMessage(), e);
    }
  }
}
