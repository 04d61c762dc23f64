package dev.salver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.cli.terminal.Terminal;
import dev.salver.kube.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** {@code salver test} on a project with a real model. */
class TestCommandTest {
  private static final Path QUICKSTART = Path.of("..", "examples", "quickstart");

  private static final String STUBBED =
      """
      test "a stub answers" {
        stub iris { label = [2] }
        expect iris(input = [[1, 2, 3, 4]]).label == [2]
      }
      """;

  @TempDir private Path folder = Path.of("");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void aProject() throws IOException {
    write("project.serve", "project shop { }\nmodel iris from \"file:iris.onnx\"\n");
    Files.copy(QUICKSTART.resolve("models/iris.onnx"), folder.resolve("iris.onnx"));
    Files.copy(QUICKSTART.resolve("requests/iris.json"), folder.resolve("iris.json"));
  }

  @Test
  void theQuickstartsTestsPassWithItsRealModels() {
    assertEquals(Exit.DONE, salver("test", QUICKSTART.toString()), this::said);
    assertTrue(printed().endsWith("\n3 tests passed\n"), printed());
  }

  @Test
  void aRealModelThatAnswersOtherwiseFailsTheTestWithItsValues() throws IOException {
    write(
        "tests.serve",
        STUBBED
            + """
            test "setosa" { expect iris(input = [[5.1, 3.5, 1.4, 0.2]]).label == [1] else "no" }
            test "a request" { expect iris(sample("iris.json")).label.size() == 1 }
            """);
    assertEquals(Exit.REFUSED, salver("test", folder.toString()), this::said);
    assertTrue(printed().contains("  tests.serve:5:17: no\n"), printed());
    assertTrue(
        printed().contains("    iris(input = [[5.1, 3.5, 1.4, 0.2]]).label == [1]\n"), printed());
    assertTrue(printed().contains("false"), printed());
    assertTrue(printed().endsWith("\n2 tests passed, 1 failed\n"), printed());
  }

  @Test
  void whatAModelSaysOfAWrongRequestIsInTheReport() throws IOException {
    write("tests.serve", "test \"wide\" { expect iris(sample(\"wide.json\")).label == [1] }\n");
    write(
        "wide.json",
        "{\"inputs\": [{\"name\": \"input\", \"shape\": [1, 5], \"data\": [1,2,3,4,5]}]}");
    assertEquals(Exit.REFUSED, salver("test", folder.toString(), "--format", "json"));
    var failure = Json.parse(printed()).path("tests").path(0).path("failures").path(0);
    assertEquals("`iris`: `input`: dim 2 is 5, not 4", failure.path("message").asText());
    assertEquals(1, failure.path("line").asInt());
  }

  @Test
  void aModelThatIsNotThereIsNamed() throws IOException {
    Files.delete(folder.resolve("iris.onnx"));
    write("tests.serve", "test \"gone\" { expect iris(input = [[1, 2, 3, 4]]).label == [1] }\n");
    assertEquals(Exit.REFUSED, salver("test", folder.toString()));
    assertTrue(printed().contains("`iris`: there is no iris.onnx"), printed());
  }

  @Test
  void aModelThatIsNotTheOneThatIsPinnedFailsTheTestAndSaysWhatToDo() throws IOException {
    write(
        "tests.serve",
        "test \"it runs\" { expect iris(sample(\"iris.json\")).label.size() == 1 }\n");
    assertEquals(Exit.DONE, salver("lock", folder.toString()), this::said);
    assertEquals(Exit.DONE, salver("test", folder.toString()), this::said);
    Path lock = folder.resolve("serve.lock");
    Files.writeString(
        lock, Files.readString(lock).replaceAll("sha256:[0-9a-f]{64}", "sha256:" + "0".repeat(64)));
    out.reset();
    assertEquals(Exit.REFUSED, salver("test", folder.toString()));
    assertTrue(
        printed()
            .contains(
                "`iris`: `file:iris.onnx` is not what `serve.lock` pins: it has changed since;"
                    + " `salver lock` pins what is there now"),
        printed());
    assertEquals(Exit.DONE, salver("lock", folder.toString()), this::said);
    assertEquals(Exit.DONE, salver("test", folder.toString()), this::said);
  }

