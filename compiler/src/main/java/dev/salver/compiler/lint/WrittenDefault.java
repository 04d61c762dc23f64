package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.syntax.Entry;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A setting that is the default. */
final class WrittenDefault implements Rule {
  private static final Map<String, String> DEFAULTS =
      Map.of("wire", "v2", "timeout", "60s", "expose", "public", "deploy", "true");

  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    program.declarations().models().values().forEach(model -> block(model.body(), findings));
  }

  private void block(List<Entry> entries, Consumer<Diagnostic> findings) {
    for (Entry entry : entries) {
      if (entry instanceof Entry.Setting setting && setting.path().size() == 1) {
        String key = setting.path().getFirst().text();
        if (setting.value().span().text().equals(DEFAULTS.get(key))) {
          findings.accept(
              Diagnostic.of(
                      Code.SV4013,
                      setting.path().getFirst().span(),
                      "`" + key + "` is " + DEFAULTS.get(key) + " by default")
                  .fixedBy(Fix.remove("remove the setting", setting.span())));
        }
      }
    }
  }
}
