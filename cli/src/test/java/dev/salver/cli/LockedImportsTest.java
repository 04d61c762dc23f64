package dev.salver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.cli.terminal.Terminal;
import dev.salver.git.Author;
import dev.salver.git.BareRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Imports of Git repositories: pinned by {@code salver lock}, read from this machine by the rest.
 */
class LockedImportsTest {
  @TempDir private Path folder = Path.of("");
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private Path project = Path.of("");
  private Path origin = Path.of("");

  @BeforeEach
  void aPlatformThatIsImported() throws IOException {
    System.setProperty("salver.imports", folder.resolve("cache").toString());
    origin = folder.resolve("platform.git");
    project = Files.createDirectories(folder.resolve("project"));
    commit("32Gi");
    Files.writeString(
        project.resolve("project.serve"),
        "project shop { }\nimport platform from \"git:"
            + origin
            + "@main\"\nmodel iris from \"file:iris.onnx\" { gpu = platform.big }\n");
    Files.copy(Path.of("../examples/quickstart/models/iris.onnx"), project.resolve("iris.onnx"));
  }

  @AfterEach
  void forget() {
    System.clearProperty("salver.imports");
  }

  private String commit(String memory) {
    String text =
        "project platform { }\naccelerator big { limit = \"nvidia.com/gpu\", memory = "
            + memory
            + " }\n";
    try (var repository = BareRepository.open(origin)) {
      return repository
          .commit(
              "main",
              "",
              Map.of(
                  "project.serve", text.getBytes(StandardCharsets.UTF_8),
                  "README.md", "not a source".getBytes(StandardCharsets.UTF_8)),
              "Give it " + memory,
              new Author("Ann", "ann@example.com"),
              Instant.EPOCH)
          .id();
    }
  }

  private int salver(String command, String... args) {
    told.reset();
    var out = new PrintStream(told, true, StandardCharsets.UTF_8);
    return Main.run(
        new Terminal(out, out, false),
        Stream.concat(Stream.of(command, project.toString()), Stream.of(args))
            .toArray(String[]::new));
  }

  private String told() {
    return told.toString(StandardCharsets.UTF_8);
  }

  private String lock() throws IOException {
    return Files.readString(project.resolve("serve.lock"));
  }

  @Test
  void anImportIsPinnedAtItsCommitAndReadWithoutTheRepository() throws IOException {
    String first = commit("40Gi");
    assertEquals(Exit.REFUSED, salver("check"));
    assertEquals(Exit.DONE, salver("lock"), this::told);
    assertTrue(lock().contains("revision " + first), this::lockOrNothing);
    Files.move(origin, folder.resolve("away.git"));
    assertEquals(Exit.DONE, salver("check"), this::told);
    assertEquals(Exit.DONE, salver("lock"), this::told);
  }

  private String lockOrNothing() {
    try {
      return lock();
    } catch (IOException e) {
      return "no lock";
    }
  }

  @Test
  void thePinStaysUntilItIsAskedFor() throws IOException {
    assertEquals(Exit.DONE, salver("lock"), this::told);
    String before = lock();
    String second = commit("48Gi");
    assertEquals(Exit.DONE, salver("lock"), this::told);
    assertEquals(before, lock());
    assertEquals(Exit.REFUSED, salver("lock", "--check"));
    assertTrue(told().contains("to " + second), this::told);
    assertEquals(Exit.DONE, salver("lock", "--update", "git:" + origin + "@main"), this::told);
    assertTrue(lock().contains(second));
  }

  @Test
  void aFreshCloneFetchesWhatIsPinnedAndNothingElse() throws IOException {
    assertEquals(Exit.DONE, salver("lock"), this::told);
    String before = lock();
    commit("48Gi");
    remove(folder.resolve("cache"));
    assertEquals(Exit.REFUSED, salver("check"));
    assertEquals(Exit.DONE, salver("lock", "--frozen"), this::told);
    assertEquals(before, lock());
    assertEquals(Exit.DONE, salver("check"), this::told);
  }

  @Test
  void sourcesThatSomebodyChangedAreNotTaken() throws IOException {
    salver("lock");
    try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
      Path source = files.filter(each -> each.endsWith("project.serve")).findFirst().orElseThrow();
      Files.writeString(source, "project platform { }\n");
    }
    assertEquals(Exit.REFUSED, salver("check"));
    assertEquals(Exit.DONE, salver("lock"), this::told);
    assertEquals(Exit.DONE, salver("check"), this::told);
  }

  @Test
  void anImportThatCannotBeHadKeepsItsPinAndIsTold() throws IOException {
    salver("lock");
    String before = lock();
    remove(folder.resolve("cache"));
    Files.move(origin, folder.resolve("away.git"));
    assertEquals(Exit.OUTSIDE, salver("lock"));
    assertEquals(before, lock());
    assertFalse(told().contains("internal error"), this::told);
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path each : below.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
