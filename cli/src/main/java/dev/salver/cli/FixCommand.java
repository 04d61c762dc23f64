package dev.salver.cli;

import dev.salver.cli.imports.Sources;
import dev.salver.cli.terminal.Terminal;
import dev.salver.compiler.Compiler;
import dev.salver.compiler.Program;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fixing;
import dev.salver.compiler.format.Formatting;
import dev.salver.compiler.source.Imports;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.git.TextDiff;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code salver fix}: applies the fixes that diagnostics offer. */
final class FixCommand implements Command {
  private final Terminal terminal;

  private final ProjectFolder folder = new ProjectFolder();

  private boolean dryRun;

  private List<String> codes = List.of();

  private boolean suggestions;

  private ReportFormat format = ReportFormat.TEXT;

  FixCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public List<String> help() {
    return List.of(
        "Apply the fixes that diagnostics offer.",
        "",
        "Checks again after each round and keeps only what leaves less wrong than before. A file that "
            + "was formatted stays so. Exit code 1 when something is still wrong.",
        "");
  }

  @Override
  public void takes(Options options) {
    folder.declare(options);
    options
        .flag("--dry-run", value -> dryRun = value, "Write nothing; show what would change.")
        .values(
            "--code",
            "CODE",
            value -> codes = value,
            "Only fixes of this code, such as SV1003; may be repeated.")
        .flag(
            "--suggestions",
            value -> suggestions = value,
            "Apply suggestions too: one of several ways out, or one that takes away what somebody "
                + "wrote.")
        .value(
            "--format",
            "<format>",
            ReportFormat.class,
            value -> format = value,
            "How to show what is still wrong: text, json, sarif or github (default: text)");
  }

  @Override
  public Integer call() throws Exception {
    var wanted = codes.stream().map(each -> Codes.named(each).name()).toList();
    Path project = folder.resolve();
    SourceFolder sources = SourceFolder.read(project);
    var texts = new TreeMap<String, String>();
    sources.files().forEach(file -> texts.put(file.path(), file.text()));
    sources.lock().ifPresent(lock -> texts.put(lock.path(), lock.text()));
    Imports imports = Sources.imports(project, sources);
    Fixing.Fixed fixed =
        Fixing.all(
            texts,
            now -> check(imports, sources, now, !wanted.isEmpty()),
            (each, fix) ->
                (fix.safe() || suggestions)
                    && (wanted.isEmpty() || wanted.contains(each.code().name())));
    write(project, texts, fixed.texts());
    report(project, fixed);
    return fixed.remaining().stream().anyMatch(Diagnostic::isError) ? Exit.REFUSED : Exit.DONE;
  }

  /** Lints are mended only where someone names their code. */
  private static List<Diagnostic> check(
      Imports imports, SourceFolder read, SortedMap<String, String> texts, boolean lints) {
    var files = new ArrayList<SourceFile>();
    var lock =
        Optional.ofNullable(texts.get(SourceFolder.LOCK))
            .map(text -> SourceFile.of(SourceFolder.LOCK, text));
    texts.forEach(
        (path, text) -> {
          if (!path.equals(SourceFolder.LOCK)) {
            files.add(SourceFile.of(path, text));
          }
        });
    Program program =
        Compiler.check(
            new SourceFolder(files, read.unreadable(), lock, read.shouldBeLocked()), imports);
    var found = new ArrayList<>(program.diagnostics());
    if (lints) {
      found.addAll(Compiler.lint(program));
    }
    return found;
  }

  private void write(Path project, SortedMap<String, String> before, SortedMap<String, String> now)
      throws IOException {
    for (var text : now.entrySet()) {
      String path = text.getKey();
      String was = before.get(path);
      if (text.getValue().equals(was)) {
        continue;
      }
      String old = was == null ? "" : was;
      String written =
          path.equals(SourceFolder.LOCK)
              ? text.getValue()
              : Formatting.kept(path, old, text.getValue());
      if (dryRun) {
        terminal.out().print(TextDiff.unified(path, old, written));
      } else {
        SourceText.replace(project.resolve(path), was, written);
      }
    }
    terminal.out().flush();
  }

  private void report(Path project, Fixing.Fixed fixed) {
    if (format == ReportFormat.TEXT && !dryRun) {
      for (Fixing.Applied each : fixed.applied()) {
        Diagnostic diagnostic = each.diagnostic();
        terminal.step(
            "fixed",
            diagnostic.span() + " " + diagnostic.code() + ": " + each.fix().title().strip());
      }
    }
    if (format != ReportFormat.TEXT || !dryRun) {
      Diagnosis.show(terminal, format, project, fixed.remaining());
    }
    if (format == ReportFormat.TEXT) {
      String left = Diagnosis.count(fixed.remaining());
      terminal
          .err()
          .println(
              String.format(
                  Locale.ROOT,
                  "%s %s%s",
                  fixes(fixed.applied().size()),
                  dryRun ? "possible" : "applied",
                  left.isEmpty() ? "" : ", " + left + " left"));
    }
  }

  private static String fixes(int count) {
    return count + (count == 1 ? " fix" : " fixes");
  }
}
