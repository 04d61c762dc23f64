package dev.salver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.cli.terminal.Markdown;
import dev.salver.cli.terminal.Terminal;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Page;
import dev.salver.kube.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code salver explain}: what a code means. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Explain a diagnostic's code, or list all codes.",
      "",
      "  salver explain SV1003",
      ""
    })
final class ExplainCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(arity = "0..*", paramLabel = "CODE", description = "The code of a diagnostic.")
  private List<String> words = List.of();

  @Option(names = "--format", description = "text or json (default: text)")
  private Format format = Format.TEXT;

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    switch (words.size()) {
      case 0 -> list();
      case 1 -> explain(Codes.named(words.getFirst()));
      default -> throw CommandFailure.usage("name one code, such as: salver explain SV1003");
    }
    return Exit.DONE;
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
