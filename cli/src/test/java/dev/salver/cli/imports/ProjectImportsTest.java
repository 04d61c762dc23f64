package dev.salver.cli.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.source.Imports;
import dev.salver.compiler.source.Imports.Answer;
import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which folders a project may import, and what it gets of them. */
class ProjectImportsTest {
  private static final String GIT = "git:git.acme.io/ml/platform@v2";

  @TempDir private Path temporary;
  private Path around;

  @BeforeEach
  void projects() throws IOException {
    around = temporary.toRealPath().resolve("repository");
    write("teams/risk/project.serve", "project risk { }\n");
    write("platform/project.serve", "project platform { }\n");
    write("platform/base/l4.serve", "accelerator l4 { }\n");
  }

  private void write(String path, String text) throws IOException {
    Path file = around.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Answer resolve(String source) throws IOException {
    return resolve(source, Map.of());
  }

  private Answer resolve(String source, Map<String, Lock.Import> pinned) throws IOException {
    return new ProjectImports(
            around.resolve("teams/risk"), pinned, new ImportCache(temporary.resolve("cache")))
        .resolve(source, Imports.SELF);
  }

  @Test
  void aPathReachesAllOfTheRepository() throws IOException {
    Files.createDirectories(around.resolve(".git"));
    var found = assertInstanceOf(Answer.Found.class, resolve("../../platform"));
    assertEquals("../../platform", found.at());
    assertEquals(2, found.folder().files().size());
    assertEquals(new Answer.NotFound(Optional.of("../../platform")), resolve("../../platfrom"));
    assertInstanceOf(Answer.Refused.class, resolve("../../../other"));
    assertInstanceOf(Answer.Refused.class, resolve("/etc"));
    assertInstanceOf(Answer.Refused.class, resolve("https://acme.io/platform"));
  }

  @Test
  void withoutARepositoryItReachesItsNeighbours() throws IOException {
    write("teams/shared/shared.serve", "project shared { }\n");
    assertInstanceOf(Answer.Found.class, resolve("../shared"));
    assertInstanceOf(Answer.Refused.class, resolve("../../platform"));
  }

  @Test
  void theSameProjectIsFoundAtTheSamePlaceFromEverywhere() throws IOException {
    Files.createDirectories(around.resolve(".git"));
    var imports =
        new ProjectImports(
            around.resolve("teams/risk"), Map.of(), new ImportCache(temporary.resolve("cache")));
    var direct = assertInstanceOf(Answer.Found.class, imports.resolve("../../platform", "."));
    var back = assertInstanceOf(Answer.Found.class, imports.resolve("../platform", direct.at()));
    assertEquals(direct.at(), back.at());
    var own = imports.resolve("../teams/risk", direct.at());
    assertEquals(Imports.SELF, assertInstanceOf(Answer.Found.class, own).at());
  }

  @Test
  void symbolicLinksAreNotFollowed() throws IOException {
    Files.createDirectories(around.resolve(".git"));
    Files.createSymbolicLink(around.resolve("link"), around.resolve("platform"));
    assertInstanceOf(Answer.Refused.class, resolve("../../link"));
  }

  @Test
  void gitIsReadFromTheCacheByItsDigest() throws IOException {
    assertEquals(new Answer.NotLocked(), resolve(GIT));
    String digest = SourceFolder.read(around.resolve("platform")).digest();
    var pinned = Map.of(GIT, new Lock.Import(Optional.of("c0ffee"), digest));
    assertEquals(new Answer.NotFetched(), resolve(GIT, pinned));
    Path place = new ImportCache(temporary.resolve("cache")).place(digest);
    Files.createDirectories(place.resolve("base"));
    Files.writeString(place.resolve("project.serve"), "project platform { }\n");
    assertEquals(new Answer.Changed(), resolve(GIT, pinned));
    Files.writeString(place.resolve("base/l4.serve"), "accelerator l4 { }\n");
    assertEquals(GIT, assertInstanceOf(Answer.Found.class, resolve(GIT, pinned)).at());
    var hostile = Map.of(GIT, new Lock.Import(Optional.empty(), "sha256:../../platform"));
    assertEquals(new Answer.NotFetched(), resolve(GIT, hostile));
  }
}
