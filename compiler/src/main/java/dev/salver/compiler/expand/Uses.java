package dev.salver.compiler.expand;

import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.syntax.Name;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds every name that is used, with the set that it is looked up in. */
final class Uses extends Rewriter {
  private final Found found;
  private LocalNames local = LocalNames.NONE;
  private @Nullable Space context;

  /** Is told of each use. */
  @FunctionalInterface
  interface Found {
    void at(Space space, String name, Span span);
  }

  private Uses(Found found) {
    this.found = found;
  }

  static void of(List<Entry> entries, Found found) {
    new Uses(found).entries(entries);
  }

  @Override
  Expr word(Expr.Word word) {
    if (!local.has(word.text())) {
      found.at(Space.PARAM, word.text(), word.span());
      if (context != null) {
        found.at(context, word.text(), word.span());
      }
    }
    return word;
  }

  @Override
  Entry setting(Entry.Setting setting) {
    return in(Space.ofKey(setting.path().getFirst().text()), () -> super.setting(setting));
  }

  @Override
  Entry section(Entry.Section section) {
    return in(Space.ofKey(section.path().getFirst().text()), () -> super.section(section));
  }

  @Override
  Entry resource(Resource resource) {
    return resource.kind() == Kind.TEST
        ? in(Space.SERVICE, () -> super.resource(resource))
        : super.resource(resource);
  }

  @Override
  Entry graph(Entry.Graph graph) {
    local = LocalNames.of(graph);
    Entry same = in(Space.SERVICE, () -> super.graph(graph));
    local = LocalNames.NONE;
    return same;
  }

  private Entry in(@Nullable Space space, Supplier<Entry> inside) {
    Space before = context;
    context = space == null ? before : space;
    Entry same = inside.get();
    context = before;
    return same;
  }

  @Override
  Name runtime(Name name) {
    found.at(Space.RUNTIME, name.text(), name.span());
    return name;
  }

  @Override
  Name parent(Name name) {
    found.at(Space.ENV, name.text(), name.span());
    return name;
  }

  @Override
  Name typeName(Name name) {
    found.at(Space.TYPE, name.text(), name.span());
    return name;
  }
}
