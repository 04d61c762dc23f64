package dev.salver.compiler;

import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.syntax.SourceUnit;
import dev.salver.compiler.syntax.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Types, models, graphs and tests that build on a declaration that could not be read whole: what
 * flows through them is not known either.
 */
final class Tainted {
  private final Set<String> names = new HashSet<>();
  private final IdentityHashMap<SourceFile, NavigableMap<Integer, Span>> spans =
      new IdentityHashMap<>();

  private Tainted() {}

  /**
   * Those that name one of the broken, or one that does.
   *
   * @param broken names of declarations
   */
  static Tainted of(List<SourceUnit> units, Set<String> broken) {
    var tainted = new Tainted();
    if (broken.isEmpty()) {
      return tainted;
    }
    var users = new HashMap<String, List<Entry>>();
    for (SourceUnit unit : units) {
      for (Entry entry : unit.entries()) {
        if (carries(entry)) {
          words(unit, entry)
              .forEach(word -> users.computeIfAbsent(word, each -> new ArrayList<>()).add(entry));
        }
      }
    }
    var next = new ArrayDeque<>(broken);
    while (!next.isEmpty()) {
      for (Entry user : users.getOrDefault(next.remove(), List.of())) {
        tainted.put(user.span());
        String name = FollowOns.name(user);
        boolean passesOn = !(user instanceof Entry.Resource test && test.kind() == Kind.TEST);
        if (passesOn && tainted.names.add(name)) {
          next.add(name);
        }
      }
    }
    return tainted;
  }

  boolean names(String name) {
    return names.contains(name);
  }

  boolean holds(Span span) {
    var own = spans.get(span.file());
    var nearest = own == null ? null : own.floorEntry(span.start());
    return nearest != null && span.start() <= nearest.getValue().end();
  }

  private void put(Span span) {
    spans.computeIfAbsent(span.file(), file -> new TreeMap<>()).put(span.start(), span);
  }

  private static boolean carries(Entry entry) {
    return switch (entry) {
      case Entry.TypeDecl type -> true;
      case Entry.Graph graph -> true;
      case Entry.Resource resource -> resource.kind() == Kind.MODEL || resource.kind() == Kind.TEST;
      default -> false;
    };
  }

  /** The names in an entry; of a model those before its settings. */
  private static Set<String> words(SourceUnit unit, Entry entry) {
    Span span = entry.span();
    boolean model = entry instanceof Entry.Resource resource && resource.kind() == Kind.MODEL;
    var block = model ? ((Entry.Resource) entry).block() : null;
    int end = block == null ? span.end() : block.span().start();
    var words = new HashSet<String>();
    List<Token> tokens = unit.tokens();
    for (int i = Token.firstFrom(tokens, span.start());
        i < tokens.size() && tokens.get(i).start() < end;
        i++) {
      Token token = tokens.get(i);
      if (token.kind() == Token.Kind.NAME || token.kind() == Token.Kind.TYPE_NAME) {
        words.add(unit.file().text().substring(token.start(), token.end()));
      }
    }
    return words;
  }
}
