package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Severity;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code project { lint { SV4013 = off } }}: how bad a finding is in this project. */
final class Levels {
  private final Map<Code, Optional<Severity>> levels = new EnumMap<>(Code.class);

  private Levels() {}

  static Levels of(Optional<Resource> project) {
    var levels = new Levels();
    for (Entry entry : project.map(Resource::body).orElse(List.of())) {
      if (entry instanceof Entry.Section section
          && section.path().size() == 1
          && section.path().getFirst().text().equals("lint")) {
        section.block().entries().forEach(levels::level);
      }
    }
    return levels;
  }

  private void level(Entry entry) {
    if (entry instanceof Entry.Setting setting && setting.value() instanceof Expr.Word word) {
      String level = word.text();
      levels.put(
          Code.valueOf(setting.path().getFirst().text()),
          level.equals("off")
              ? Optional.empty()
              : Optional.of(Severity.valueOf(level.toUpperCase(Locale.ROOT))));
    }
  }

  List<Diagnostic> apply(List<Diagnostic> found) {
    return found.stream()
        .flatMap(
            each ->
                levels
                    .getOrDefault(each.code(), Optional.of(each.severity()))
                    .map(each::as)
                    .stream())
        .toList();
  }
}
