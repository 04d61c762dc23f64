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

/** Flows of a graph as other languages' functions and pipes have them. */
final class GraphHabits {
  private static final List<String> VARIABLES =
      List.of("auto", "const", "let", "set", "val", "var");

  static final List<String> CHOICES = List.of("case", "choose", "cond", "match", "when");
  static final List<String> TOGETHER =
      List.of("concurrent", "ensemble", "fork", "gather", "join", "par", "parallel");

  private final Surroundings around;

  GraphHabits(Surroundings around) {
    this.around = around;
  }

  @Nullable Habit at(int at) {
    if (!around.isFlow(at)) {
      return null;
    }
    Scope scope = around.scope(at);
    if (around.type(at) == ServeLexer.LPAREN && around.type(at - 1) == ServeLexer.SWITCH) {
      return subject(at);
    }
    boolean flows = scope == Scope.FLOWS || scope == Scope.BRANCHES || scope == Scope.TOP;
    if (!flows) {
      return null;
    }
    boolean next = around.follows(at + 1);
    if (scope == Scope.FLOWS && around.isFirst(at) && next) {
      Habit first = first(at);
      if (first != null) {
        return first;
      }
    }
    if (next && around.type(at + 1) == ServeLexer.LBRACE) {
      if (around.isWord(at, CHOICES) && holdsBranches(at + 1)) {
        return block(at, ServeLexer.SWITCH, "a choice");
      }
      if (around.isWord(at, TOGETHER) && !around.isWord(at - 1, VARIABLES)) {
        return block(at, ServeLexer.ALL, "what runs at the same time");
      }
    }
    boolean awaited =
        around.isWord(at, List.of("await"))
            && around.type(at + 1) == ServeLexer.NAME
            && next
            && !around.endsOperand(at - 1);
    if (awaited) {
      return without(at, "a flow waits for each of its calls, without `await`");
    }
    return fallback(at, scope) ? or(at) : chain(at, scope);
  }

  /** {@code a(x) || b(x)}, {@code a(x) ?? b(x)}: never a condition outside of branches. */
  private boolean fallback(int at, Scope scope) {
    boolean call =
        around.type(at - 1) == ServeLexer.RPAREN
            && around.is(around.partner(at - 1) - 1, ServeLexer.NAME);
    int last = around.type(at) == ServeLexer.OROR ? at : at + 1;
    boolean twice =
        around.type(at) == ServeLexer.QUESTION
            && around.type(at + 1) == ServeLexer.QUESTION
            && around.touches(at + 1);
    return scope != Scope.BRANCHES
        && call
        && (last == at || twice)
        && around.type(last + 1) == ServeLexer.NAME
        && around.type(last + 2) == ServeLexer.LPAREN;
  }

  private Habit or(int at) {
    int last = around.type(at) == ServeLexer.OROR ? at : at + 1;
    Span span = around.span(at, last);
    return new Habit(
        last + 1,
        List.of(around.before(at, ServeLexer.OR)),
        Diagnostic.of(
                Code.SV0109,
                span,
                "what is called where a call fails stands behind `or`, not `" + span.text() + "`")
            .fixedBy(Fix.replace(span, "or")));
  }

  private @Nullable Habit first(int at) {
    if (around.isWord(at, List.of("return", "yield"))
        && !around.is(at + 1, ServeLexer.EQ, ServeLexer.ARROW, ServeLexer.DOT)
        && !around.touches(at + 1)) {
      return without(at, "the last flow is what a graph gives, without `" + around.text(at) + "`");
    }
    boolean named = around.type(at + 1) == ServeLexer.NAME;
    if (around.isWord(at, VARIABLES) && named && isAssigned(at + 2)) {
      String name = around.text(at + 1);
      return without(at, "a step is named without `" + around.text(at) + "`: `" + name + " = …`");
    }
    boolean glued =
        around.type(at) == ServeLexer.NAME
            && around.type(at + 1) == ServeLexer.COLON
            && around.type(at + 2) == ServeLexer.EQ
            && around.touches(at + 2);
    if (glued) {
      Span span = around.span(at + 1, at + 2);
      return new Habit(
          at + 3,
          List.of(around.words.get(at), new Word(ServeLexer.EQ, span.start(), span.start())),
          Diagnostic.of(Code.SV0109, span, "a step is named with `=`, not with `:=`")
              .fixedBy(Fix.replace(span, "=")));
    }
    return around.isWord(at, List.of("if")) ? choice(at) : null;
  }

  private boolean isAssigned(int at) {
    return around.type(at) == ServeLexer.EQ
        || (around.type(at) == ServeLexer.COLON && around.type(at + 1) == ServeLexer.EQ);
  }

  private Habit without(int at, String message) {
    Word word = around.words.get(at);
    var span = new Span(around.file, word.start(), around.words.get(at + 1).start());
    return new Habit(
        at + 1,
        List.of(),
        Diagnostic.of(Code.SV0109, around.span(at), message)
            .fixedBy(Fix.delete("remove it", span)));
  }

