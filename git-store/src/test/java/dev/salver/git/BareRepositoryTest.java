package dev.salver.git;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BareRepositoryTest {
  private static final Author AUTHOR = new Author("Salver", "salver@example.com");
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static CommitResult commit(
      BareRepository repository, String path, Map<String, byte[]> files) {
    return repository.commit("main", path, files, "Write " + path, AUTHOR, NOON);
  }

  @Test
  void gitItselfReadsWhatWeCommit() {
    try (var repository = BareRepository.open(folder)) {
      var done =
          assertInstanceOf(
              CommitResult.Committed.class,
              commit(repository, "envs/local", Map.of("iris.yaml", bytes("kind: X\n"))));
      var git = new GitCli(folder);
      assertEquals(done.id(), git.run("rev-parse", "main"));
      assertEquals("main", done.branch());
      assertEquals("kind: X", git.run("show", "main:envs/local/iris.yaml"));
      assertEquals(
          "Salver <salver@example.com> 2026-11-22T12:00:00Z Write envs/local",
          git.run("log", "-1", "--format=%an <%ae> %aI %s").replace("+00:00", "Z"));
      git.run("fsck", "--strict");
    }
  }

  @Test
  void theSameFilesAgainMakeNoCommit() {
    try (var repository = BareRepository.open(folder)) {
      var first = commit(repository, "a", Map.of("x.yaml", bytes("1")));
      assertEquals(
          new CommitResult.Unchanged(first.id()),
          commit(repository, "a", Map.of("x.yaml", bytes("1"))));
      assertEquals("1", new GitCli(folder).run("rev-list", "--count", "main"));
    }
  }

  @Test
  void aFolderIsReplacedAndItsNeighboursStay() {
    try (var repository = BareRepository.open(folder)) {
      commit(repository, "a", Map.of("x.yaml", bytes("1"), "deep/y.yaml", bytes("2")));
      commit(repository, "b/c", Map.of("z.yaml", bytes("3")));
      commit(repository, "a-b", Map.of("w.yaml", bytes("4")));
      commit(repository, "a", Map.of("new.yaml", bytes("5")));
      assertEquals(
          List.of("a-b/w.yaml", "a/new.yaml", "b/c/z.yaml"),
          new GitCli(folder).run("ls-tree", "-r", "--name-only", "main").lines().toList());
      new GitCli(folder).run("fsck", "--strict");
    }
  }

  @Test
  void anEmptyFolderRemovesWhatLayThere() {
    try (var repository = BareRepository.open(folder)) {
      commit(repository, "a", Map.of("x.yaml", bytes("1")));
      commit(repository, "b", Map.of("y.yaml", bytes("1")));
      commit(repository, "a", Map.of());
      String head = repository.head("main").orElseThrow();
      assertInstanceOf(TreeResult.Missing.class, repository.tree(head, "a", Limits.DEFAULT));
    }
  }

  @Test
  void writersOfDifferentFoldersDoNotLoseEachOthersCommits() throws Exception {
    try (var repository = BareRepository.open(folder);
        var other = BareRepository.open(folder);
        var writers = Executors.newFixedThreadPool(4)) {
      var all =
          writers.invokeAll(
              IntStream.range(0, 12)
                  .mapToObj(
                      i ->
                          (java.util.concurrent.Callable<CommitResult>)
                              () ->
                                  commit(
                                      i % 2 == 0 ? repository : other,
                                      "env" + i,
                                      Map.of("x.yaml", bytes("" + i))))
                  .toList());
      for (var one : all) {
        assertInstanceOf(CommitResult.Committed.class, one.get());
      }
      assertEquals("12", new GitCli(folder).run("rev-list", "--count", "main"));
      assertEquals(12, new GitCli(folder).run("ls-tree", "--name-only", "main").lines().count());
    }
  }

  @Test
  void whatWasCommittedIsReadBack() {
    try (var repository = BareRepository.open(folder)) {
      String id = commit(repository, "a", Map.of("x.yaml", bytes("ä"), "d/y", bytes(""))).id();
      var tree = assertInstanceOf(TreeResult.Tree.class, repository.tree(id, "a", Limits.DEFAULT));
      assertEquals(List.of("d/y", "x.yaml"), List.copyOf(tree.files().keySet()));
      var files =
          assertInstanceOf(
              FilesResult.Files.class,
              repository.files(tree, (path, entry) -> path.endsWith(".yaml")));
      assertEquals(1, files.content().size());
      assertArrayEquals(bytes("ä"), files.content().get("x.yaml"));
    }
  }

  @Test
  void twoCommitsAreComparedPathByPath() {
    try (var repository = BareRepository.open(folder)) {
      String one = commit(repository, "a", Map.of("x", bytes("1"), "y", bytes("1"))).id();
      String two = commit(repository, "a", Map.of("x", bytes("2"), "z", bytes("1"))).id();
      assertEquals(
          List.of(
              new Change("a/x", Change.Kind.MODIFIED),
              new Change("a/y", Change.Kind.DELETED),
              new Change("a/z", Change.Kind.ADDED)),
          repository.diff(one, two, "a"));
      assertEquals(List.of(), repository.diff(one, two, "b"));
      assertEquals(2, repository.diff("", two, "").size());
    }
  }

  @Test
  void pathsThatLeaveTheTreeAreRefusedByName() {
    try (var repository = BareRepository.open(folder)) {
      for (String path : List.of("../x", "a/../../x", ".git/config", "a/.GIT/x", "a//b", "CON")) {
        var refused =
            assertThrows(
                IllegalArgumentException.class,
                () -> commit(repository, "a", Map.of(path, bytes("1"))),
                path);
        assertTrue(refused.getMessage().contains(path), refused.getMessage());
      }
      assertEquals(Optional.empty(), repository.head("main"));
    }
  }

  @Test
  void aRepositoryIsOpenedAgainWithItsHistory() {
    String id;
    try (var repository = BareRepository.open(folder.resolve("live.git"))) {
      id = commit(repository, "", Map.of("x", bytes("1"))).id();
    }
    try (var repository = BareRepository.open(folder.resolve("live.git"))) {
      assertEquals(Optional.of(id), repository.head("main"));
      assertEquals(Optional.empty(), repository.head("other"));
    }
  }

  @Test
  void aFolderWithOtherThingsInItIsNotTouched() throws Exception {
    Files.writeString(folder.resolve("thesis.txt"), "precious");
    var refused = assertThrows(GitException.class, () -> BareRepository.open(folder));
    assertTrue(refused.getMessage().contains("not a Git repository"), refused.getMessage());
    try (var left = Files.list(folder)) {
      assertEquals(1, left.count());
    }
  }

  @Test
  void nothingThatTheMachinesUsersConfiguredIsRead() throws Exception {
    try (var repository = BareRepository.open(folder)) {
      assertTrue(SystemReader.getInstance().getUserConfig().getSections().isEmpty());
      assertTrue(SystemReader.getInstance().getSystemConfig().getSections().isEmpty());
      assertEquals(
          "false", repository.jgit().getConfig().getString("http", null, "followRedirects"));
    }
  }
}
