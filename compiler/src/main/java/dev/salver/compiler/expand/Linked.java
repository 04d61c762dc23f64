package dev.salver.compiler.expand;

import dev.salver.compiler.syntax.Entry;
import java.util.List;
import java.util.Set;

/**
 * A program together with what it imports.
 *
 * @param entries loops still in them; what an imported project declares has its full name, {@code
 *     platform.l4}, and comes from a file with {@link
 *     dev.salver.compiler.source.SourceFile#importedBy}
 * @param unresolved names that an import would have brought, had it not failed: that they mean
 *     nothing is not to be told again
 */
public record Linked(List<Entry> entries, Set<String> unresolved) {
  public Linked {
    entries = List.copyOf(entries);
    unresolved = Set.copyOf(unresolved);
  }
}
