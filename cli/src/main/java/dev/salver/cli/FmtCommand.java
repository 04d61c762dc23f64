package dev.salver.cli;

import dev.salver.cli.terminal.Terminal;
import dev.salver.compiler.Compiler;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.format.Formatted;
import dev.salver.compiler.format.Formatting;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.git.TextDiff;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** {@code salver fmt}: the one way to write a program down. */
final class FmtCommand implements Command {
  private static final String STANDARD_INPUT = "-";

  private final Terminal terminal;

  private List<String> places = List.of();

  private boolean check;

  private ReportFormat format = ReportFormat.TEXT;

  FmtCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public List<String> help() {
    return List.of(
        "Format .serve files in place.",
        "",
        "There is one style and no option of it. Comments stay, and the program means the same. A "
            + "file with syntax errors is shown and left alone (exit code 1).",
        "");
  }

  @Override
  public void takes(Options options) {
    options
        .words(
            "DIR|FILE",
            value -> places = value,
            "Folders, with all .serve files below them, and files; by default the project around the "
                + "current folder. - formats standard input to standard output.")
        .flag(
            "--check",
            value -> check = value,
            "Write nothing; show what would change and exit with 1 if anything would.")
        .value(
            "--format",
            "<format>",
            ReportFormat.class,
            value -> format = value,
            "text, json, sarif or github (default: text)");
  }

  @Override
  public Integer call() throws Exception {
    if (places.contains(STANDARD_INPUT)) {
      if (places.size() > 1) {
        throw CommandFailure.usage(
            "- stands alone: standard input is formatted to standard output");
      }
      return standardInput(System.in);
    }
    SortedMap<String, Path> files = SourcePaths.of(places);
    SourceFolder sources = SourceFolder.read(files);
    var problems = new ArrayList<>(Compiler.unreadable(sources));
    var changed = new ArrayList<String>();
    for (SourceFile file : sources.files()) {
      switch (Formatting.format(file)) {
        case Formatted.Refused refused -> problems.addAll(refused.errors());
        case Formatted.Done done when done.text().equals(file.text()) -> {}
        case Formatted.Done done -> {
          changed.add(file.path());
          if (check) {
            difference(file, done.text(), problems);
          } else {
            SourceText.replace(SourcePaths.at(files, file.path()), file.text(), done.text());
          }
        }
      }
    }
    return report(sources.files().size(), changed, problems);
  }

  private void difference(SourceFile file, String formatted, List<Diagnostic> problems) {
    if (format == ReportFormat.TEXT) {
      terminal.out().print(TextDiff.unified(file.path(), file.text(), formatted));
    } else {
      Formatting.difference(file, formatted).ifPresent(problems::add);
    }
  }

  private int report(int files, List<String> changed, List<Diagnostic> problems) {
    Diagnosis.show(terminal, format, Path.of(""), problems);
    boolean refused = !problems.isEmpty() || (check && !changed.isEmpty());
    if (format == ReportFormat.TEXT) {
      String of = Diagnosis.plural(files, "file");
      if (check) {
        changed.forEach(file -> terminal.err().println(terminal.red("unformatted") + " " + file));
      } else {
        changed.forEach(file -> terminal.step("formatted", file));
      }
      if (changed.isEmpty() && problems.isEmpty()) {
        terminal.step("formatted", of + ", nothing to change");
      }
    }
    return refused ? Exit.REFUSED : Exit.DONE;
  }

  /** For editors: nothing is printed on standard output unless all is well. */
  private int standardInput(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(SourceFolder.MAX_BYTES + 1);
    if (bytes.length > SourceFolder.MAX_BYTES) {
      throw CommandFailure.usage("standard input is larger than 1 MiB");
    }
    SourceFile file;
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      file = SourceFile.of("<stdin>", text);
    } catch (CharacterCodingException e) {
      throw CommandFailure.usage("standard input is not UTF-8 text");
    }
    return switch (Formatting.format(file)) {
      case Formatted.Refused refused -> {
        Diagnosis.show(terminal, refused.errors());
        yield Exit.REFUSED;
      }
      case Formatted.Done done -> printed(file.text(), done.text());
    };
  }

  private int printed(String text, String formatted) {
    if (!check) {
      byte[] written = formatted.getBytes(StandardCharsets.UTF_8);
      terminal.out().write(written, 0, written.length);
      terminal.out().flush();
      return Exit.DONE;
    }
    terminal.err().print(TextDiff.unified("stdin", text, formatted));
    return text.equals(formatted) ? Exit.DONE : Exit.REFUSED;
  }
}
