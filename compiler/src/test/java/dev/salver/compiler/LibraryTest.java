package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.source.SourceFolder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

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
