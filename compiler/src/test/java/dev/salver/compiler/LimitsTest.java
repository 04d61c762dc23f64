package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input that is too much gets a sentence, not a hang and not a stack trace. */
class LimitsTest {
  private static List<Code> codes(String text) {
    var program = Compiler.check(SourceFolder.of(Map.of("p.serve", "project p { }\n" + text)));
    return program.diagnostics().stream().map(Diagnostic::code).distinct().toList();
  }

  @Test
  void aFileOverOneMebibyteIsNotRead() {
    assertEquals(List.of(Code.SV0001, Code.SV1004), codes("// " + "x".repeat(1 << 20)));
  }

  @Test
  void bytesThatAreNoTextAreNotRead(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("project.serve"), "project p { }\n");
    Files.write(folder.resolve("bad.serve"), new byte[] {(byte) 0xff, (byte) 0xfe});
    var found = Compiler.check(SourceFolder.read(folder)).diagnostics();
    assertEquals(List.of(Code.SV0002), found.stream().map(Diagnostic::code).toList());
    assertEquals("bad.serve", found.getFirst().span().file().path());
  }

  @Test
  void deepNestingOfAnyKindIsRefused() {
    for (String deep : List.of("(", "[", "{ a = ", "!", "-", "f(", "a ? b : ", "x[", "{ a { ")) {
      assertTrue(codes("model m { raw { x = " + deep.repeat(5000)).contains(Code.SV0003), deep);
    }
    assertTrue(codes("type T = " + "() -> ".repeat(5000)).contains(Code.SV0003));
  }

  @Test
  void nestingOfHolesInTextsEndsSoon() {
    codes("model m from " + "\"${".repeat(2000));
    codes("model m from " + "\"${".repeat(60) + "}\"".repeat(60));
  }

  @Test
  void afterFiftySyntaxErrorsTheRestIsLeftOut() {
    var program =
        Compiler.check(
            SourceFolder.of(Map.of("p.serve", "project p { }\n" + "nonsense here\n".repeat(200))));
    assertEquals(51, program.diagnostics().size());
    assertEquals(Code.SV0004, program.diagnostics().getLast().code());
  }

  @Test
  void aProgramHasAtMostTenThousandDeclarations() {
    var text = new StringBuilder();
    for (int i = 0; i < 10_100; i++) {
      text.append("accelerator a").append(i).append(" { }\n");
    }
    assertEquals(List.of(Code.SV0005), codes(text.toString()));
  }

  @Test
  void aParamThatNamesItselfIsNoEndlessLoop() {
    assertTrue(
        codes("param a: string = b\nparam b: string = a\nmodel m from \"s3://${a}/m.onnx\"\n")
            .contains(Code.SV2006));
  }

  @Test
  void paramsThatDoubleEachOtherOrThemselvesEnd() {
    var text = new StringBuilder("project p { }\nparam own: string = \"${own}${own}\"\n");
    for (int i = 0; i < 30; i++) {
      int next = i + 1;
      text.append("param p%d: string = \"${p%d}${p%d}\"\n".formatted(i, next, next));
    }
    text.append("param p30: string = \"xxxxxxxx\"\n");
    text.append("model a from \"s3://${p0}.onnx\"\nmodel b from \"s3://${own}.onnx\"\n");
    var program = Compiler.check(SourceFolder.of(Map.of("p.serve", text.toString())));
    assertTrue(
        program.diagnostics().stream().anyMatch(each -> each.message().contains("65536")),
        () -> program.diagnostics().toString());
  }
}
