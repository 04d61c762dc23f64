package dev.salver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code salver fix} does what the reports offer, and {@code salver explain} says why. */
class FixCommandTest {
  private static final String WRONG =
      "project p { }\nmodel a from \"file:m/a.onnx\" { timout = 1s, memory = 4GB }\n";

  @TempDir private Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void aProject() throws IOException {
    file = Files.writeString(folder.resolve("project.serve"), WRONG);
  }

  @Test
  void fixesAreAppliedAndSaid() throws IOException {
    var run = CommandLineRun.of("fix", folder.toString());
    assertEquals(Exit.DONE, run.exit(), run.err());
    assertEquals(WRONG.replace("timout", "timeout").replace("4GB", "4Gi"), Files.readString(file));
    assertTrue(run.out().contains("project.serve:2:32 SV1003: write `timeout`"), run.out());
    assertTrue(run.err().contains("2 fixes applied"), run.err());
    assertEquals(Exit.DONE, CommandLineRun.of("check", folder.toString()).exit());
  }

  @Test
  void aDryRunShowsTheDiffAndWritesNothing() throws IOException {
    var run = CommandLineRun.of("fix", "--dry-run", folder.toString());
    assertEquals(WRONG, Files.readString(file));
    assertTrue(run.out().contains("+model a from \"file:m/a.onnx\" { timeout = 1s"), run.out());
  }

  @Test
  void oneCodeAloneLeavesTheRestWrong() throws IOException {
    var run = CommandLineRun.of("fix", "--code", "sv2002", folder.toString());
    assertEquals(Exit.REFUSED, run.exit());
    assertEquals(WRONG.replace("4GB", "4Gi"), Files.readString(file));
    assertTrue(run.err().contains("1 fix applied, 1 error left"), run.err());
    assertEquals(Exit.USAGE, CommandLineRun.of("fix", "--code", "SV9", folder.toString()).exit());
  }

  @Test
  void checkSaysThatThereAreFixes() {
    var run = CommandLineRun.of("check", folder.toString());
    assertTrue(run.err().endsWith("all of these have a fix: salver fix\n"), run.err());
  }

  @Test
  void checkWritesForCodeHosts() {
    var github = CommandLineRun.of("check", "--format", "github", folder.toString());
    assertTrue(github.out().startsWith("::error file=project.serve,line=2,col=32,"), github.out());
    var sarif = CommandLineRun.of("check", "--format", "sarif", folder.toString());
    assertTrue(sarif.out().startsWith("{\"$schema\": "), sarif.out());
    assertEquals("", sarif.err());
  }

  @Test
  void aCodeIsExplained() {
    var page = CommandLineRun.of("explain", "sv1003");
    assertTrue(page.out().startsWith("SV1003: No such setting\n\nThe declaration"), page.out());
    assertTrue(page.out().contains("\nWhat to do. "), page.out());
    var json = CommandLineRun.of("explain", "SV1003", "--format", "json");
    assertTrue(json.out().contains("\"title\":\"No such setting\""), json.out());
  }

  @Test
  void allCodesAreListedByFamily() {
    var list = CommandLineRun.of("explain");
    assertTrue(list.out().startsWith("Syntax\n  SV0001  "), list.out());
    assertTrue(list.out().contains("\n\nNames\n  SV1001  Declared twice\n"), list.out());
  }

  @Test
  void anEnvironmentAloneIsNotExplained() {
    var run = CommandLineRun.of("explain", "prod");
    assertEquals(Exit.USAGE, run.exit());
    assertTrue(run.err().contains("salver explain prod fraud.memory"), run.err());
  }

  @Test
  void aMistypedCodeIsAnsweredWithTheNearest() {
    var run = CommandLineRun.of("explain", "SV1O03");
    assertEquals(Exit.USAGE, run.exit());
    assertTrue(run.err().contains("did you mean `SV1003`?"), run.err());
  }
}
