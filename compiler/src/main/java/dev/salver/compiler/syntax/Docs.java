package dev.salver.compiler.syntax;

import dev.salver.compiler.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What {@code ///} comments say, and which declaration each is about. */
public final class Docs {
  private Docs() {}

  /**
   * The text of the comments right before a declaration, lines joined by newlines, one leading
   * blank of each left out; empty where there are none.
   */
  public static String of(SourceUnit unit, Entry entry) {
    var lines = new ArrayList<String>();
    for (Token token : before(unit, entry)) {
      String line = unit.file().text().substring(token.start() + 3, token.end());
      lines.add((line.startsWith(" ") ? line.substring(1) : line).stripTrailing());
    }
    return String.join("\n", lines);
  }

  /** Comments that stand before no declaration, and so document nothing. */
  public static List<Span> loose(SourceUnit unit) {
    Set<Token> used = new HashSet<>();
    for (Entry entry : unit.entries()) {
      used.addAll(before(unit, entry));
      if (entry instanceof Entry.ForEach each) {
        each.block().entries().forEach(inner -> used.addAll(before(unit, inner)));
      }
    }
    return unit.tokens().stream()
        .filter(token -> token.kind() == Token.Kind.DOC && !used.contains(token))
        .map(token -> new Span(unit.file(), token.start(), token.end()))
        .toList();
  }

  /** The comments of the lines above, none of them empty between. */
  private static List<Token> before(SourceUnit unit, Entry entry) {
    List<Token> tokens = unit.tokens();
    var found = new ArrayList<Token>();
    int newlines = 0;
    for (int i = Token.firstFrom(tokens, entry.span().start()) - 1; i >= 0; i--) {
      Token token = tokens.get(i);
      switch (token.kind()) {
        case DOC -> {
          found.addFirst(token);
          newlines = 0;
        }
        case NEWLINE -> newlines++;
        case SPACE -> {}
        default -> {
          return found;
        }
      }
      if (newlines > 1) {
        return found;
      }
    }
    return found;
  }
}
