package dev.salver.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees that strangers make. */
class TreeLimitsTest {
  private static final String GIT_LINK = "1111111111111111111111111111111111111111";

  @TempDir Path folder;
  private BareRepository repository;
  private GitCli git;

  @BeforeEach
  void open() {
    repository = BareRepository.open(folder);
    git = new GitCli(folder);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private String blob(String content) {
    return git.runWithInput(content, "hash-object", "-w", "--stdin");
  }

  private String tree(String... lines) {
    return git.runWithInput(String.join("\n", lines) + "\n", "mktree", "--missing");
  }

  private String commit(String tree) {
    return git.run("commit-tree", tree, "-m", "made by a stranger");
  }

  private String refusal(String tree, Limits limits) {
    var refused =
        assertInstanceOf(TreeResult.Refused.class, repository.tree(commit(tree), "", limits));
    return refused.problems().getFirst().path() + ": " + refused.problems().getFirst().message();
  }

  @Test
  void aSymbolicLinkIsRefused() {
    String tree = tree("120000 blob " + blob("/etc/passwd") + "\tiris.yaml");
    assertEquals(
        "iris.yaml: a symbolic link; commit the file itself", refusal(tree, Limits.DEFAULT));
  }

  @Test
  void aSubmoduleIsRefused() {
    String tree = tree("160000 commit " + GIT_LINK + "\tmodels");
    assertEquals("models: a submodule; commit its files instead", refusal(tree, Limits.DEFAULT));
  }

  @Test
  void aPointerToLargeFileStorageIsRefused() {
    String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n";
    String commit = commit(tree("100644 blob " + blob(pointer) + "\tiris.yaml"));
    var tree = assertInstanceOf(TreeResult.Tree.class, repository.tree(commit, "", Limits.DEFAULT));
    var refused =
        assertInstanceOf(FilesResult.Refused.class, repository.files(tree, (path, entry) -> true));
    assertEquals("iris.yaml", refused.problems().getFirst().path());
    assertTrue(refused.problems().getFirst().message().contains("LFS"));
  }

  @Test
  void aFileOverTheLimitIsNamed() {
    String tree = tree("100644 blob " + blob("x".repeat(11)) + "\tbig.yaml");
    assertEquals(
        "big.yaml: 11 bytes, at most 10 are read", refusal(tree, new Limits(10, 10, 100, 5)));
  }

  @Test
  void tooManyFilesAreRefused() {
    String blob = blob("x");
    String tree = tree("100644 blob " + blob + "\ta", "100644 blob " + blob + "\tb");
    assertEquals("b: more than 1 files lie here", refusal(tree, new Limits(1, 10, 100, 5)));
  }

  @Test
  void treesThatUnfoldWithoutEndAreCutOff() {
    String level = tree("100644 blob " + blob("x") + "\tf");
    for (int i = 0; i < 20; i++) {
      level = tree("040000 tree " + level + "\ta", "040000 tree " + level + "\tb");
    }
    assertTrue(refusal(level, Limits.DEFAULT).contains("more than 20000 files"));
  }

  @Test
  void foldersBeyondTheDepthAreRefused() {
    String level = tree("100644 blob " + blob("x") + "\tf");
    for (int i = 0; i < 4; i++) {
      level = tree("040000 tree " + level + "\td");
    }
    assertEquals("d/d/d/d: more than 3 folders deep", refusal(level, new Limits(10, 10, 100, 3)));
  }

  @Test
  void aNameThatIsUnsafeElsewhereIsRefused() {
    String tree = tree("100644 blob " + blob("x") + "\t.git");
    assertTrue(refusal(tree, Limits.DEFAULT).startsWith(".git: not a safe name"));
  }

  @Test
  void whatLiesOutsideThePathDoesNotMatter() {
    String link = tree("120000 blob " + blob("/etc/passwd") + "\tlink");
    String good = tree("100644 blob " + blob("x") + "\tf.yaml");
    String commit = commit(tree("040000 tree " + good + "\tgood", "040000 tree " + link + "\tbad"));
    var tree =
        assertInstanceOf(TreeResult.Tree.class, repository.tree(commit, "good", Limits.DEFAULT));
    assertEquals(List.of("f.yaml"), List.copyOf(tree.files().keySet()));
  }

  @Test
  void aFileWhereAFolderIsAskedForIsMissing() {
    String commit = commit(tree("100644 blob " + blob("x") + "\tf"));
    assertInstanceOf(TreeResult.Missing.class, repository.tree(commit, "f", Limits.DEFAULT));
    assertInstanceOf(TreeResult.Missing.class, repository.tree(commit, "g/h", Limits.DEFAULT));
  }

  @Test
  void tenThousandManifestsAreWithinTheLimits() {
    var files = new HashMap<String, byte[]>();
    for (int i = 0; i < 10_000; i++) {
      files.put("m" + i + ".yaml", new byte[] {(byte) i, (byte) (i >> 8)});
    }
    String id =
        repository.commit("main", "x", files, "Many", new Author("A", "a@b"), Instant.EPOCH).id();
    var tree = assertInstanceOf(TreeResult.Tree.class, repository.tree(id, "x", Limits.DEFAULT));
    assertEquals(10_000, tree.files().size());
    assertEquals(Map.of(), Map.copyOf(read(tree, "nothing")));
  }

  private Map<String, byte[]> read(TreeResult.Tree tree, String path) {
    return assertInstanceOf(
            FilesResult.Files.class, repository.files(tree, (name, entry) -> name.equals(path)))
        .content();
  }
}
