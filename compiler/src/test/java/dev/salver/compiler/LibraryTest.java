package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.diagnostic.TextReport;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Parsing;
import dev.salver.compiler.syntax.SourceUnit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The standard library obeys the language that it is written in. */
class LibraryTest {
  @Test
  void theLibraryChecksAsAProjectWould() {
    var texts = new TreeMap<String, String>();
    texts.put("project.serve", "project library { }\n");
    Library.units().forEach(unit -> texts.put(unit.file().path().substring(7), unit.file().text()));
    assertEquals(4, texts.size());
    assertEquals(List.of(), Compiler.check(SourceFolder.of(texts)).diagnostics());
  }

  @Test
  void theProjectsRuntimeComesBeforeSalversBeforeThoseOfKServe() {
    String model = "project p { }\nmodel m from \"s3://m/m.onnx\" { wire = ";
    String mine = "\nruntime mine { image = \"example.org/mine:1\", formats = onnx, wire = v1 }\n";
    assertEquals("salver-onnx", runtime(model + "v2 }"));
    assertEquals("salver-onnx", runtime(model + "v1 }"));
    assertEquals("kserve-tritonserver", runtime(model + "grpc-v2 }"));
    assertEquals("mine", runtime(model + "v1 }" + mine));
    assertEquals("salver-onnx", runtime(model + "v2 }" + mine));
  }

  @Test
  void runtimesThatTheClusterHasAreNamedAndNotWritten() {
    var output = compile("project p { }\nmodel m from \"s3://m/m.joblib\"\n");
    assertEquals(
        List.of("inferenceservice-m.yaml", "origins.json"), List.copyOf(output.files().keySet()));
  }

  @Test
  void everyTemplateOfTheLibraryBecomesAGraphThatTheClusterCarries() throws IOException {
    Path folder = Golden.folder("../stdlib-graphs/src/test/project");
    String project = Files.readString(folder.resolve("project.serve"));
    for (SourceUnit unit : List.of(graphs())) {
      for (Entry entry : unit.entries()) {
        String name = assertInstanceOf(Entry.Graph.class, entry).name().text();
        assertTrue(project.contains("= " + name + "["), name + " is used nowhere");
      }
    }
    var program = uses();
    assertEquals("", TextReport.render(program.diagnostics()));
    var output = Compiler.compile(program, "local", Target.cluster());
    assertEquals(List.of(), output.diagnostics());
    var written = new TreeSet<String>();
    for (var file : output.files().entrySet()) {
      if (file.getKey().contains("graph-")) {
        String text = new String(file.getValue(), StandardCharsets.UTF_8);
        Golden.check(folder.resolve("expected").resolve(file.getKey()), text);
        Crds.check(file.getKey(), text);
        written.add(file.getKey());
      }
    }
    try (Stream<Path> expected = Files.list(folder.resolve("expected"))) {
      assertEquals(
          written,
          expected
              .map(file -> file.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  @TestFactory
  Stream<DynamicTest> theTemplatesAnswerAsTheirTestsSay() throws IOException {
    var program = uses();
    assertEquals(10, program.tests().size());
    return program.tests().stream()
        .map(
            test ->
                DynamicTest.dynamicTest(
                    test.name(),
                    () -> assertEquals(List.of(), Stubbed.run(program, test).failures())));
  }

  private static Program uses() throws IOException {
    Path folder = Golden.folder("../stdlib-graphs/src/test/project");
    var texts = new TreeMap<String, String>();
    for (String file : List.of("project.serve", "tests.serve")) {
      texts.put(file, Files.readString(folder.resolve(file)));
    }
    return Compiler.check(SourceFolder.of(texts));
  }

  @Test
  void everyDeclarationOfTheLibrarySaysWhatItIsFor() {
    var units = new ArrayList<>(Library.units());
    units.add(graphs());
    for (SourceUnit unit : units) {
      for (Entry entry : unit.entries()) {
        String before = unit.file().text().substring(0, entry.span().start()).stripTrailing();
        String line = before.substring(before.lastIndexOf('\n') + 1);
        assertTrue(line.startsWith("///"), entry.span() + " has no documentation");
      }
    }
  }

  private static SourceUnit graphs() {
    return Parsing.parse(SourceFile.library("salver:graphs.serve", Library.text("graphs.serve")));
  }

  private static String runtime(String text) {
    String yaml =
        new String(compile(text).files().get("inferenceservice-m.yaml"), StandardCharsets.UTF_8);
    int at = yaml.indexOf("runtime: ");
    assertTrue(at > 0, yaml);
    return yaml.substring(at + 9, yaml.indexOf('\n', at));
  }

  private static Output compile(String text) {
    var program = Compiler.check(SourceFolder.of(Map.of("p.serve", text)));
    assertEquals(List.of(), program.diagnostics());
    return Compiler.compile(program, "local", Target.cluster());
  }
}
