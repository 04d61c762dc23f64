package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Surroundings.Scope;
import dev.salver.dsl.ServeLexer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Blocks and lists that are told by their indentation alone, as YAML and Python have them. */
final class BlockHabits {
  private final Surroundings around;

  /** Behind the last word of a block that braces were put around. */
  private int end;

  BlockHabits(Surroundings around) {
    this.around = around;
  }

  @Nullable Habit at(int at) {
    boolean ends =
        around.is(at, ServeLexer.COLON, ServeLexer.EQ)
            && !around.layout.startsLine(at)
            && around.layout.startsLine(at + 1)
            && at + 1 < around.words.size();
    if (!ends || (at >= end && !holdsSettings(at))) {
      return null;
    }
    int behind = indented(at);
    if (behind < 0) {
      return null;
    }
    if (around.type(at + 1) == ServeLexer.MINUS) {
      return list(at, behind);
    }
    return around.type(at) == ServeLexer.COLON && beginsStatement(at + 1)
        ? block(at, behind)
        : null;
  }

  private boolean holdsSettings(int at) {
    Scope scope = around.scope(at);
    int head = around.head(at);
    boolean key = around.isFirst(at - 1) && TokenKinds.isKey(around.type(at - 1));
    boolean declares =
        head >= 0
            && head != ServeLexer.TYPE
            && head != ServeLexer.PARAM
            && head != ServeLexer.GRAPH
            && head != ServeLexer.IMPORT;
    return (scope == Scope.SETTINGS && key)
        || ((scope == Scope.TOP || scope == Scope.SETTINGS)
            && declares
            && TokenKinds.isDeclaration(around.type(around.layout.lineStart(at))))
        || (scope == Scope.TOP && head == ServeLexer.FOR);
  }

  /** Behind the last of the lines that stand further in than this one, or -1. */
  private int indented(int at) {
    int column = around.layout.column(around.layout.lineStart(at));
    int i = at + 1;
    while (i < around.words.size()) {
      boolean back = around.layout.startsLine(i) && around.layout.column(i) <= column;
      if (back || Healer.isCloser(around.type(i))) {
        break;
      }
      i = Healer.isOpener(around.type(i)) ? Math.max(i, around.partner(i)) + 1 : i + 1;
    }
    return i == at + 1 || i > around.words.size() ? -1 : i;
  }

  private boolean beginsStatement(int at) {
    int next = around.type(at + 1);
    return (TokenKinds.isKey(around.type(at)) || TokenKinds.isKeyword(around.type(at)))
        && (next == ServeLexer.EQ
            || next == ServeLexer.COLON
            || next == ServeLexer.LBRACE
            || TokenKinds.isDeclaration(around.type(at)));
  }

  private Habit block(int at, int behind) {
    end = Math.max(end, behind);
    int line = around.layout.lineStart(at);
    int last = around.words.get(behind - 1).end();
    String close = "\n" + " ".repeat(around.layout.column(line)) + "}";
    var edits =
        List.of(
            new Edit(around.span(at), " {"), new Edit(new Span(around.file, last, last), close));
    return new Habit(
            at + 1,
            List.of(around.before(at, ServeLexer.LBRACE)),
            Diagnostic.of(
                    Code.SV0109,
                    around.span(at),
                    "a block stands in braces, `"
                        + (TokenKinds.isKey(around.type(at - 1)) ? around.text(at - 1) + " " : "")
                        + "{ … }`; indentation means nothing")
                .fixedBy(new Fix("put it in braces", edits)))
        .inserting(behind, around.behind(behind - 1, ServeLexer.RBRACE));
  }

  /** Items on lines of their own, each behind a dash. */
  private @Nullable Habit list(int at, int behind) {
    int column = around.layout.column(at + 1);
    var items = new ArrayList<String>();
    var dashes = new ArrayList<Integer>();
    // Behind `=` one negative value may stand there; no two texts can be taken from each other.
    boolean told = true;
    for (int i = at + 1; i < behind; ) {
      if (around.type(i) != ServeLexer.MINUS || around.layout.column(i) != column) {
        return null;
      }
      int next = i + 1;
      while (next < behind
          && !(around.layout.startsLine(next) && around.layout.column(next) <= column)) {
        next++;
      }
      if (next == i + 1) {
        return null;
      }
      told &= around.type(i + 1) == ServeLexer.STRING && around.follows(i + 1);
      dashes.add(i);
      items.add(around.span(i + 1, next - 1).text().strip());
      i = next;
    }
    String meant = "[" + String.join(", ", items) + "]";
    boolean yaml = around.type(at) == ServeLexer.COLON || (told && items.size() > 1);
    if (!yaml || meant.contains("\n") || meant.contains("//")) {
      return null;
    }
    Span all = around.span(at, behind - 1);
    var habit =
        new Habit(
            at + 1,
            List.of(around.words.get(at).as(ServeLexer.EQ), around.behind(at, ServeLexer.LBRACK)),
            Diagnostic.of(
                    Code.SV0109,
                    around.span(at + 1),
                    "a list stands in brackets: `" + around.text(at - 1) + " = […]`")
                .fixedBy(
                    new Fix(
                        "write `" + around.text(at - 1) + " = " + meant + "`",
                        List.of(
                            new Edit(
                                new Span(all.file(), around.words.get(at - 1).end(), all.end()),
                                " = " + meant)))));
    for (int dash : dashes) {
      habit = habit.replacing(dash);
    }
    return habit.inserting(behind, around.behind(behind - 1, ServeLexer.RBRACK));
  }
}
