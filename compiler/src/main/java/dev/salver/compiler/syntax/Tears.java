package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.Span;
import dev.salver.dsl.ServeLexer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much is unknown where characters could not be read in a declaration whose words all fit: no
 * more than the text that holds them, or the setting.
 */
final class Tears {
  /** What begins a comment elsewhere, or parts statements. */
  private static final Set<String> NOTHING = Set.of("#", "/*", "--", "<!--", ";");

  private Tears() {}

  /** Without the errors in a declaration's form that are most likely due to others beside them. */
  static List<Diagnostic> unexplained(List<Diagnostic> errors, Collection<Diagnostic> others) {
    var lines = new HashSet<Integer>();
    for (Diagnostic each : others) {
      if (each.code() == Code.SV0107) {
        return List.of();
      }
      lines.add(each.span().from().line());
      lines.add(each.span().until().line());
      lines.add(each.span().until().line() + 1);
    }
    return errors.stream().filter(each -> !lines.contains(each.span().from().line())).toList();
  }

  /** Whether characters that were left out touch no word, so that all that stands there is read. */
  static boolean leavesNothing(List<Word> words, Diagnostic misread) {
    Span span = misread.span();
    String text = span.text();
    if (NOTHING.contains(text)) {
      return true;
    }
    int at = at(words, span.start());
    boolean within = at >= 0 && span.start() < words.get(at).end();
    return !within
        && (at < 0 || words.get(at).end() < span.start() || !mayGoOn(words.get(at)))
        && (at + 1 >= words.size()
            || words.get(at + 1).start() > span.end()
            || !mayGoOn(words.get(at + 1)));
  }

  private static boolean mayGoOn(Word word) {
    return TokenKinds.isKeyword(word.type())
        || (word.type() >= ServeLexer.MONEY && word.type() <= ServeLexer.NAME);
  }

  /** What is unknown; empty where it may be the declaration's name, or the lack of a setting. */
  static Optional<Span> of(List<Word> words, List<Entry> entries, Diagnostic misread) {
    Span span = misread.span();
    int at = at(words, span.start());
    if (at >= 0 && isText(words, at) && span.end() <= words.get(at).end()) {
      return Optional.of(new Span(span.file(), words.get(at).start(), words.get(at).end()));
    }
    return statement(entries, span);
  }

  /** Index of the last word that starts at an offset or before it, or -1. */
  private static int at(List<Word> words, int offset) {
    int low = 0;
    int high = words.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (words.get(middle).start() <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /** Whether a word is a text as a value, and neither a key nor a name. */
  private static boolean isText(List<Word> words, int at) {
    if (words.get(at).type() != ServeLexer.STRING && words.get(at).type() != ServeLexer.MISSING) {
      return false;
    }
    int before = at == 0 ? -1 : words.get(at - 1).type();
    int next = at + 1 == words.size() ? -1 : words.get(at + 1).type();
    boolean begins =
        before == ServeLexer.LBRACE || before == ServeLexer.COMMA || before == ServeLexer.RBRACE;
    boolean key =
        next == ServeLexer.EQ
            || next == ServeLexer.COLON
            || (begins && (next == ServeLexer.DOT || next == ServeLexer.LBRACE));
    return !key && before != ServeLexer.DOT && !TokenKinds.isDeclaration(before);
  }

  private static Optional<Span> statement(List<Entry> entries, Span span) {
    @Nullable Entry inner = null;
    List<Entry> level = entries;
    for (boolean deeper = true; deeper; ) {
      deeper = false;
      for (Entry each : level) {
        if (touches(each.span(), span)) {
          inner = each;
          level = inside(each);
          deeper = !level.isEmpty();
          break;
        }
      }
    }
    return switch (inner) {
      case Entry.Setting setting when touches(setting.value().span(), span) ->
          Optional.of(setting.span());
      case Entry.Assertion assertion -> Optional.of(assertion.span());
      case null, default -> Optional.empty();
    };
  }

  private static boolean touches(Span statement, Span span) {
    return statement.start() <= span.end() && span.start() <= statement.end();
  }

  private static List<Entry> inside(Entry entry) {
    return switch (entry) {
      case Entry.Resource resource -> resource.body();
      case Entry.ForEach each -> each.block().entries();
      case Entry.Section section -> section.block().entries();
      case Entry.Stub stub -> stub.block().entries();
      case Entry.Graph graph when graph.settings() != null -> graph.settings().entries();
      default -> List.of();
    };
  }
}
