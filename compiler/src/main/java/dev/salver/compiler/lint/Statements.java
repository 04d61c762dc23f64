package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.SourceUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whole statements by the place of their key: what a fix removes. */
public final class Statements {
  private final Map<Key, Span> byKey = new HashMap<>();

  private record Key(SourceFile file, int start) {}

  private Statements() {}

  static Statements of(List<SourceUnit> units) {
    var statements = new Statements();
    units.forEach(unit -> statements.collect(unit.entries()));
    return statements;
  }

  /** Whether a statement's key or name begins where a span does. */
  boolean begins(Span key) {
    return byKey.containsKey(new Key(key.file(), key.start()));
  }

  /** Removes the statement whose key or name begins where a span does. */
  Optional<Fix> removal(String title, Span key) {
    return Optional.ofNullable(byKey.get(new Key(key.file(), key.start())))
        .map(statement -> Fix.remove(title, statement));
  }

  private void collect(List<Entry> entries) {
    for (Entry entry : entries) {
      switch (entry) {
        case Entry.Resource resource -> {
          put(resource.name().span(), entry);
          collect(resource.body());
        }
        case Entry.Setting setting -> put(setting.path().getFirst().span(), entry);
        case Entry.Section section -> {
          put(section.path().getFirst().span(), entry);
          collect(section.block().entries());
        }
        case Entry.ForEach each -> {
          put(each.name().span(), entry);
          collect(each.block().entries());
        }
        case Entry.TypeDecl type -> put(type.name().span(), entry);
        case Entry.Param param -> put(param.name().span(), entry);
        case Entry.Graph graph -> {
          put(graph.name().span(), entry);
          if (graph.settings() != null) {
            collect(graph.settings().entries());
          }
        }
        case Entry.Import imported -> put(imported.source().span(), entry);
        case Entry.Assertion assertion -> put(assertion.word().span(), entry);
        case Entry.Stub stub -> put(stub.name().span(), entry);
      }
    }
  }

  private void put(Span key, Entry entry) {
    byKey.put(new Key(key.file(), key.start()), entry.span());
  }
}
