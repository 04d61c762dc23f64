package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Steps that come at any time in the same graph.
 *
 * @param places where each is named
 * @param statements of the graph, in their order
 */
record Later(Map<String, Span> places, List<Entry.Step> statements) {
  static Later of(List<Entry.Step> statements) {
    return new Later(StepNames.all(statements), statements);
  }

  @Nullable Span at(String name) {
    return places.get(name);
  }

  boolean has(String name) {
    return places.containsKey(name);
  }

  /** Moves the statement that makes a step before the one that reads it too early. */
  Optional<Fix> earlier(String name, Span use) {
    int reads = -1;
    int makes = -1;
    for (int i = 0; i < statements.size(); i++) {
      Entry.Step each = statements.get(i);
      boolean reading = each.span().start() <= use.start() && use.end() <= each.span().end();
      reads = reading ? i : reads;
      makes = each.name() != null && each.name().text().equals(name) ? i : makes;
    }
    if (reads < 0 || makes <= reads || needs(makes, reads)) {
      return Optional.empty();
    }
    Span before = statements.get(reads).span();
    Span moved = statements.get(makes).span();
    String line = before.file().text().substring(0, before.start());
    String indent = line.substring(line.lastIndexOf('\n') + 1);
    if (!indent.isBlank()) {
      return Optional.empty();
    }
    var edits = new ArrayList<Edit>();
    var start = new Span(before.file(), before.start(), before.start());
    edits.add(new Edit(start, moved.text().strip() + "\n" + indent));
    edits.addAll(Fix.remove("", moved).edits());
    return Optional.of(new Fix("move `" + name + "` up", edits));
  }

  /** Whether a statement reads what another makes that would then come behind it. */
  private boolean needs(int statement, int from) {
    List<Entry.Step> between = statements.subList(from, statement);
    String text = statements.get(statement).flow().span().text();
    return StepNames.all(between).keySet().stream()
        .anyMatch(
            name ->
                Pattern.compile("(?<![\\w.-])" + Pattern.quote(name) + "(?![\\w(\\[-])")
                    .matcher(text)
                    .find());
  }
}
