package dev.salver.compiler.syntax;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.source.SourceFile;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Four times the text costs about four times the work, whatever the text is made of. */
class GrowthTest {
  private static final int SMALL = 1 << 13;
  private static final int TIMES = 4;

  /** Sixteen would be a square; the least keeps measurements apart from their noise. */
  private static final int MOST = 11;

  private static final long LEAST_NANOS = 100_000_000;

  @TestFactory
  Stream<DynamicTest> parsingGrowsWithTheText() {
    return Stream.of(
            "{",
            "}",
            "(",
            "[",
            "\"",
            "$",
            "=",
            ".",
            "-",
            "!",
            "? :",
            "@",
            "a",
            "1",
            " ",
            "\n",
            "\r",
            "\u0000",
            "é",
            "\ud83d\ude00",
            "a ",
            "a\n",
            "${",
            "\"${",
            "/*",
            "/* */",
            "///\n",
            "{ ( }",
            "} {",
            "( ]\n",
            "{ (\n}\n",
            "{}",
            "a = {\n",
            "a = 1\n",
            "model ",
            "model a {\n",
            "model a { x = } \n",
            "model a { x = 1 2 }\n",
            "model a from {\n}\n",
            "@a(",
            "graph a = b -> ",
            "a.",
            "f(a)",
            "a[",
            "for each x in ",
            "for each x in y { ",
            "switch { ",
            "nonsense here\n",
            "}\n",
            "1 + ",
            "type T = { a: ",
            "import { a ",
            "\"a\" ",
            "\"\\",
            "\"\n",
            "not ",
            "a and ",
            "x not in ",
            "if a {\n",
            "graph g { if a { b } else ",
            "graph g { match { ",
            "switch { a = b ",
            "switch { a -> ",
            "a = b if ",
            "a = (b, ",
            "a = {{ ",
            "a:\n",
            "m {\na:\n - \"b\"\n",
            "foreach x in y {\n",
            "from a ",
            "import \"a\"\n",
            "let a = ",
            "---\n",
            "-- a b\n",
            "<!--",
            "<!--\n",
            "\"\"\"",
            "\"\"\" ",
            "${a} ",
            "|>",
            ";")
        .map(piece -> DynamicTest.dynamicTest(shown(piece), () -> grows(piece)));
  }

  private static String shown(String piece) {
    return piece
        .chars()
        .mapToObj(c -> c > ' ' && c < 127 ? "" + (char) c : "U+" + Integer.toHexString(c))
        .collect(Collectors.joining());
  }

  private static void grows(String piece) {
    String small = piece.repeat(SMALL / piece.length());
    String large = piece.repeat(SMALL * TIMES / piece.length());
    long few = Math.max(LEAST_NANOS, parse(small));
    long many = parse(large);
    if (many > MOST * few) {
      many = Math.min(many, parse(large));
    }
    long least = many;
    assertTrue(
        least <= MOST * few, () -> few + " ns, but " + least + " for " + TIMES + " times it");
  }

  /** Nanoseconds of this thread, so that what else runs on the machine does not count. */
  private static long parse(String text) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Parsing.parse(SourceFile.of("t.serve", text));
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
  }
}
