package dev.salver.compiler.expand;

import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.syntax.Name;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which params an environment sets. */
final class Changed {
  private static final String PARAMS = "params";

  private Changed() {}

  /** Where, by name; the first place of several. */
  static Map<String, Span> params(List<Entry> entries) {
    var changed = new HashMap<String, Span>();
    environments(entries, changed);
    return changed;
  }

  private static void environments(List<Entry> entries, Map<String, Span> changed) {
    for (Entry entry : entries) {
      if (entry instanceof Entry.ForEach each) {
        environments(each.block().entries(), changed);
      } else if (entry instanceof Resource environment && environment.kind() == Kind.ENV) {
        settings(environment.body(), changed);
      }
    }
  }

  private static void settings(List<Entry> body, Map<String, Span> changed) {
    for (Entry entry : body) {
      if (entry instanceof Entry.Setting setting && isParams(setting.path())) {
        if (setting.path().size() > 1) {
          put(setting.path().get(1), changed);
        } else if (setting.value() instanceof Expr.MapOf map) {
          map.block().entries().forEach(inner -> name(inner, changed));
        }
      } else if (entry instanceof Entry.Section section && isParams(section.path())) {
        section.block().entries().forEach(inner -> name(inner, changed));
      }
    }
  }

  private static boolean isParams(List<Name> path) {
    return path.getFirst().text().equals(PARAMS);
  }

  private static void name(Entry entry, Map<String, Span> changed) {
    switch (entry) {
      case Entry.Setting setting -> put(setting.path().getFirst(), changed);
      case Entry.Section section -> put(section.path().getFirst(), changed);
      default -> {}
    }
  }

  private static void put(Name name, Map<String, Span> changed) {
    changed.merge(name.text(), name.span(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
  }
}