  @Test
  void junitIsXmlThatCiSystemsRead() throws Exception {
    write("tests.serve", STUBBED + "test \"<no> & \\\"never\\\"\" { expect env == \"prod\" }\n");
    Path report = folder.resolve("report.xml");
    assertEquals(
        Exit.REFUSED,
        salver("test", folder.toString(), "--format", "junit", "--output", report.toString()));
    assertTrue(printed().endsWith("\n1 test passed, 1 failed\n"), printed());
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(Files.readAllBytes(report)))
            .getDocumentElement();
    assertEquals("2", root.getAttribute("tests"));
    assertEquals("1", root.getAttribute("failures"));
    var cases = root.getElementsByTagName("testcase");
    assertEquals("<no> & \"never\"", ((Element) cases.item(1)).getAttribute("name"));
    String failure = root.getElementsByTagName("failure").item(0).getTextContent();
    assertTrue(failure.contains("env == \"prod\"\n|"), failure);
  }

  @Test
  void onlyTheTestsThatAreAskedForRun() throws IOException {
    write("tests.serve", STUBBED + "test \"never\" { expect env == \"prod\" }\n");
    assertEquals(Exit.DONE, salver("test", folder.toString(), "--only", "^a stub"), this::said);
    assertTrue(printed().endsWith("\n1 test passed\n"), printed());
    assertEquals(Exit.USAGE, salver("test", folder.toString(), "--only", "nothing"));
    assertEquals(Exit.USAGE, salver("test", folder.toString(), "--only", "("));
  }

  @Test
  void aProgramWithMistakesRunsNoTest() throws IOException {
    write("tests.serve", "test \"typo\" { expect iris.scale.replica.min == 1 }\n");
    assertEquals(Exit.REFUSED, salver("test", folder.toString()));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("error[SV6006]"));
    assertEquals("", printed());
  }

  @Test
  void aSnapshotIsKeptComparedAndNamedWhereItIsStale() throws IOException {
    assertEquals(Exit.DONE, salver("test", folder.toString(), "--update"), this::said);
    Path kept = folder.resolve("snapshots/local");
    Path service = kept.resolve("inferenceservice-iris.yaml");
    assertTrue(Files.exists(service));
    Files.writeString(
        service, Files.readString(service).replace("maxReplicas: 1", "maxReplicas: 5"));
    write("snapshots/local/inferenceservice-old.yaml", "kind: InferenceService\n");
    write("snapshots/local/notes.txt", "mine\n");
    out.reset();
    assertEquals(Exit.REFUSED, salver("test", folder.toString()));
    assertTrue(printed().contains("    -    maxReplicas: 5\n    +    maxReplicas: 1\n"), printed());
    assertTrue(
        printed().contains("inferenceservice-old.yaml: is kept, but no longer emitted"), printed());
    assertEquals(Exit.DONE, salver("test", folder.toString(), "--update"), this::said);
    assertFalse(Files.exists(kept.resolve("inferenceservice-old.yaml")));
    assertTrue(Files.exists(kept.resolve("notes.txt")));
    assertEquals(Exit.DONE, salver("test", folder.toString()), this::said);
  }

  @Test
  void lineEndsOfASnapshotDoNotCount() throws IOException {
    assertEquals(Exit.DONE, salver("test", folder.toString(), "--update"), this::said);
    Path service = folder.resolve("snapshots/local/inferenceservice-iris.yaml");
    Files.writeString(service, Files.readString(service).replace("\n", "\r\n"));
    assertEquals(Exit.DONE, salver("test", folder.toString()), this::said);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String said() {
    return printed() + err.toString(StandardCharsets.UTF_8);
  }

  private int salver(String... arguments) {
    return Main.run(
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false),
        arguments);
  }
}
