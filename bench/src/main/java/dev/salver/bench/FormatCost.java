package dev.salver.bench;

import dev.salver.compiler.format.Formatting;
import dev.salver.compiler.source.SourceFile;
import dev.salver.dsl.ServeLexer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

/** The CPU that formatting takes, the tree included, beside reading the words of the same text. */
final class FormatCost {
  private static final int LINES = 10_000;
  private static final int WARM_UP = 15;

  private final Path library;

  /**
   * @param checkout whose standard library is the text, as often as it takes
   */
  FormatCost(Path checkout) {
    this.library =
        checkout.resolve("stdlib-graphs/src/main/resources/dev/salver/stdlib/salver.serve");
  }

  List<Measured> measure(int rounds) throws IOException {
    String text = text();
    double[] formatted = new double[rounds];
    double[] lexed = new double[rounds];
    for (int round = -WARM_UP; round < rounds; round++) {
      double format = millis(() -> Formatting.format(SourceFile.of("bench.serve", text)));
      double lex = millis(() -> lex(text));
      if (round >= 0) {
        formatted[round] = format;
        lexed[round] = lex;
      }
    }
    return List.of(
        Measured.of("formatting 10,000 lines, warm", "ms CPU", formatted, "lexing them", lexed));
  }

  private String text() throws IOException {
    String once = Files.readString(library);
    return once.repeat(Math.ceilDiv(LINES, (int) once.lines().count()));
  }

  private static void lex(String text) {
    var lexer = new ServeLexer(CharStreams.fromString(text));
    while (lexer.nextToken().getType() != Token.EOF) {
      // Each token is made and let go.
    }
  }

  private static double millis(Runnable work) {
    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    work.run();
    return (threads.getCurrentThreadCpuTime() - start) / 1e6;
  }
}
