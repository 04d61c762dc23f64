package dev.salver.compiler.expand;

import dev.salver.compiler.syntax.Kind;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Declarations with an index: {@code model ner["de"]} is the member {@code ner-de} of {@code ner}.
 */
public final class Families {
  /** Of a program without any. */
  public static final Families NONE = new Families();

  private final SortedMap<Key, SortedMap<String, String>> members = new TreeMap<>();
  private final SortedMap<Key, String> families = new TreeMap<>();
  private final Set<Key> broken = new TreeSet<>();

  Families() {}

  private record Key(Kind kind, String name) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byKind = kind.compareTo(other.kind);
      return byKind == 0 ? name.compareTo(other.name) : byKind;
    }
  }

  void add(Kind kind, String family, String index) {
    members
        .computeIfAbsent(new Key(kind, family), key -> new TreeMap<>())
        .put(index, member(family, index));
    families.put(new Key(kind, member(family, index)), family);
  }

  /** A family whose members are not known, which is reported already. */
  void broken(Kind kind, String family) {
    broken.add(new Key(kind, family));
  }

  boolean isBroken(String family) {
    return broken.stream().anyMatch(key -> key.name.equals(family));
  }

  boolean isEmpty() {
    return members.isEmpty() && broken.isEmpty();
  }

  static String member(String family, String index) {
    return family + "-" + index;
  }

  /** Names of the members by index; empty where there is no such family. */
  public SortedMap<String, String> members(Kind kind, String family) {
    return Collections.unmodifiableSortedMap(
        members.getOrDefault(new Key(kind, family), Collections.emptySortedMap()));
  }

  /** The family of a member. */
  public Optional<String> family(Kind kind, String member) {
    return Optional.ofNullable(families.get(new Key(kind, member)));
  }

  /** Names of all families of a kind. */
  public Set<String> names(Kind kind) {
    var names = new TreeSet<String>();
    Stream.concat(members.keySet().stream(), broken.stream())
        .filter(key -> key.kind == kind)
        .forEach(key -> names.add(key.name));
    return names;
  }

  /** The members of the family of a name, of whatever kind. */
  SortedMap<String, String> members(String family) {
    for (Kind kind : Kind.values()) {
      SortedMap<String, String> found = members.get(new Key(kind, family));
      if (found != null) {
        return found;
      }
    }
    return Collections.emptySortedMap();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Families same
        && members.equals(same.members)
        && families.equals(same.families)
        && broken.equals(same.broken);
  }

  @Override
  public int hashCode() {
    return Objects.hash(members, families, broken);
  }
}
