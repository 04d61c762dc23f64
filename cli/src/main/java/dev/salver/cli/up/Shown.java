package dev.salver.cli.up;

import dev.salver.cli.Diagnosis;
import dev.salver.cli.terminal.Terminal;
import dev.salver.compiler.Output;
import dev.salver.compiler.Program;
import dev.salver.git.CommitResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The readable lines of a release, and where each service is declared. */
final class Shown {
  private static final int ID = 10;

  private final Terminal terminal;
  private final Path project;
  private final String environment;
  private volatile Map<String, String> places = Map.of();

  Shown(Terminal terminal, UpOptions options) {
    this.terminal = terminal;
    this.project = options.project();
    this.environment = options.environment();
  }

  void checked(Release.Compiled compiled) {
    Program program = compiled.program();
    Output output = compiled.output();
    Diagnosis.show(terminal, compiled.output().diagnostics());
    terminal.step(
        "checked",
        Diagnosis.plural(program.fileCount(), "file")
            + " of project "
            + program.projectName().orElse("")
            + ", "
            + Diagnosis.plural(program.modelCount(), "model"));
    terminal.step(
        "compiled",
        Diagnosis.plural(manifests(output), "manifest")
            + " for env "
            + environment
            + ", namespace "
            + output.namespace());
    List<String> elsewhere = Served.elsewhere(output);
    if (!elsewhere.isEmpty()) {
      terminal.step(
          "written",
          String.join(", ", elsewhere)
              + ": nothing on this machine runs these yet, only their parts");
    }
    places =
        output.services().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    service -> service.name(), service -> service.declaration().toString()));
  }

  void committed(CommitResult result) {
    switch (result) {
      case CommitResult.Committed(String id, String branch) ->
          terminal.step("committed", branch + " " + id.substring(0, ID) + " in " + repository());
      case CommitResult.Unchanged(String id) ->
          terminal.step(
              "unchanged",
              Release.BRANCH + " " + id.substring(0, ID) + " in " + repository() + " has it");
    }
  }

  /** Where a service is declared, {@code project.serve:4:7}; empty where it is not known. */
  String place(String service) {
    return places.getOrDefault(service, "");
  }

  /** The project's folder as seen from the current one. */
  String project() {
    return relative(project);
  }

  private String repository() {
    return relative(project.resolve(".salver/live.git"));
  }

  private static long manifests(Output output) {
    return output.files().keySet().stream().filter(name -> name.endsWith(".yaml")).count();
  }

  private static String relative(Path path) {
    Path here = Path.of("").toAbsolutePath();
    if (path.equals(here)) {
      return "this folder";
    }
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }
}
