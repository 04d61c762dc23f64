package dev.salver.cli.workspace;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.cli.imports.Sources;
import dev.salver.compiler.Compiler;
import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code up} follows: the project's folder, and those of projects that it imports. */
class SourceWatchTest {
  @TempDir private Path around = Path.of("");
  private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
  private volatile Set<Path> imported = Set.of();
  private Path project = Path.of("");

  @BeforeEach
  void twoProjects() throws IOException {
    around = around.toRealPath();
    project = Files.createDirectories(around.resolve("shop"));
    Files.createDirectories(around.resolve("platform/gpus"));
    Files.createDirectories(around.resolve("other"));
    write("shop/project.serve", "project shop { }\nimport platform from \"../platform\"\n");
    write("platform/project.serve", "project platform { }\n");
    write("other/project.serve", "project other { }\n");
  }

  @Test
  void aChangeInAnImportedProjectIsToldWhereverItIs() throws Exception {
    follow();
    told.clear();
    try (SourceWatch watch =
        SourceWatch.start(project, () -> imported, () -> told.add("changed"))) {
      write("platform/gpus/l4.serve", "accelerator l4 { limit = \"nvidia.com/gpu\" }\n");
      assertTrue(hears(), watch::toString);
    }
  }

  @Test
  void aProjectThatIsImportedByAnEditIsFollowedFromThenOn() throws Exception {
    follow();
    told.clear();
    try (SourceWatch watch = SourceWatch.start(project, () -> imported, this::follow)) {
      write("shop/project.serve", "project shop { }\nimport other from \"../other\"\n");
      assertTrue(hears(), watch::toString);
      // Until the watch has asked what is imported, writes there go unheard: written until heard.
      boolean heard = false;
      for (int i = 0; i < 60 && !heard; i++) {
        write("other/more.serve", "// " + i + "\n");
        heard = told.poll(1, TimeUnit.SECONDS) != null;
      }
      assertTrue(heard, watch::toString);
    }
  }

  @Test
  void whatIsHiddenOrBuiltChangesNothing() throws Exception {
    Files.createDirectories(around.resolve("platform/.git"));
    Files.createDirectories(around.resolve("platform/target"));
    follow();
    told.clear();
    try (SourceWatch watch =
        SourceWatch.start(project, () -> imported, () -> told.add("changed"))) {
      write("platform/.git/index", "x");
      write("platform/target/out", "x");
      write("platform/.hidden", "x");
      assertNull(told.poll(500, TimeUnit.MILLISECONDS), watch::toString);
      write("platform/seen.serve", "// x\n");
      assertTrue(hears(), watch::toString);
    }
  }

  private boolean hears() throws InterruptedException {
    return told.poll(30, TimeUnit.SECONDS) != null;
  }

  /** As a check does. */
  private void follow() {
    try {
      SourceFolder sources = SourceFolder.read(project);
      var imports = Sources.imports(project, sources);
      Compiler.check(sources, imports);
      imported = imports.folders();
      told.add("checked");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void write(String path, String text) throws IOException {
    Files.writeString(around.resolve(path), text);
  }
}
