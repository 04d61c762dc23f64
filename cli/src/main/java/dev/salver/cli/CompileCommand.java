package dev.salver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.cli.imports.Sources;
import dev.salver.cli.terminal.Terminal;
import dev.salver.compiler.Compiler;
import dev.salver.compiler.Output;
import dev.salver.compiler.Program;
import dev.salver.compiler.Target;
import dev.salver.compiler.diagnostic.JsonReport;
import dev.salver.kube.Json;
import dev.salver.kube.Yaml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code salver compile}: the manifests of one environment. */
final class CompileCommand implements Command {
  private final Terminal terminal;

  private final ProjectFolder folder = new ProjectFolder();

  private String environment = "local";

  private @Nullable Path to;

  private ReportFormat format = ReportFormat.TEXT;

  CompileCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public List<String> help() {
    return List.of(
        "Compile a project to the manifests of one environment.",
        "",
        "Prints them as one YAML stream, or writes a file each with --to, where files of an earlier "
            + "compile that are no longer made are removed. The same sources give the same bytes "
            + "everywhere. Needs no network and no cluster.",
        "");
  }

  @Override
  public void takes(Options options) {
    folder.declare(options);
    options
        .value(
            "--env",
            "ENV",
            String.class,
            value -> environment = value,
            "The environment to compile for (default: local, what `up` runs).")
        .value(
            "--to",
            "FOLDER",
            Path.class,
            value -> to = value,
            "Write a file per object there, and origins.json: which line made what.")
        .value(
            "--format",
            "<format>",
            ReportFormat.class,
            value -> format = value,
            "text; json: one object with the diagnostics and, without --to, the manifests; sarif or "
                + "github: the diagnostics alone.");
  }

  @Override
  public Integer call() throws Exception {
    Path project = folder.resolve();
    Program program = Sources.check(project);
    Output output = Compiler.compile(program, environment, Target.cluster());
    if (to != null && !output.hasErrors()) {
      OutputFolder.write(to, output.files());
    }
    switch (format) {
      case JSON -> terminal.out().println(json(output));
      case TEXT -> text(output);
      case SARIF, GITHUB -> Diagnosis.show(terminal, format, project, output.diagnostics());
    }
    return output.hasErrors() ? Exit.REFUSED : Exit.DONE;
  }

  private void text(Output output) {
    Diagnosis.show(terminal, output.diagnostics());
    if (output.hasErrors()) {
      return;
    }
    if (to == null) {
      print(output.files());
    } else {
      terminal.step("compiled", Diagnosis.plural(output.files().size(), "file") + " to " + to);
    }
  }

  private String json(Output output) {
    String diagnostics = JsonReport.render(output.diagnostics());
    if (to != null || output.hasErrors()) {
      return diagnostics;
    }
    ObjectNode result = (ObjectNode) Json.parse(diagnostics);
    ArrayNode manifests = result.putArray("manifests");
    output
        .files()
        .forEach(
            (name, bytes) -> {
              if (!name.equals(OutputFolder.SOURCE_MAP)) {
                Yaml.documents(new String(bytes, StandardCharsets.UTF_8)).forEach(manifests::add);
              }
            });
    return Json.write(result);
  }

  private void print(Map<String, byte[]> files) {
    var out = new StringBuilder();
    files.forEach(
        (name, bytes) -> {
          if (!name.equals(OutputFolder.SOURCE_MAP)) {
            out.append(out.isEmpty() ? "" : "---\n");
            out.append(new String(bytes, StandardCharsets.UTF_8));
          }
        });
    terminal.out().print(out);
    terminal.out().flush();
  }
}
