package dev.salver.cli;

import dev.salver.cli.imports.Sources;
import dev.salver.cli.terminal.Terminal;
import dev.salver.cli.testing.CaseResult;
import dev.salver.cli.testing.ModelServers;
import dev.salver.cli.testing.ProjectSamples;
import dev.salver.cli.testing.Report;
import dev.salver.cli.testing.Snapshots;
import dev.salver.cli.testing.Suite;
import dev.salver.cli.testing.TextReport;
import dev.salver.cli.up.JvmPrograms;
import dev.salver.compiler.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** {@code salver test}: the tests that stand in a project, and its snapshots. */
final class TestCommand implements Command {
  private final Terminal terminal;

  private final ProjectFolder folder = new ProjectFolder();

  private String only = "";

  private boolean update;

  private List<String> environments = List.of();

  private int timeout = 60;

  private TestFormat format = TestFormat.TEXT;

  private @Nullable Path output;

  TestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public List<String> help() {
    return List.of(
        "Run a project's tests: its models for real, its graphs with stubs where a test has them.",
        "",
        "Compares the manifests of each environment with snapshots/ENV, where that folder is there. "
            + "Needs no cluster; models run as processes of this machine and end with the tests. Exit "
            + "code 1 when a test fails.",
        "");
  }

  @Override
  public void takes(Options options) {
    folder.declare(options);
    options
        .value(
            "--only",
            "REGEX",
            String.class,
            value -> only = value,
            "Only tests whose name contains a match of this.")
        .flag(
            "--update",
            value -> update = value,
            "Keep the manifests of now as snapshots: of the environments that have a folder, or of "
                + "all where none has.")
        .values(
            "--env",
            "ENV",
            value -> environments = value,
            "With --update: the environments to keep, a new one also.")
        .value(
            "--timeout",
            "SECONDS",
            Integer.class,
            value -> timeout = value,
            "For each test (default: " + timeout + ").")
        .value(
            "--format",
            "<format>",
            TestFormat.class,
            value -> format = value,
            "text, json or junit (default: text)")
        .value(
            "--output",
            "FILE",
            Path.class,
            value -> output = value,
            "Write json or junit there, and text to the terminal.");
  }

  /** How results are written. */
  enum TestFormat {
    TEXT,
    JSON,
    JUNIT
  }

  @Override
  public Integer call() throws Exception {
    if (timeout < 1) {
      throw CommandFailure.usage("--timeout is in seconds and at least 1, not " + timeout);
    }
    if (output != null && format == TestFormat.TEXT) {
      throw CommandFailure.usage("--output goes with --format json or --format junit");
    }
    Predicate<String> wanted = pattern();
    Path project = folder.resolve();
    Program program = Sources.check(project);
    if (program.hasErrors()) {
      Diagnosis.show(terminal, program.diagnostics());
      return Exit.REFUSED;
    }
    boolean quiet = format != TestFormat.TEXT && output == null;
    var text =
        new TextReport(
            terminal, quiet ? new PrintStream(OutputStream.nullOutputStream()) : terminal.out());
    var snapshots = new Snapshots(project, program);
    if (update) {
      update(snapshots, program, quiet);
    }
    List<CaseResult> results = results(project, program, snapshots, wanted, text);
    if (results.isEmpty() && !only.isEmpty()) {
      throw CommandFailure.usage("no test's name contains a match of " + only);
    }
    text.summary(results);
    write(program.projectName().orElse(""), results);
    return results.stream().allMatch(CaseResult::passed) ? Exit.DONE : Exit.REFUSED;
  }

  private Predicate<String> pattern() {
    try {
      return Pattern.compile(only).asPredicate();
    } catch (PatternSyntaxException e) {
      throw CommandFailure.usage("--only is no regular expression: " + e.getDescription());
    }
  }

  private void update(Snapshots snapshots, Program program, boolean quiet) throws IOException {
    for (String environment : environments) {
      if (!program.environments().contains(environment)) {
        throw CommandFailure.usage("there is no environment " + environment);
      }
    }
    SortedSet<String> kept = snapshots.kept();
    kept.retainAll(program.environments());
    SortedSet<String> wanted =
        !environments.isEmpty()
            ? new TreeSet<>(environments)
            : kept.isEmpty() ? program.environments() : kept;
    for (String environment : wanted) {
      int changed = snapshots.update(environment);
      if (!quiet) {
        terminal.step(
            "kept", "snapshots/" + environment + ", " + Diagnosis.plural(changed, "file") + " new");
      }
    }
  }

  private List<CaseResult> results(
      Path project, Program program, Snapshots snapshots, Predicate<String> wanted, TextReport text)
      throws IOException, InterruptedException {
    Duration limit = Duration.ofSeconds(timeout);
    Path temporary = Files.createTempDirectory("salver-test");
    List<CaseResult> results;
    try (var models =
        new ModelServers(
            project, program.lock(), temporary, JvmPrograms.server(temporary), limit)) {
      results =
          new ArrayList<>(
              new Suite(program, models, new ProjectSamples(project), limit)
                  .run(wanted, text::show));
    }
    for (String environment : snapshots.kept()) {
      if (wanted.test(Snapshots.name(environment))) {
        CaseResult result = snapshots.compare(environment);
        text.show(result);
        results.add(result);
      }
    }
    return results;
  }

  private void write(String project, List<CaseResult> results) throws IOException {
    String report =
        switch (format) {
          case TEXT -> "";
          case JSON -> Report.json(results);
          case JUNIT -> Report.junit(project, results);
        };
    if (output != null) {
      Files.writeString(output, report);
    } else {
      terminal.out().print(report);
      terminal.out().flush();
    }
  }
}
