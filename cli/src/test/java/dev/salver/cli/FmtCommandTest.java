package dev.salver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code salver fmt}, in place, as a check, and for editors. */
class FmtCommandTest {
  private static final String UGLY = "project   shop{ }\nmodel a { x=1 }\n";
  private static final String NICE = "project shop { }\nmodel a { x = 1 }\n";

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(folder.resolve("nested"));
    Files.writeString(folder.resolve("project.serve"), UGLY);
    Files.writeString(folder.resolve("nested/project.serve"), UGLY);
    Files.writeString(folder.resolve("nested/nice.serve"), NICE);
  }

  @Test
  void filesBelowAFolderAreWrittenAndKeepTheirPermissions() throws IOException {
    Path file = folder.resolve("project.serve");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
    var run = CommandLineRun.of("fmt", folder.toString());
    assertEquals(Exit.DONE, run.exit(), run.err());
    assertEquals(NICE, Files.readString(file));
    assertEquals(NICE, Files.readString(folder.resolve("nested/project.serve")));
    assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(2, run.out().lines().count(), run.out());
    try (var left = Files.list(folder)) {
      assertEquals(2, left.count());
    }
  }

  @Test
  void checkWritesNothingAndShowsADiff() throws IOException {
    String file = folder.resolve("project.serve").toString();
    var run = CommandLineRun.of("fmt", "--check", file);
    assertEquals(Exit.REFUSED, run.exit());
    assertEquals(UGLY, Files.readString(Path.of(file)));
    assertTrue(
        run.out()
            .endsWith(
                """
            @@ -1,2 +1,2 @@
            -project   shop{ }
            -model a { x=1 }
            +project shop { }
            +model a { x = 1 }
            """),
        run.out());
    assertTrue(run.err().contains("unformatted " + file), run.err());
    Files.writeString(Path.of(file), NICE);
    assertEquals(Exit.DONE, CommandLineRun.of("fmt", "--check", file).exit());
  }

  @Test
  void checkForCodeHostsIsADiagnosticAFile() {
    var run = CommandLineRun.of("fmt", "--check", "--format", "json", folder.toString());
    assertEquals(Exit.REFUSED, run.exit());
    var diagnostics = Json.parse(run.out()).path("diagnostics");
    assertEquals(2, diagnostics.size());
    assertEquals("SV0120", diagnostics.path(0).path("code").asText());
    assertEquals(1, diagnostics.path(0).path("fixes").size());
  }

  @Test
  void aFileWithSyntaxErrorsIsShownAndLeftAlone() throws IOException {
    String broken = "model   a {\n";
    Files.writeString(folder.resolve("nested/nice.serve"), broken);
    var run = CommandLineRun.of("fmt", folder.toString());
    assertEquals(Exit.REFUSED, run.exit());
    assertTrue(run.err().contains("SV0101"), run.err());
    assertEquals(broken, Files.readString(folder.resolve("nested/nice.serve")));
    assertEquals(NICE, Files.readString(folder.resolve("project.serve")));
  }

  @Test
  void standardInputBecomesStandardOutput() {
    assertEquals(new CommandLineRun(Exit.DONE, NICE, ""), piped(UGLY, "fmt", "-"));
    var refused = piped("model   a {", "fmt", "-");
    assertEquals(Exit.REFUSED, refused.exit());
    assertEquals("", refused.out());
    assertTrue(refused.err().contains("<stdin>:1:11"), refused.err());
    assertEquals(Exit.REFUSED, piped(UGLY, "fmt", "--check", "-").exit());
    assertEquals(new CommandLineRun(Exit.DONE, "", ""), piped(NICE, "fmt", "--check", "-"));
  }

  @Test
  void whatChangedSinceItWasReadIsNotOverwritten() throws IOException {
    Path file = folder.resolve("project.serve");
    assertThrows(CommandFailure.class, () -> SourceText.replace(file, "something else", NICE));
    assertThrows(CommandFailure.class, () -> SourceText.replace(file, null, NICE));
    assertEquals(UGLY, Files.readString(file));
  }

  @Test
  void aPlaceThatIsNotThereIsWrongUsage() {
    assertEquals(Exit.USAGE, CommandLineRun.of("fmt", folder + "/none").exit());
    assertEquals(Exit.USAGE, CommandLineRun.of("fmt", "-", folder.toString()).exit());
  }

  private static CommandLineRun piped(String text, String... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    try {
      return CommandLineRun.of(arguments);
    } finally {
      System.setIn(before);
    }
  }
}
