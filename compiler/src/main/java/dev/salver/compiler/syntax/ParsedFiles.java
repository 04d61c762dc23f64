package dev.salver.compiler.syntax;

import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trees of files by place and text: what did not change since the last round has the same tree, the
 * very same objects. A file that one whole round did not ask for is forgotten.
 */
public final class ParsedFiles {
  private Map<Key, SourceUnit> earlier = Map.of();
  private Map<Key, SourceUnit> asked = new HashMap<>();

  private record Key(String path, String text, boolean isLibrary, @Nullable Span importedBy) {
    static Key of(SourceFile file) {
      return new Key(file.path(), file.text(), file.isLibrary(), file.importedBy().orElse(null));
    }
  }

  /** Begins a round. */
  public void round() {
    earlier = asked;
    asked = new HashMap<>(earlier.size() * 2);
  }

  /** A file's tree; its {@link SourceUnit#file} is equal in all but identity. */
  public SourceUnit parse(SourceFile file) {
    Key key = Key.of(file);
    if (asked.containsKey(key)) {
      return Parsing.parse(file); // another file, though it has the same place and text
    }
    SourceUnit known = earlier.get(key);
    SourceUnit unit = known == null ? Parsing.parse(file) : known;
    asked.put(key, unit);
    return unit;
  }
}
