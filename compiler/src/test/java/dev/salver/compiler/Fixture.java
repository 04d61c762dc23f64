package dev.salver.compiler;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.TextReport;
import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program in one file with its report in a comment at the end. Unless the file declares a
 * project, it stands beside {@code project demo { }}. Comments {@code // serve.lock| …} are the
 * lines of its lock.
 */
public record Fixture(Path file, String source) {
  private static final String MARK = "// ----\n";
  private static final String LOCKED = "// serve.lock| ";

  public static List<Fixture> all() throws IOException {
    try (Stream<Path> files = Files.list(Golden.folder("src/test/resources/diagnostics"))) {
      return files.sorted().map(Fixture::read).toList();
    }
  }

  private static Fixture read(Path file) {
    try {
      String text = Files.readString(file);
      int mark = text.lastIndexOf(MARK);
      return new Fixture(file, mark < 0 ? text : text.substring(0, mark));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String name() {
    return file.getFileName().toString();
  }

  Map<String, String> with(String text) {
    var texts = new TreeMap<String, String>();
    texts.put(name(), text);
    if (!text.contains("project ") && !text.startsWith("// no project")) {
      texts.put("project.serve", "project demo { }\n");
    }
    String lock =
        text.lines()
            .filter(line -> line.startsWith(LOCKED))
            .map(line -> line.substring(LOCKED.length()) + "\n")
            .collect(Collectors.joining());
    if (!lock.isEmpty()) {
      texts.put(SourceFolder.LOCK, lock);
    }
    return texts;
  }

  Program program() {
    return Compiler.check(SourceFolder.of(with(source)));
  }

  /** A fixture of a lint shows lints too. */
  List<Diagnostic> diagnostics(Program program) {
    var all = new ArrayList<>(program.diagnostics());
    boolean lints = name().startsWith("sv4") && !name().startsWith("sv4001");
    if (lints || name().startsWith("lint")) {
      all.addAll(Compiler.lint(program));
    }
    return all;
  }

  List<Diagnostic> diagnostics() {
    return diagnostics(program());
  }

  String report() {
    String report = TextReport.render(diagnostics());
    return report.isEmpty() ? "nothing\n" : report;
  }

  String withReport(String report) {
    return source
        + MARK
        + report
            .lines()
            .map(line -> ("// " + line).stripTrailing())
            .collect(Collectors.joining("\n", "", "\n"));
  }
}