  private Habit block(int at, int type, String what) {
    String meant = Words.literal(type);
    return new Habit(
        at + 1,
        List.of(around.words.get(at).as(type)),
        Diagnostic.of(Code.SV0109, around.span(at), what + " is written `" + meant + " { … }`")
            .fixedBy(Fix.replace(around.span(at), meant)));
  }

  private boolean holdsBranches(int open) {
    int close = around.partner(open);
    for (int i = open + 1; i < Math.min(close, open + Surroundings.FAR); i++) {
      if (around.type(i) == ServeLexer.FATARROW) {
        return true;
      }
      i = Healer.isOpener(around.type(i)) ? Math.max(i, around.partner(i)) : i;
    }
    return false;
  }

  /** {@code switch (x) { … }}. */
  private @Nullable Habit subject(int at) {
    int close = around.partner(at);
    if (close < 0 || around.type(close + 1) != ServeLexer.LBRACE) {
      return null;
    }
    return new Habit(
            close + 1,
            List.of(),
            Diagnostic.of(
                Code.SV0109,
                around.span(at, close),
                "a `switch` is about nothing: each branch has a condition of its own, `"
                    + around.span(at, close).text().replaceAll("^\\(\\s*|\\s*\\)$", "")
                    + " == … => …`"))
        .leaving(Leaves.STATEMENT);
  }

  /** A pipe: {@code a |> b}, {@code a => b}, {@code a >> b}. */
  private @Nullable Habit chain(int at, Scope scope) {
    if (scope == Scope.BRANCHES
        || !around.is(at - 1, ServeLexer.NAME, ServeLexer.RPAREN, ServeLexer.RBRACE)) {
      return null;
    }
    boolean shift =
        around.type(at) == ServeLexer.GT
            && around.type(at + 1) == ServeLexer.GT
            && around.touches(at + 1);
    int last = shift ? at + 1 : at;
    boolean sign = shift || around.type(at) == ServeLexer.FATARROW;
    if (!sign || !around.is(last + 1, ServeLexer.NAME, ServeLexer.SWITCH, ServeLexer.ALL)) {
      return null;
    }
    Span span = around.span(at, last);
    return new Habit(
        last + 1,
        List.of(around.before(at, ServeLexer.ARROW)),
        Diagnostic.of(Code.SV0109, span, "a flow goes on with `->`, not with `" + span.text() + "`")
            .fixedBy(Fix.replace(span, "->")));
  }

  /** {@code if a { x } else { y }}, read as a {@code switch} where each block is one flow. */
  private @Nullable Habit choice(int at) {
    var read = new ArrayList<Word>();
    var text = new StringBuilder("switch {\n");
    String indent = " ".repeat(around.layout.column(at));
    read.add(around.before(at, ServeLexer.SWITCH));
    read.add(around.before(at, ServeLexer.LBRACE));
    boolean plain = true;
    boolean otherwise = false;
    int end = at;
    int condition = at + 1;
    while (true) {
      int open = condition;
      while (open < condition + Surroundings.FAR
          && open < around.words.size()
          && around.type(open) != ServeLexer.LBRACE) {
        open++;
      }
      int close = around.partner(open);
      if (around.type(open) != ServeLexer.LBRACE || close < 0) {
        return null;
      }
      if (!otherwise && open == condition) {
        return null;
      }
      plain &= isOneFlow(open, close);
      read.addAll(around.words.subList(otherwise ? condition - 1 : condition, open));
      read.add(around.before(open, ServeLexer.FATARROW));
      read.addAll(around.words.subList(open + 1, close));
      String when = otherwise ? "else" : around.span(condition, open - 1).text();
      String flow = close == open + 1 ? "" : around.span(open + 1, close - 1).text();
      text.append(indent).append("  ").append(when).append(" => ").append(flow).append('\n');
      end = close + 1;
      if (otherwise || around.type(end) != ServeLexer.ELSE) {
        break;
      }
      boolean further = around.isWord(end + 1, List.of("if"));
      otherwise = !further;
      condition = further ? end + 2 : end + 1;
    }
    read.add(around.behind(end - 1, ServeLexer.RBRACE));
    text.append(indent).append('}');
    Span all = around.span(at, end - 1);
    var diagnostic =
        Diagnostic.of(
            Code.SV0109,
            around.span(at),
            "a choice is written `switch { condition => …, else => … }`");
    return plain && otherwise
        ? new Habit(
            end,
            read,
            diagnostic.fixedBy(
                new Fix("write a `switch`", List.of(new Edit(all, text.toString())))))
        : new Habit(end, List.of(), diagnostic).leaving(Leaves.STATEMENT);
  }

  private boolean isOneFlow(int open, int close) {
    for (int i = open + 1; i < close; i++) {
      boolean another =
          i > open + 1 && around.layout.startsLine(i) && around.type(i) != ServeLexer.ARROW;
      if (another || around.type(i) == ServeLexer.EQ || i > open + Surroundings.FAR) {
        return false;
      }
      i = Healer.isOpener(around.type(i)) ? Math.max(i, around.partner(i)) : i;
    }
    return close > open + 1;
  }
}
