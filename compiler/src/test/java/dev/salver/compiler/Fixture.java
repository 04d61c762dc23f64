package dev.salver.compiler;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.TextReport;
import dev.salver.compiler.format.Formatted;
import dev.salver.compiler.format.Formatting;
import dev.salver.compiler.source.Imports;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A program in one file with its report in a comment at the end. Unless the file declares a
 * project, it stands beside {@code project demo { }}. Comments say what one file can't:
 *
 * <ul>
 *   <li>{@code // serve.lock| …} is a line of the lock, {@code // more.serve| …} one of another
 *       file, {@code // ../platform/project.serve| …} one of a project that is imported
 *   <li>{@code // repeat 60 model m# { }} stands for so many lines, {@code #} for their numbers
 *   <li>{@code // bytes logo.serve} is a file that is no text
 *   <li>{@code // compile prod} compiles for an environment, {@code // format} asks whether the
 *       file is formatted
 * </ul>
 */
public record Fixture(Path file, String source) {
  private static final int FEW = 8;
  private static final String MARK = "// ----\n";
  private static final Pattern ELSEWHERE =
      Pattern.compile("// (\\S+\\.(?:serve|lock))\\|(?: (.*))?");
  private static final Pattern REPEAT = Pattern.compile("// repeat ([0-9]+) (.*)");
  private static final Pattern BYTES = Pattern.compile("(?m)^// bytes (\\S+)$");
  private static final Pattern COMPILE = Pattern.compile("(?m)^// compile (\\S+)$");
  private static final Pattern FORMAT = Pattern.compile("(?m)^// format$");

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

  /** The program's files and its lock, by path. */
  SortedMap<String, String> texts() {
    var texts = new TreeMap<>(elsewhere());
    texts.keySet().removeIf(path -> path.startsWith("../"));
    String own = source.lines().map(line -> repeated(line) + "\n").collect(Collectors.joining());
    texts.put(name(), own);
    boolean declares =
        source
            .lines()
            .anyMatch(line -> line.contains("project ") && !ELSEWHERE.matcher(line).matches());
    if (!declares) {
      texts.put("project.serve", "project demo { }\n");
    }
    return texts;
  }

  private static String repeated(String line) {
    var match = REPEAT.matcher(line);
    return match.matches()
        ? IntStream.rangeClosed(1, Integer.parseInt(match.group(1)))
            .mapToObj(number -> match.group(2).replace("#", Integer.toString(number)))
            .collect(Collectors.joining("\n"))
        : line;
  }

  private SortedMap<String, String> elsewhere() {
    var texts = new TreeMap<String, String>();
    for (String line : source.lines().toList()) {
      var match = ELSEWHERE.matcher(line);
      if (match.matches()) {
        String text = match.group(2) == null ? "" : match.group(2);
        texts.merge(match.group(1), text + "\n", String::concat);
      }
    }
    return texts;
  }

  /** A folder beside the project is there or not; what Git has is never fetched. */
  private Imports imports(Map<String, String> texts) {
    var folders = new TreeMap<String, Map<String, String>>();
    elsewhere()
        .forEach(
            (path, text) -> {
              int slash = path.lastIndexOf('/');
              if (path.startsWith("../")) {
                folders
                    .computeIfAbsent(path.substring(0, slash), at -> new TreeMap<>())
                    .put(path.substring(slash + 1), text);
              }
            });
    String lock = texts.getOrDefault(SourceFolder.LOCK, "");
    return (written, from) -> {
      if (written.startsWith("git:")) {
        return lock.contains('"' + written + '"')
            ? new Imports.Answer.NotFetched()
            : new Imports.Answer.NotLocked();
      }
      String at = Path.of(from).resolve(written).normalize().toString();
      if (at.isEmpty()) {
        return new Imports.Answer.Found(Imports.SELF, SourceFolder.of(texts));
      }
      if (folders.isEmpty()) {
        return Imports.NONE.resolve(written, from);
      }
      Map<String, String> found = folders.get(at);
      return found == null
          ? new Imports.Answer.NotFound(
              folders.keySet().stream()
                  .filter(folder -> folder.length() == at.length())
                  .findFirst())
          : new Imports.Answer.Found(at, SourceFolder.of(found));
    };
  }

  Program program() {
    return program(texts());
  }

  /** The same project with other texts. */
  private Program program(Map<String, String> texts) {
    SourceFolder folder = SourceFolder.of(texts);
    var unreadable = new ArrayList<>(folder.unreadable());
    BYTES
        .matcher(source)
        .results()
        .map(match -> SourceFile.of(match.group(1), ""))
        .map(bytes -> new SourceFolder.Unreadable(bytes, SourceFolder.Reason.NOT_UTF8))
        .forEach(unreadable::add);
    return Compiler.check(
        new SourceFolder(folder.files(), unreadable, folder.lock(), folder.shouldBeLocked()),
        imports(texts));
  }

  List<Diagnostic> diagnostics() {
    return diagnostics(texts());
  }

  /** A fixture of a lint shows lints too. */
  List<Diagnostic> diagnostics(Map<String, String> texts) {
    Program program = program(texts);
    var all = new ArrayList<>(program.diagnostics());
    boolean lints = name().startsWith("sv4") && !name().startsWith("sv4001");
    if (lints || name().startsWith("lint")) {
      all.addAll(Compiler.lint(program));
    }
    COMPILE
        .matcher(source)
        .results()
        .map(match -> Compiler.compile(program, match.group(1), Target.cluster()))
        .forEach(output -> all.addAll(output.diagnostics()));
    if (FORMAT.matcher(source).find()) {
      formatting(SourceFile.of(name(), texts.getOrDefault(name(), ""))).ifPresent(all::add);
    }
    return all;
  }

  private static Optional<Diagnostic> formatting(SourceFile file) {
    return Formatting.format(file) instanceof Formatted.Done(String text)
        ? Formatting.difference(file, text)
        : Optional.empty();
  }

  /** Of many that say the same, two are shown. */
  String report() {
    var report = new StringBuilder();
    List<Diagnostic> all = diagnostics();
    for (int i = 0; i < all.size(); ) {
      int same = same(all, i);
      int shown = same > FEW ? 2 : same;
      report.append(report.isEmpty() ? "" : "\n");
      report.append(TextReport.render(all.subList(i, i + shown)));
      if (same > shown) {
        report.append("\n(").append(same - shown).append(" more of these)\n");
      }
      i += same;
    }
    return report.isEmpty() ? "nothing\n" : report.toString();
  }

  private static int same(List<Diagnostic> all, int from) {
    int end = from + 1;
    while (end < all.size() && all.get(end).message().equals(all.get(from).message())) {
      end++;
    }
    return end - from;
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
