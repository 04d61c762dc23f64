package dev.salver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.cli.terminal.Terminal;
import dev.salver.kube.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code salver compile} leaves behind and prints. */
class CompileCommandTest {
  private static final String TWO =
      """
      project shop { }
      model iris from "s3://models/iris.onnx"
      model digits from "s3://models/digits.onnx"
      """;

  @TempDir private Path folder = Path.of("");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void aProject() throws IOException {
    write(TWO);
    String pin = "\" sha256:" + "a".repeat(64) + " bytes 1 format onnx\n";
    Files.writeString(
        folder.resolve("serve.lock"),
        "serve.lock 1\nartifact \"s3://models/digits.onnx"
            + pin
            + "artifact \"s3://models/iris.onnx"
            + pin);
  }

  @Test
  void aModelThatWasTakenOutLeavesTheFolderAndOtherFilesStay() throws IOException {
    Path to = folder.resolve("out");
    assertEquals(Exit.DONE, salver("compile", folder.toString(), "--to", to.toString()));
    Files.writeString(to.resolve("kustomization.yaml"), "resources: []\n");
    write(TWO.replaceFirst("model digits.*\n", ""));
    assertEquals(Exit.DONE, salver("compile", folder.toString(), "--to", to.toString()));
    assertTrue(Files.exists(to.resolve("inferenceservice-iris.yaml")));
    assertFalse(Files.exists(to.resolve("inferenceservice-digits.yaml")));
    assertTrue(Files.exists(to.resolve("kustomization.yaml")));
  }

  @Test
  void aSourceMapThatNamesFilesElsewhereIsNotObeyed() throws IOException {
    Path to = Files.createDirectories(folder.resolve("out"));
    Path outside = Files.writeString(folder.resolve("inferenceservice-mine.yaml"), "mine\n");
    Files.writeString(
        to.resolve("origins.json"),
        "{\"files\": {\"../inferenceservice-mine.yaml\": {}, \"/etc/hostname\": {}}}");
    assertEquals(Exit.DONE, salver("compile", folder.toString(), "--to", to.toString()));
    assertTrue(Files.exists(outside));
  }

  @Test
  void jsonIsOneObjectWithTheManifests() {
    assertEquals(Exit.DONE, salver("compile", folder.toString(), "--format", "json"));
    var result = Json.parse(printed());
    assertEquals(0, result.path("diagnostics").size());
    assertEquals("InferenceService", result.path("manifests").path(0).path("kind").asText());
    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void jsonWithAFolderIsTheDiagnosticsAlone() {
    String to = folder.resolve("out").toString();
    assertEquals(Exit.DONE, salver("compile", folder.toString(), "--format", "json", "--to", to));
    assertEquals("{\"diagnostics\": []}\n", printed());
  }

  @Test
  void aFolderThatIsAFileIsWrongUsage() {
    String file = folder.resolve("project.serve").toString();
    assertEquals(Exit.USAGE, salver("compile", folder.toString(), "--to", file));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("is a file; name a folder"));
  }

  @Test
  void aMistypedEnvironmentIsAnsweredWithTheOneThatWasMeant() throws IOException {
    write(TWO + "env prod { }\n");
    assertEquals(Exit.REFUSED, salver("compile", folder.toString(), "--env", "prdo"));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("did you mean `prod`?"));
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("project.serve"), text);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
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
