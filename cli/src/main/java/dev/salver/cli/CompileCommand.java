package dev.salver.cli;

import dev.salver.cli.terminal.Terminal;
import dev.salver.compiler.Compiler;
import dev.salver.compiler.Output;
import dev.salver.compiler.Program;
import dev.salver.compiler.Target;
import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salver compile}: the manifests of one environment. */
@Command(
    name = "compile",
    mixinStandardHelpOptions = true,
    description = {
      "Compile a project to the manifests of one environment.",
      "",
      "Prints them as one YAML stream, or writes a file each with --to. The same sources give the",
      "same bytes everywhere. Needs no network and no cluster.",
      ""
    })
final class CompileCommand implements Callable<Integer> {
  private static final String SOURCE_MAP = "origins.json";

  private final Terminal terminal;

  @Mixin private ProjectFolder folder = new ProjectFolder();

  @Option(
      names = "--env",
      paramLabel = "ENV",
      description = "The environment to compile for (default: local, what `up` runs).")
  private String environment = "local";

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      description = "Write a file per object there, and origins.json: which line made what.")
  private @Nullable Path to;

  @Option(names = "--format", description = "How diagnostics are shown: text or json.")
  private Format format = Format.TEXT;

  CompileCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    Path project = folder.resolve();
    Program program = Compiler.check(SourceFolder.read(project));
    Output output = Compiler.compile(program, environment, Target.cluster());
    if (format == Format.TEXT || output.hasErrors()) {
      Diagnosis.show(terminal, format, output.diagnostics());
    }
    if (output.hasErrors()) {
      return Exit.REFUSED;
    }
    if (to == null) {
      print(output.files());
    } else {
      write(to, output.files());
      terminal.step("compiled", Diagnosis.plural(output.files().size(), "file") + " to " + to);
    }
    return Exit.DONE;
  }

  private void print(Map<String, byte[]> files) {
    var out = new StringBuilder();
    files.forEach(
        (name, bytes) -> {
          if (!name.equals(SOURCE_MAP)) {
            out.append(out.isEmpty() ? "" : "---\n");
            out.append(new String(bytes, StandardCharsets.UTF_8));
          }
        });
    terminal.out().print(out);
    terminal.out().flush();
  }

  /** Each file appears whole or not at all. */
  private static void write(Path folder, Map<String, byte[]> files) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path part = Files.createTempFile(folder, ".salver", ".part");
      try {
        Files.write(part, file.getValue());
        Files.setPosixFilePermissions(
            part, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(part, folder.resolve(file.getKey()), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    }
  }
}
