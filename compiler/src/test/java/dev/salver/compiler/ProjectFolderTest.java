package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files form a program. */
class ProjectFolderTest {
  @Test
  void filesOfHiddenTargetAndNestedProjectFoldersAreLeftOut(@TempDir Path folder)
      throws IOException {
    for (String path :
        List.of(
            "project.serve",
            "models/iris.serve",
            "models/notes.txt",
            ".salver/old.serve",
            "target/copy.serve",
            "nested/project.serve",
            "nested/deep/more.serve",
            ".hidden.serve")) {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "");
    }
    Files.createSymbolicLink(folder.resolve("link.serve"), folder.resolve("project.serve"));
    assertEquals(
        List.of("models/iris.serve", "project.serve"),
        SourceFolder.read(folder).files().stream().map(SourceFile::path).toList());
  }

  @Test
  void aNestedProjectUnderAnyFileNameIsAProgramOfItsOwn() {
    var program =
        Compiler.check(
            SourceFolder.of(
                Map.of(
                    "main.serve", "project outer { }\nmodel a from \"s3://m/a.onnx\"\n",
                    "sub/x.serve", "project inner { }\n",
                    "sub/y.serve", "model a from \"s3://m/a.onnx\"\n")));
    assertEquals(List.of(), program.diagnostics());
    assertEquals("outer", program.projectName().orElseThrow());
    assertEquals(1, program.modelCount());
    assertEquals(1, program.fileCount());
  }

  @Test
  void abstractEnvironmentsAreNotCompiledForAndLocalAlwaysIsThere() {
    var program =
        Compiler.check(
            SourceFolder.of(
                Map.of(
                    "p.serve",
                    "project p { }\n@abstract\nenv base { labels { team = \"ml\" } }\nenv prod extends base { }\n")));
    assertEquals(List.of(), program.diagnostics());
    assertEquals(Set.of("local", "prod"), program.environments());
  }
}
