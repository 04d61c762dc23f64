package dev.salver.compiler.syntax;

import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.dsl.ServeLexer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where each word of a file stands: within which brackets, of which declaration. */
final class Surroundings {
  /** How far a rule looks for what it goes by, so that the time stays linear. */
  static final int FAR = 64;

  /** What the innermost brackets around a word hold. */
  enum Scope {
    TOP,
    SETTINGS,
    TYPE,
    NAMES,
    FLOWS,
    BRANCHES,
    LIST,
    ARGUMENTS
  }

  private static final class Frame {
    private final Scope scope;
    private int head;
    private int headAt;
    private boolean flows;

    private Frame(Scope scope, int head, int headAt) {
      this.scope = scope;
      this.head = head;
      this.headAt = headAt;
    }
  }

  final SourceFile file;
  final List<Word> words;
  final Layout layout;
  private final Scope[] scopes;
  private final int[] heads;
  private final boolean[] flows;
  private final int[] partners;
  private final @Nullable String[] texts;

  /** The first word of the line that is looked at. */
  private int line;

  Surroundings(SourceFile file, List<Word> words) {
    this.file = file;
    this.words = words;
    this.layout = new Layout(file, words);
    this.scopes = new Scope[words.size()];
    this.heads = new int[words.size()];
    this.flows = new boolean[words.size()];
    this.partners = new int[words.size()];
    this.texts = new String[words.size()];
    Arrays.fill(partners, -1);
    look();
  }

  private void look() {
    var open = new ArrayDeque<Integer>();
    var frames = new ArrayDeque<Frame>();
    frames.push(new Frame(Scope.TOP, -1, -1));
    boolean balanced = Healer.isBalanced(words);
    for (int i = 0; i < scopes.length; i++) {
      int type = type(i);
      if (!balanced && isAnchor(i)) {
        open.clear();
        frames.clear();
        frames.push(new Frame(Scope.TOP, -1, -1));
      }
      line = layout.startsLine(i) ? i : line;
      if (Healer.isCloser(type) && !open.isEmpty()) {
        int opener = open.pop();
        frames.pop();
        if (Healer.closer(type(opener)) == type) {
          partners[opener] = i;
          partners[i] = opener;
        }
      }
      Frame frame = frames.getFirst();
      scopes[i] = frame.scope;
      note(frame, i);
      heads[i] = frame.headAt;
      flows[i] = frame.flows || frame.scope == Scope.FLOWS || frame.scope == Scope.BRANCHES;
      if (Healer.isOpener(type)) {
        open.push(i);
        Scope inside = inside(frame, i);
        boolean top = inside == Scope.TOP;
        frames.push(new Frame(inside, top ? -1 : frame.head, top ? -1 : frame.headAt));
      }
    }
  }

  /** Where brackets do not match, a declaration in the first column stands in none. */
  private boolean isAnchor(int at) {
    int type = type(at);
    return layout.startsLine(at)
        && layout.column(at) == 0
        && (TokenKinds.isDeclaration(type)
            || type == ServeLexer.FOR
            || (TokenKinds.isKey(type)
                && TokenKinds.isKey(type(at + 1))
                && !layout.startsLine(at + 1)));
  }

  private void note(Frame frame, int at) {
    if (frame.scope != Scope.TOP && frame.scope != Scope.SETTINGS) {
      return;
    }
    int next = type(at + 1);
    boolean declares =
        isFirst(at)
            && (TokenKinds.isDeclaration(type(at)) || type(at) == ServeLexer.FOR)
            && next != ServeLexer.EQ
            && next != ServeLexer.DOT
            && next != ServeLexer.COLON
            && next != ServeLexer.LBRACE;
    if (declares) {
      frame.head = type(at);
      frame.headAt = at;
      frame.flows = false;
    } else if (isFirst(at) && frame.scope == Scope.SETTINGS && TokenKinds.isKey(type(at))) {
      frame.head = -1;
      frame.flows = false;
    } else if (type(at) == ServeLexer.EQ && frame.head == ServeLexer.GRAPH) {
      frame.flows = true;
    }
  }

  private Scope inside(Frame frame, int at) {
    int before = type(at - 1);
    boolean declares = frame.scope == Scope.TOP || frame.scope == Scope.SETTINGS;
    boolean typed = before == ServeLexer.COLON || before == ServeLexer.ARROW;
    if (frame.scope == Scope.TYPE || (declares && frame.head == ServeLexer.TYPE)) {
      return Scope.TYPE;
    }
    if (type(at) == ServeLexer.LBRACK) {
      return declares && typed ? Scope.TYPE : Scope.LIST;
    }
    if (type(at) == ServeLexer.LPAREN) {
      boolean header = declares && frame.head == ServeLexer.GRAPH && !frame.flows;
      return header || (declares && frame.head >= 0 && typed) ? Scope.TYPE : Scope.ARGUMENTS;
    }
    if (before == ServeLexer.IMPORT) {
      return Scope.NAMES;
    }
    boolean inFlow = frame.flows || frame.scope == Scope.FLOWS || frame.scope == Scope.BRANCHES;
    if (inFlow && isWord(at - 1, GraphHabits.CHOICES)) {
      return Scope.BRANCHES;
    }
    if (inFlow && isWord(at - 1, GraphHabits.TOGETHER)) {
      return Scope.FLOWS;
    }
    if (inFlow) {
      return switch (before) {
        case ServeLexer.SWITCH, ServeLexer.SPLIT -> Scope.BRANCHES;
        case ServeLexer.ALL -> Scope.FLOWS;
        default -> type(line) == ServeLexer.FOR ? frame.scope : Scope.SETTINGS;
      };
    }
    if (declares && typed && frame.head >= 0) {
      return Scope.TYPE;
    }
    if (declares && frame.head == ServeLexer.GRAPH) {
      return before == ServeLexer.WITH ? Scope.SETTINGS : Scope.FLOWS;
    }
    return declares && frame.head == ServeLexer.FOR ? Scope.TOP : Scope.SETTINGS;
  }

