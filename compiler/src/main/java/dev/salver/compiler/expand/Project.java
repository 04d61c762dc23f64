package dev.salver.compiler.expand;

import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An imported project: one object for each place, however many imports name it. */
final class Project {
  private final String at;
  private final String prefix;
  private final List<Entry> declared = new ArrayList<>();
  private final List<Entry> plain = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /** Whether the program imports all of it, so that its runtimes, defaults and policies hold. */
  private boolean isInForce;

  /**
   * @param at its place
   * @param prefix its name in full names, the dot at its end
   */
  Project(String at, String prefix) {
    this.at = at;
    this.prefix = prefix;
  }

  String at() {
    return at;
  }

  String prefix() {
    return prefix;
  }

  void inForce() {
    isInForce = true;
  }

  /**
   * @param entries what the project declares, without loops
   */
  void declare(List<Entry> entries) {
    var qualifier = new Qualifier(prefix, entries);
    for (Entry entry : entries) {
      if (entry instanceof Entry.Resource it
          && (it.kind() == Kind.PROJECT || it.kind() == Kind.TEST)) {
        continue;
      }
      plain.add(entry);
      if (Space.reasonToStay(entry).isEmpty()) {
        declared.add(qualifier.declaration(entry));
        Space.of(entry).ifPresent(space -> names.add(Space.name(entry).text()));
      }
    }
  }

  /** What the program declares because of this project, with full names. */
  List<Entry> declarations() {
    return declared.stream().filter(entry -> isInForce || !hasEffect(entry)).toList();
  }

  /** Whether a declaration changes a program that does not name it. */
  private static boolean hasEffect(Entry entry) {
    return entry instanceof Entry.Resource resource
        && switch (resource.kind()) {
          case MODEL, RUNTIME, POLICY -> true;
          default -> false;
        };
  }

  boolean has(String name) {
    return names.contains(name);
  }

  /** Names that can be imported. */
  Set<String> names() {
    return new TreeSet<>(names);
  }

  /** The declarations of a name with full names inside; one of each kind at most. */
  List<Entry> named(String name) {
    return declared.stream()
        .filter(entry -> Space.of(entry).isPresent())
        .filter(entry -> Space.name(entry).text().equals(prefix + name))
        .toList();
  }

  /** Why a name that the project declares stays there. */
  Optional<String> reasonToStay(String name) {
    return plain.stream()
        .filter(entry -> Space.of(entry).isPresent() && Space.name(entry).text().equals(name))
        .flatMap(entry -> Space.reasonToStay(entry).stream())
        .findFirst();
  }

  /** Whether a name is that of a model or graph, which others can call. */
  boolean serves(String name) {
    return plain.stream()
        .filter(entry -> Space.of(entry).isPresent() && Space.name(entry).text().equals(name))
        .anyMatch(
            entry ->
                entry instanceof Entry.Graph
                    || (entry instanceof Entry.Resource it && it.kind() == Kind.MODEL));
  }
}
