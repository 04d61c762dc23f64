package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Habit.Leaves;
import dev.salver.compiler.syntax.Surroundings.Scope;
import dev.salver.dsl.ServeLexer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loops of other languages; here one repeats declarations or branches over a list. */
final class LoopHabits {
  private static final List<String> VARIABLES = List.of("let", "var", "const", "auto");
  private static final List<String> ENDLESS = List.of("do", "loop", "repeat", "until", "while");

  private final Surroundings around;

  LoopHabits(Surroundings around) {
    this.around = around;
  }

  @Nullable Habit at(int at) {
    Scope scope = around.scope(at);
    boolean holds =
        scope == Scope.TOP
            || scope == Scope.SETTINGS
            || scope == Scope.FLOWS
            || scope == Scope.BRANCHES;
    if (!holds || !around.isFirst(at)) {
      return null;
    }
    if (around.isWord(at, ENDLESS)) {
      return endless(at);
    }
    boolean joined = around.isWord(at, List.of("foreach"));
    return joined || around.type(at) == ServeLexer.FOR ? each(at, joined) : null;
  }

  /** {@code while x < 3 { … }}. */
  private @Nullable Habit endless(int at) {
    int open = at + 1;
    while (open < at + Surroundings.FAR
        && around.follows(open)
        && around.type(open) != ServeLexer.LBRACE) {
      if (around.is(open, ServeLexer.EQ, ServeLexer.ARROW)) {
        return null;
      }
      open++;
    }
    int close = around.partner(open);
    if (around.type(open) != ServeLexer.LBRACE || close < 0) {
      return null;
    }
    boolean top = around.scope(at) == Scope.TOP;
    return new Habit(
            close + 1,
            List.of(),
            Diagnostic.of(
                Code.SV0109,
                around.span(at),
                "there is no `"
                    + around.text(at)
                    + "`, a program always ends: `for each x in LIST { … }` repeats declarations and"
                    + " branches"))
        .leaving(top ? Leaves.NAMES : Leaves.STATEMENT);
  }

  /** {@code for (const x of xs) { … }}, {@code foreach x in xs { … }}. */
  private @Nullable Habit each(int at, boolean joined) {
    int i = at + 1;
    boolean each = joined || around.type(i) == ServeLexer.EACH;
    i += !joined && each ? 1 : 0;
    int paren = around.type(i) == ServeLexer.LPAREN ? i : -1;
    i += paren < 0 ? 0 : 1;
    boolean variable = around.isWord(i, VARIABLES) && around.type(i + 1) == ServeLexer.NAME;
    i += variable ? 1 : 0;
    int name = i;
    boolean in = around.type(name + 1) == ServeLexer.IN;
    boolean of = around.isWord(name + 1, List.of("of"));
    boolean colon = paren >= 0 && around.type(name + 1) == ServeLexer.COLON;
    int close = paren < 0 ? -1 : around.partner(paren);
    if (around.type(name) != ServeLexer.NAME
        || !(in || of || colon)
        || (paren >= 0 && close < 0)
        || !around.follows(name + 1)
        || (in && !joined && paren < 0 && !variable)) {
      return null;
    }
    var read = new ArrayList<Word>();
    Word first = around.words.get(at);
    int half = first.start() + 3;
    read.add(new Word(ServeLexer.FOR, first.start(), half));
    read.add(
        joined
            ? new Word(ServeLexer.EACH, half, first.end())
            : each ? around.words.get(at + 1) : around.behind(at, ServeLexer.EACH));
    read.add(around.words.get(name));
    read.add(around.words.get(name + 1).as(ServeLexer.IN));
    Span head = around.span(at, name + 1);
    String meant = "for each " + around.text(name) + " in";
    var edits = new ArrayList<Edit>();
    edits.add(new Edit(head, meant));
    if (close >= 0) {
      edits.add(new Edit(around.span(close), ""));
    }
    var habit =
        new Habit(
            name + 2,
            read,
            Diagnostic.of(Code.SV0109, head, "a repetition is written `" + meant + " LIST { … }`")
                .fixedBy(new Fix("write `" + meant + "`", edits)));
    return close < 0 ? habit : habit.replacing(close);
  }
}
