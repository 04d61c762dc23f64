package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Block;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Name;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Moves what environments share into an {@code @abstract} one that all of them extend. */
final class Extraction {
  private Extraction() {}

  /**
   * All but the namespace of a deployed environment goes into a parent of its own.
   *
   * @return empty where it says nothing else, or where the namespace is what is inherited
   */
  static Optional<Fix> of(Resource shared, Collection<Resource> environments) {
    Block block = shared.block();
    String base = shared.name() + "-base";
    boolean taken = environments.stream().anyMatch(each -> each.name().text().equals(base));
    Optional<Entry> namespace = namespace(shared);
    if (block == null || taken || block.entries().size() <= (namespace.isPresent() ? 1 : 0)) {
      return Optional.empty();
    }
    var edits = new ArrayList<Edit>();
    for (Resource each : environments) {
      Name parent = each.parent();
      if (parent != null && parent.text().equals(shared.name().text())) {
        if (namespace.isPresent() && namespace(each).isEmpty()) {
          return Optional.empty();
        }
        edits.add(new Edit(parent.span(), base));
      }
    }
    Name parent = shared.parent();
    Span behind = parent == null ? shared.name().span() : parent.span();
    edits.add(
        parent == null
            ? new Edit(new Span(behind.file(), behind.end(), behind.end()), " extends " + base)
            : new Edit(behind, base));
    String kept = namespace.map(each -> "{ " + each.span().text() + " }").orElse("{ }");
    String header = "@abstract\nenv " + base + (parent == null ? "" : " extends " + parent) + " ";
    edits.add(new Edit(block.span(), kept + "\n\n" + header + without(block, namespace)));
    return Optional.of(
        new Fix("move what they share into `@abstract env " + base + "`", edits).suggested());
  }

  private static Optional<Entry> namespace(Resource environment) {
    return environment.body().stream()
        .filter(
            each ->
                each instanceof Entry.Setting setting
                    && setting.path().getFirst().text().equals("namespace"))
        .findFirst();
  }

  private static String without(Block block, Optional<Entry> entry) {
    var text = new StringBuilder(block.span().text());
    List<Edit> removal = entry.map(each -> Fix.remove("", each.span()).edits()).orElse(List.of());
    int offset = block.span().start();
    removal.forEach(
        edit ->
            text.replace(edit.span().start() - offset, edit.span().end() - offset, edit.text()));
    return text.toString();
  }
}
