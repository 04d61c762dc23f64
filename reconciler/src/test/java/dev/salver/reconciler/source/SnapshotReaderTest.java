package dev.salver.reconciler.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.git.Author;
import dev.salver.git.BareRepository;
import dev.salver.git.Limits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotReaderTest {
  @TempDir Path folder;
  private BareRepository repository;
  private SnapshotReader reader;

  @BeforeEach
  void open() {
    repository = BareRepository.open(folder);
    reader = new SnapshotReader(repository, "envs/prod", Limits.DEFAULT);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private Reading read(Map<String, String> files) {
    return reader.read(commit(files));
  }

  private String commit(Map<String, String> files) {
    var bytes = new HashMap<String, byte[]>();
    files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
    return repository
        .commit("main", "envs/prod", bytes, "x", new Author("A", "a@b"), Instant.EPOCH)
        .id();
  }

  private static String map(String name) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + ", namespace: d}\n";
  }

  private static Snapshot sound(Reading reading) {
    return assertInstanceOf(Reading.Sound.class, reading).snapshot();
  }

  private static List<String> problems(Reading reading) {
    return assertInstanceOf(Reading.Rejected.class, reading).problems().stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void manifestsAreReadFromEveryFolderAndNothingElseIs() {
    Snapshot snapshot =
        sound(
            read(
                Map.of(
                    "a.yaml",
                    map("a"),
                    "deep/b.yml",
                    map("b"),
                    "README.md",
                    "not: [yaml",
                    "script.sh",
                    "rm -rf /")));
    assertEquals(
        List.of("a.yaml", "deep/b.yml"),
        snapshot.manifests().values().stream().map(Manifest::file).toList());
  }

  @Test
  void theSourceMapIsKeptApartFromTheObjects() {
    Snapshot snapshot = sound(read(Map.of("a.yaml", map("a"), "origins.json", "{\"x\": [1]}")));
    assertEquals(1, snapshot.manifests().size());
    assertEquals(1, snapshot.origins().at("/x/0").asInt());
    assertEquals(
        List.of("origins.json: Unexpected end-of-input: expected close marker for Object"),
        problems(read(Map.of("a.yaml", map("a"), "origins.json", "{"))).stream()
            .map(text -> text.split(" \\(start", 2)[0])
            .toList());
  }

  @Test
  void anObjectInTwoFilesNamesBoth() {
    assertEquals(
        List.of("b.yaml:1: ConfigMap d/a is already in a.yaml:1"),
        problems(read(Map.of("a.yaml", map("a"), "b.yaml", map("a")))));
  }

  @Test
  void twoVersionsOfAKindAreOneObject() {
    String one = "apiVersion: x.io/v1\nkind: T\nmetadata: {name: t, namespace: d}\n";
    assertEquals(
        List.of("b.yaml:1: T d/t is already in a.yaml:1"),
        problems(read(Map.of("a.yaml", one, "b.yaml", one.replace("v1", "v2")))));
  }

  @Test
  void everyProblemOfACommitIsNamed() {
    assertEquals(
        2, problems(read(Map.of("a.yaml", "x", "b.yaml", "y", "c.yaml", map("c")))).size());
  }

  @Test
  void whatDidNotChangeIsNotParsedAgain() {
    Snapshot first = sound(read(Map.of("a.yaml", map("a"), "b.yaml", map("b"))));
    Snapshot second = sound(read(Map.of("a.yaml", map("a"), "b.yaml", map("c"))));
    Manifest before = first.manifests().firstEntry().getValue();
    assertSame(before, second.manifests().firstEntry().getValue());
    assertEquals("c", second.manifests().lastEntry().getValue().key().name());
  }

  @Test
  void aBrokenCommitThatIsRepairedReadsAsBefore() {
    read(Map.of("a.yaml", "broken"));
    assertEquals(1, sound(read(Map.of("a.yaml", map("a")))).manifests().size());
  }

  @Test
  void aMissingFolderIsToldApart() {
    String commit = commit(Map.of());
    var missing = assertInstanceOf(Reading.NoPath.class, reader.read(commit));
    assertEquals("envs/prod", missing.path());
  }

  @Test
  void tooManyProblemsAreCounted() {
    var files = new HashMap<String, String>();
    for (int i = 0; i < 70; i++) {
      files.put("f" + i + ".yaml", "x");
    }
    var problems = problems(read(files));
    assertEquals(51, problems.size());
    assertTrue(problems.getLast().startsWith("20 more"), problems.getLast());
  }
}
