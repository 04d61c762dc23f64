package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A secret that is written out. */
final class PlainSecret implements Rule {
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(^|[_-])(token|password|passwd|secret|api_?key|private_?key|credentials?)$");

  /** What is shorter is no secret. */
  private static final int SHORTEST = 6;

  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    var declared = new ArrayList<Resource>();
    declared.addAll(program.declarations().models().values());
    declared.addAll(program.declarations().runtimes().values());
    declared.addAll(program.declarations().defaults());
    for (Resource each : declared) {
      sections(each.body(), findings);
    }
    for (Resource environment : program.declarations().environments().values()) {
      for (Entry entry : environment.body()) {
        if (entry instanceof Resource patch) {
          sections(patch.body(), findings);
        }
      }
    }
  }

  private static void sections(List<Entry> body, Consumer<Diagnostic> findings) {
    for (Entry entry : body) {
      if (entry instanceof Entry.Section section) {
        boolean vars = section.path().getLast().text().equals("vars");
        for (Entry inner : section.block().entries()) {
          if (vars && inner instanceof Entry.Setting setting) {
            variable(setting, findings);
          }
        }
        sections(section.block().entries(), findings);
      }
    }
  }

  private static void variable(Entry.Setting setting, Consumer<Diagnostic> findings) {
    Name name = setting.path().getFirst();
    boolean written =
        setting
            .value()
            .plainText()
            .filter(text -> text.length() >= SHORTEST && !text.startsWith("/"))
            .isPresent();
    if (written && SECRET.matcher(name.text()).find()) {
      findings.accept(
          Diagnostic.of(
              Code.SV4018,
              setting.value().span(),
              "`" + name + "` looks like a secret, which everybody can read here"));
    }
  }
}
