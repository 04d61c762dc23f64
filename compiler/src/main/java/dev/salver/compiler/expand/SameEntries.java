package dev.salver.compiler.expand;

import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.SourceUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What loops and imports make is made anew each time. Where it is what was made in the last round,
 * down to every place, the earlier object stands for it.
 */
public final class SameEntries {
  private Map<Key, Entry> earlier = Map.of();

  private record Key(Span span, String name) {
    static Key of(Entry entry) {
      return new Key(entry.span(), Space.of(entry).isEmpty() ? "" : Space.name(entry).text());
    }
  }

  /**
   * The same program.
   *
   * @param units what is written, which keeps its identity by itself
   */
  public Expansion of(Expansion program, List<SourceUnit> units) {
    Set<Entry> written = Collections.newSetFromMap(new IdentityHashMap<>());
    units.forEach(unit -> written.addAll(unit.entries()));
    var made = new HashMap<Key, Entry>();
    var entries = new ArrayList<Entry>(program.entries().size());
    for (Entry entry : program.entries()) {
      if (written.contains(entry)) {
        entries.add(entry);
        continue;
      }
      Key key = Key.of(entry);
      Entry known = earlier.get(key);
      Entry same = known != null && known.equals(entry) && !made.containsKey(key) ? known : entry;
      made.put(key, same);
      entries.add(same);
    }
    earlier = made;
    return new Expansion(entries, program.families(), program.loops());
  }
}
