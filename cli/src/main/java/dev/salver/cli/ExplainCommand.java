package dev.salver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.cli.imports.Sources;
import dev.salver.cli.terminal.Markdown;
import dev.salver.cli.terminal.Terminal;
import dev.salver.cli.view.OriginView;
import dev.salver.compiler.Compiler;
import dev.salver.compiler.Program;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Page;
import dev.salver.compiler.explain.Explainer;
import dev.salver.compiler.explain.Explanation;
import dev.salver.kube.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code salver explain}: what a code means, or where a setting comes from. */
final class ExplainCommand implements Command {
  private static final Pattern CODE = Pattern.compile("(?i)sv?[0-9]");

  private final Terminal terminal;

  private List<String> words = List.of();

  private @Nullable Path project;

  private Format format = Format.TEXT;

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public List<String> help() {
    return List.of(
        "Explain a diagnostic's code, or where a setting of an environment comes from.",
        "",
        "  salver explain                             all codes",
        "  salver explain SV1003                      what a code means and what to do",
        "  salver explain prod fraud.scale.replicas   the chain of layers behind a setting",
        "  salver explain prod fraud                  all settings of a declaration",
        "");
  }

  @Override
  public void takes(Options options) {
    options
        .words(
            "CODE | ENV PATH",
            value -> words = value,
            "The code of a diagnostic; or an environment and a path in it.")
        .value(
            "--project",
            "DIR",
            Path.class,
            value -> project = value,
            "The project, for ENV PATH (default: the one around the current folder).")
        .value(
            "--format",
            "<format>",
            Format.class,
            value -> format = value,
            "text or json (default: text)");
  }

  @Override
  public Integer call() throws Exception {
    switch (words.size()) {
      case 0 -> list();
      case 1 -> explain(words.getFirst());
      case 2 -> origin(words.getFirst(), words.getLast());
      default ->
          throw CommandFailure.usage(
              "name one code, or an environment and a path: salver explain prod fraud.memory");
    }
    return Exit.DONE;
  }

  private void origin(String environment, String path) throws IOException {
    Program program = Sources.check(ProjectFolder.resolve(project));
    var answer = Compiler.explain(program, environment, path);
    if (answer.isEmpty()) {
      throw CommandFailure.usage(
          "there is no environment `"
              + environment
              + "`, but `"
              + String.join("`, `", program.environments())
              + "`");
    }
    switch (answer.get()) {
      case Explainer.Answer.Missing(String message) -> throw CommandFailure.usage(message);
      case Explainer.Answer.Found(List<Explanation> found) when format == Format.JSON ->
          terminal.out().println(OriginView.json(environment, found));
      case Explainer.Answer.Found(List<Explanation> found) ->
          terminal.out().print(OriginView.text(found, terminal));
    }
    terminal.out().flush();
  }

  private void explain(String word) {
    if (!CODE.matcher(word).lookingAt()) {
      throw CommandFailure.usage(
          "`"
              + word
              + "` is no code such as SV1003; of an environment, name a path too: salver explain "
              + word
              + " fraud.memory");
    }
    explain(Codes.named(word));
  }

  private void explain(Code code) {
    if (format == Format.JSON) {
      terminal.out().println(Json.write(json(code)));
      return;
    }
    Page page = code.page();
    terminal.out().println(terminal.bold(code + ": " + page.title()));
    terminal.out().println();
    terminal.out().print(Markdown.shown(page.text(), terminal));
    terminal.out().flush();
  }

  private void list() {
    if (format == Format.JSON) {
      ArrayNode codes = Json.object().putArray("codes");
      for (Code code : Code.values()) {
        codes.add(json(code));
      }
      terminal.out().println(Json.write(Json.object().set("codes", codes)));
      return;
    }
    String family = "";
    for (Code code : Code.values()) {
      if (!family.equals(Families.of(code))) {
        terminal.out().print(family.isEmpty() ? "" : "\n");
        family = Families.of(code);
        terminal.out().println(terminal.bold(family));
      }
      terminal.out().println("  " + code + "  " + code.page().title());
    }
    terminal.out().flush();
  }

  private static ObjectNode json(Code code) {
    Page page = code.page();
    return Json.object()
        .put("code", code.name())
        .put("severity", code.severity().word())
        .put("family", Families.of(code))
        .put("title", page.title())
        .put("text", page.text());
  }
}