  Scope scope(int at) {
    return at < scopes.length && at >= 0 ? scopes[at] : Scope.TOP;
  }

  /** The type of the word that began the declaration around, or -1. */
  int head(int at) {
    return type(headAt(at));
  }

  /** Index of the word that began the declaration around, or -1. */
  int headAt(int at) {
    return at < heads.length && at >= 0 ? heads[at] : -1;
  }

  /** Whether a flow stands there. */
  boolean isFlow(int at) {
    return at >= 0 && at < flows.length && flows[at];
  }

  /** Index of the bracket that belongs to this one, or -1. */
  int partner(int at) {
    return at < 0 || at >= partners.length ? -1 : partners[at];
  }

  int type(int at) {
    return layout.type(at);
  }

  boolean is(int at, int... types) {
    int type = type(at);
    for (int each : types) {
      if (each == type) {
        return type >= 0;
      }
    }
    return false;
  }

  String text(int at) {
    if (at < 0 || at >= words.size()) {
      return "";
    }
    String known = texts[at];
    if (known == null) {
      known = span(at).text();
      texts[at] = known;
    }
    return known;
  }

  /** A word that is not the language's, as another one has it. */
  boolean isWord(int at, List<String> texts) {
    return is(at, ServeLexer.NAME, ServeLexer.TYPENAME) && texts.contains(text(at));
  }

  Span span(int at) {
    return span(at, at);
  }

  /** From one word to another, both included. */
  Span span(int from, int last) {
    return new Span(file, words.get(from).start(), words.get(last).end());
  }

  /** What stands between two words. */
  Span between(int before, int after) {
    int from = words.get(before).end();
    int until = words.get(after).start();
    return new Span(file, from, until);
  }

  /** Whether a word stands on the line of the one before it. */
  boolean follows(int at) {
    return at > 0 && at < words.size() && !layout.startsLine(at);
  }

  boolean touches(int at) {
    return at > 0 && at < words.size() && words.get(at - 1).end() == words.get(at).start();
  }

  /** Whether a statement may begin there. */
  boolean isFirst(int at) {
    int before = type(at - 1);
    boolean listed = scope(at) == Scope.LIST || scope(at) == Scope.ARGUMENTS;
    return !listed
        && (!TokenKinds.awaitsValue(before) || isRuled(at))
        && (layout.startsLine(at)
            || before == ServeLexer.LBRACE
            || before == ServeLexer.COMMA
            || before == ServeLexer.AT_SIGN);
  }

  /** Whether the line before is {@code ---} alone. */
  private boolean isRuled(int at) {
    return layout.startsLine(at)
        && at >= 3
        && layout.startsLine(at - 3)
        && is(at - 1, ServeLexer.MINUS)
        && is(at - 2, ServeLexer.MINUS)
        && is(at - 3, ServeLexer.MINUS);
  }

  boolean endsOperand(int at) {
    int type = type(at);
    return TokenKinds.isKey(type)
        || TokenKinds.isLiteral(type)
        || Healer.isCloser(type)
        || type == ServeLexer.ENV;
  }

  boolean startsOperand(int at) {
    int type = type(at);
    return TokenKinds.isKey(type)
        || TokenKinds.isLiteral(type)
        || type == ServeLexer.ENV
        || type == ServeLexer.LPAREN
        || type == ServeLexer.LBRACK
        || type == ServeLexer.NOT;
  }

  /** Index behind the last word of the line, or of the brackets around where they end on it. */
  int endOfStatement(int at) {
    int i = at;
    while (i < Math.min(words.size(), at + FAR) && (i == at || !layout.startsLine(i))) {
      if (Healer.isCloser(type(i)) || type(i) == ServeLexer.COMMA) {
        return i;
      }
      int partner = Healer.isOpener(type(i)) ? partner(i) : i;
      i = Math.max(partner, i) + 1;
    }
    return i;
  }

  /** An empty word before another one. */
  Word before(int at, int type) {
    int place = words.get(at).start();
    return new Word(type, place, place);
  }

  /** An empty word behind another one. */
  Word behind(int at, int type) {
    int place = words.get(at).end();
    return new Word(type, place, place);
  }
}
