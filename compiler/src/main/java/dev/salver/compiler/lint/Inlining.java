package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.SourceUnit;
import dev.salver.compiler.syntax.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a text where the name of a param or a loop's variable stood: {@code ${lang}} becomes
 * {@code de}, {@code ner[lang]} becomes {@code ner-de}, and elsewhere it stands in quotes.
 */
final class Inlining {
  /** What stands in a text and in a name as it is. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9.-]+");

  private final String name;
  private final String value;
  private final Set<String> families;
  private final List<Edit> edits = new ArrayList<>();

  private Inlining(String name, String value, Set<String> families) {
    this.name = name;
    this.value = value;
    this.families = families;
  }

  /**
   * @param within the part of the file where the name means this
   * @param families what {@code [name]} behind it makes a name of
   * @return empty where it is used in a way that a text alone does not say
   */
  static Optional<List<Edit>> of(
      String name, String value, Set<String> families, SourceUnit unit, Span within) {
    var inlining = new Inlining(name, value, families);
    return PLAIN.matcher(value).matches() && inlining.file(unit, within)
        ? Optional.of(inlining.edits)
        : Optional.empty();
  }

  private boolean file(SourceUnit unit, Span within) {
    var words = new Significant(unit);
    for (int at = 0; at < words.size(); at++) {
      Token token = words.token(at);
      boolean inside = within.start() <= token.start() && token.end() <= within.end();
      boolean plain =
          !inside
              || switch (token.kind()) {
                case STRING -> string(new Span(unit.file(), token.start(), token.end()));
                case NAME -> !words.text(at).equals(name) || word(unit, words, at);
                default -> true;
              };
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  private boolean string(Span literal) {
    Matcher holes = Pattern.compile("(?<!\\\\)\\$\\{([^}]*)}").matcher(literal.text());
    var mention = Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])");
    while (holes.find()) {
      if (holes.group(1).strip().equals(name)) {
        int start = literal.start() + holes.start();
        edits.add(new Edit(new Span(literal.file(), start, literal.start() + holes.end()), value));
      } else if (mention.matcher(holes.group(1)).find()) {
        return false;
      }
    }
    return true;
  }

  private boolean word(SourceUnit unit, Significant words, int at) {
    String before = words.text(at - 1);
    String behind = words.text(at + 1);
    if (before.equals(".") || behind.equals("=")) {
      return true; // a field or a key
    }
    if (words.isKeyword(at - 1) && !before.equals("in")) {
      return false;
    }
    if (behind.equals(":") || behind.equals("{") || behind.equals("(") || behind.equals("[")) {
      return false;
    }
    boolean indexed = before.equals("[") && touches(words, at - 1);
    if (!indexed) {
      Token token = words.token(at);
      edits.add(new Edit(new Span(unit.file(), token.start(), token.end()), "\"" + value + "\""));
      return true;
    }
    if (!behind.equals("]") || !families.contains(words.text(at - 2))) {
      return false;
    }
    edits.add(
        new Edit(
            new Span(unit.file(), words.token(at - 1).start(), words.token(at + 1).end()),
            "-" + value));
    return true;
  }

  private static boolean touches(Significant words, int bracket) {
    return bracket > 0
        && words.token(bracket - 1).end() == words.token(bracket).start()
        && words.token(bracket - 1).kind() == Token.Kind.NAME;
  }
}
