package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A folder is a project; beside it, per environment, the manifests that it compiles to. */
class EmissionTest {
  @TestFactory
  Stream<DynamicContainer> projectsCompileToTheManifestsBesideThem() throws IOException {
    try (Stream<Path> projects = Files.list(Golden.folder("src/test/resources/emission"))) {
      return projects.sorted().toList().stream().map(EmissionTest::project);
    }
  }

  private static DynamicContainer project(Path folder) {
    Program program;
    try {
      program = Compiler.check(SourceFolder.read(folder.resolve("project")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return DynamicContainer.dynamicContainer(
        folder.getFileName().toString(),
        program.environments().stream()
            .map(
                environment ->
                    DynamicTest.dynamicTest(
                        environment, () -> environment(program, environment, folder))));
  }

  private static void environment(Program program, String environment, Path folder)
      throws IOException {
    Output output = Compiler.compile(program, environment, Target.cluster());
    // These projects were never locked.
    var told = output.diagnostics().stream().filter(each -> each.code() != Code.SV7020).toList();
    assertTrue(told.isEmpty(), told::toString);
    Path expected = folder.resolve(environment);
    for (var file : output.files().entrySet()) {
      String text = new String(file.getValue(), StandardCharsets.UTF_8);
      Golden.check(expected.resolve(file.getKey()), text);
      if (file.getKey().endsWith(".yaml")) {
        Crds.check(file.getKey(), text);
      }
    }
    var names = new TreeSet<String>();
    try (Stream<Path> files = Files.list(expected)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    assertEquals(new TreeSet<>(output.files().keySet()), names);
  }

  @Test
  void localFilesAreNamedByTheCaller() {
    var program =
        Compiler.check(
            SourceFolder.of(
                Map.of("p.serve", "project p { }\nmodel iris from \"file:models/iris.onnx\"\n")));
    Output output =
        Compiler.compile(
            program,
            "local",
            Target.local((source, at) -> "file:///blobs/" + source.substring(5) + "#" + at));
    String yaml =
        new String(output.files().get("inferenceservice-iris.yaml"), StandardCharsets.UTF_8);
    assertTrue(yaml.contains("storageUri: file:///blobs/models/iris.onnx#p.serve:2:7"), yaml);
  }

  @Test
  void anUnknownEnvironmentIsNamedWithThoseThatExist() {
    var program =
        Compiler.check(SourceFolder.of(Map.of("p.serve", "project p { }\nenv prod { }\n")));
    Output output = Compiler.compile(program, "stage", Target.cluster());
    assertEquals(Code.SV3006, output.diagnostics().getFirst().code());
    assertEquals(
        "there is no environment `stage`, but `local`, `prod`",
        output.diagnostics().getFirst().message());
    assertTrue(output.files().isEmpty());
  }
}
