package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.format.Formatting;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What strangers may write: it is answered, whatever it is. With {@code -Dgrowth.declarations=true}
 * it is also measured that ten thousand declarations cost what twice five thousand do.
 */
class HostileTextTest {
  private static final int DEEP = 3_000;
  private static final int LONG = SourceFolder.MAX_BYTES - 200;
  private static final boolean MEASURED = Boolean.getBoolean("growth.declarations");
  private static final int MANY = MEASURED ? 4_900 : 400;

  /** Four would be a square. */
  private static final double MOST = 3.2;

  private static List<Diagnostic> check(String text) {
    return Compiler.check(SourceFolder.of(Map.of("p.serve", text))).diagnostics();
  }

  @Test
  void bytesThatAreCutOrNoTextAreNotRead(@TempDir Path folder) throws IOException {
    var random = new SplittableRandom(11);
    byte[] right =
        "project p { }\nmodel m from \"s3://m/é€😀.onnx\"\n".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = Arrays.copyOf(right, 1 + random.nextInt(right.length));
      if (random.nextBoolean()) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      boolean text =
          Arrays.equals(
              new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), bytes);
      Files.write(folder.resolve("a.serve"), bytes);
      SourceFolder read = SourceFolder.read(folder);
      assertEquals(text ? 0 : 1, read.unreadable().size());
      List<Diagnostic> found = Compiler.check(read).diagnostics();
      assertEquals(!text, found.stream().anyMatch(each -> each.code() == Code.SV0002));
    }
  }

  /** A sign that is read where it was not written is no place for a fix. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "model m from \"s3://m/a.onnx\" { slo = [p99 < && 120ms errors < 1%] }",
        "rollout r { steps = [5% for 10min, 100%], gate p99 < && 120ms errors < 1% }",
      })
  void wordsThatChangedPlacesAreToldOnce(String declaration) {
    assertEquals(
        List.of(Code.SV0106),
        check("project p { }\n" + declaration + "\n").stream().map(Diagnostic::code).toList());
  }

  /** What stands before the piece that is repeated, then the piece, then what closes it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "graph g(x: f32[1]) -> f32[1] = x -> §switch { max(x) > 1 => §m, else => m }",
        "graph g(x: f32[1]) -> f32[1] = x -> §split { 50% => §m, 50% => m }",
        "graph g(x: f32[1]) -> f32[1] = x -> §all { §m, m } by first",
        "graph g(x: f32[1]) -> f32[1] = x -> §all { for each i in [1] { §m } } by first",
        "graph g(x: f32[1]) -> f32[1] = m§(m§)",
        "graph g(x: f32[1]) -> f32[1] = x§ or m§",
        "graph g(x: f32[1]) -> f32[1] = §t[a = §m]",
        "graph g(x: f32[1]) -> f32[1] = { a = §{ a = §1 } }",
        "type T = §{ a: §f32 }",
        "type T = §[§f32]",
        "type T = §(a: §f32) -> f32",
        "type T = §(a: f32) -> §f32",
        "param p: f32 = §(§1)",
        "param p: f32 = §-§1",
        "param p: bool = §!§true",
        "param p: f32 = §true ? 1 : §2",
        "param p: f32 = §true ? §1 : 2",
        "param p: f32 = §max(§1)",
        "param p: f32 = §1 + §1",
        "param p: f32 = a§.b§",
        "param p: f32 = a§[0§]",
        "param p: [f32] = §[§1]",
        "param p: f32 = §{ a = §1 }",
        "param p: string = §\"${§\"x\"}\"",
        "model m from \"s3://m/m.onnx\" { §a { §b = 1 } }",
        "model m from \"s3://m/m.onnx\" { §raw { a = §1 } }",
        "model m from \"s3://m/m.onnx\" { raw { x = §[{ a = §1 }] } }",
        "§for each i in [1] { §model m from \"s3://m/m.onnx\" }",
        "env prod { §model m { §cpu = 1 } }",
        "env prod { §for each i in [1] { §model m { cpu = 1 } } }",
        "policy p on model { require §(§true) }",
        "policy p on model { require §self.labels.all(a, §true) }",
        "test \"t\" { expect §f(§1) == 1 }",
        "rollout r { steps = [§(§100%)], gate §(§errors) < 1% }",
        "@allow(§(§SV4001), \"x\") model m from \"s3://m/m.onnx\"",
        "§/* § */",
        "§@deprecated(\"x\") §model m from \"s3://m/m.onnx\""
      })
  void whateverIsNestedDeepIsAnswered(String pattern) {
    String[] parts = pattern.split("§", -1);
    String tail = parts[parts.length - 1];
    int close = closers(tail);
    for (int depth : new int[] {150, 199, DEEP}) {
      String inner = parts[1];
      String end = tail.substring(close);
      String text =
          "project p { }\n"
              + parts[0]
              + inner.repeat(depth)
              + tail.substring(0, close)
              + end.repeat(end.isEmpty() ? 0 : depth);
      List<Diagnostic> found = check(text);
      assertTrue(found.size() < 400, () -> found.size() + " diagnostics");
      check(text.substring(0, text.length() - tail.length() / 2));
      Formatting.format(SourceFile.of("p.serve", text));
    }
  }

  /** Where what closes begins: behind the innermost thing. */
  private static int closers(String tail) {
    int at = 0;
    while (at < tail.length() && " })],".indexOf(tail.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  @TestFactory
  Stream<DynamicTest> oneHugeTokenIsAnswered() {
    return Map.of(
            "a name", "model " + "a".repeat(LONG),
            "a number", "param p: f32 = " + "9".repeat(LONG),
            "a fraction", "param p: f32 = 0." + "9".repeat(LONG),
            "an exponent", "param p: f32 = 1e" + "9".repeat(LONG),
            "a size", "param p: size = " + "9".repeat(LONG) + "Gi",
            "a text", "param p: string = \"" + "x".repeat(LONG) + "\"",
            "an open text", "param p: string = \"" + "x".repeat(LONG),
            "a comment", "/*" + "*".repeat(LONG),
            "a path", "model m { " + "a.".repeat(LONG / 2),
            "blanks", " ".repeat(LONG))
        .entrySet()
        .stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey(),
                    () -> {
                      List<Diagnostic> found = check("project p { }\n" + each.getValue());
                      assertTrue(found.size() <= 60, () -> found.size() + " diagnostics");
                      found.forEach(
                          one ->
                              assertTrue(one.message().length() < 2 * LONG, "a message of bounds"));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> manyDeclarationsOfEachKindAreAnswered() {
    return Stream.of(
            many("models", i -> "model m%d from \"s3://m/%d.onnx\"".formatted(i, i)),
            many("types", i -> "type T%d = f32[%d]".formatted(i, i + 1)),
            many("types of types", i -> "type T%d = { a: T%d }".formatted(i, i + 1)),
            many("params", i -> "param p%d: f32 = %d".formatted(i, i)),
            many("params of params", i -> "param p%d: f32 = p%d".formatted(i, i + 1)),
            many("secrets", i -> "secret s%d from \"kubernetes:s/%d\"".formatted(i, i)),
            many("accelerators", i -> "accelerator a%d { limit = \"x/%d\" }".formatted(i, i)),
            many("runtimes", i -> "runtime r%d { image = \"i\", formats = f%d }".formatted(i, i)),
            many("rollouts", i -> "rollout r%d { steps = [100%%] }".formatted(i)),
            many("policies", i -> "policy p%d on model { require self.name != \"\" }".formatted(i)),
            many("tests", i -> "test \"t%d\" { expect 1 == 1 }".formatted(i)),
            many("graphs", i -> "graph g%d(x: f32[1]) -> (x: f32[1]) = x".formatted(i)),
            many("templates", i -> "graph t%d[m: S]: S = m".formatted(i)),
            many(
                "graphs in a row",
                i -> "graph g%d(x: f32[1]) -> (x: f32[1]) = g%d".formatted(i, i + 1)),
            many(
                "environments in a row",
                i -> "@abstract\nenv e%d extends e%d { }".formatted(i, i + 1)),
            many(
                "patches",
                i -> "env e { model * where labels.a == \"%d\" { cpu = 1 } }".formatted(i)),
            many("imports", i -> "import { ab } from \"salver:graphs\""),
            many("projects", i -> "project p%d { }".formatted(i)))
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.what(),
                    () -> {
                      long once = nanos(each.text(MANY));
                      if (MEASURED) {
                        double times = (double) nanos(each.text(2 * MANY)) / once;
                        System.out.printf(
                            "%s: %.1f s, twice %.2f%n", each.what(), once / 1e9, times);
                        assertTrue(
                            times < MOST || once < 300_000_000, () -> "twice as many: " + times);
                      }
                    }));
  }

  private record Many(String what, IntFunction<String> declaration) {
    String text(int count) {
      return IntStream.range(0, count)
          .mapToObj(declaration)
          .collect(Collectors.joining("\n", "project p { }\n", "\n"));
    }
  }

  private static Many many(String what, IntFunction<String> declaration) {
    return new Many(what, declaration);
  }

  /** Of this thread, so that what else runs on the machine does not count. */
  private static long nanos(String text) {
    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    check(text);
    return threads.getCurrentThreadCpuTime() - start;
  }
}
