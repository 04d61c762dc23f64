package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.syntax.SourceUnit;
import dev.salver.compiler.syntax.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gives a declaration another name, there and wherever the program speaks of it. */
final class Renaming {
  /** What no other thing of the program may be called. */
  private static final Pattern LABEL = Pattern.compile("[a-z]([a-z0-9-]*[a-z0-9])?");

  private static final Set<String> KINDS =
      Stream.of(Kind.values()).map(Kind::word).collect(Collectors.toSet());

  private Renaming() {}

  /**
   * @return empty where the new name stands for something already, or the old one for more than the
   *     declaration: a field, a key, a word in a text
   */
  static Optional<Fix> of(String from, String to, List<SourceUnit> units) {
    if (!LABEL.matcher(to).matches()) {
      return Optional.empty();
    }
    var inText = Pattern.compile("(?:^\"|service:|//|\\$\\{)" + from + "(?:\"$|[./}\\[(])");
    var edits = new ArrayList<Edit>();
    var kinds = new HashSet<String>();
    for (SourceUnit unit : units) {
      var words = new Significant(unit);
      for (int at = 0; at < words.size(); at++) {
        Token token = words.token(at);
        String text = words.text(at);
        boolean string = token.kind() == Token.Kind.STRING;
        if (string ? inText.matcher(text).find() : text.equals(to)) {
          return Optional.empty();
        }
        if (!string && text.equals(from)) {
          if (isOther(words, at)) {
            return Optional.empty();
          }
          if (KINDS.contains(words.text(at - 1))) {
            kinds.add(words.text(at - 1));
          }
          edits.add(new Edit(new Span(unit.file(), token.start(), token.end()), to));
        }
      }
    }
    if (kinds.size() > 1) {
      return Optional.empty();
    }
    return Optional.of(new Fix("rename it to `" + to + "`", edits).suggested());
  }

  private static boolean isOther(Significant words, int at) {
    boolean header = words.isKeyword(at - 1);
    String next = words.text(at + 1);
    return words.text(at - 1).equals(".")
        || next.equals("=")
        || (!header && (next.equals(":") || next.equals("{")));
  }
}
