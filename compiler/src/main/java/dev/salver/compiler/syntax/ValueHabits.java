package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Surroundings.Scope;
import dev.salver.dsl.ServeLexer;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values behind {@code =} as other languages write them. */
final class ValueHabits {
  private static final Pattern FORMAT_HOLE = Pattern.compile("(?<!\\$)\\{(?=[A-Za-z][\\w.-]*})");

  private final Surroundings around;

  ValueHabits(Surroundings around) {
    this.around = around;
  }

  @Nullable Habit at(int at) {
    Scope scope = around.scope(at);
    if (scope != Scope.SETTINGS && scope != Scope.TOP) {
      return null;
    }
    if (around.type(at - 1) != ServeLexer.EQ || !around.follows(at) || around.isFlow(at)) {
      return range(at);
    }
    return switch (around.type(at)) {
      case ServeLexer.LBRACE -> braces(at);
      case ServeLexer.LPAREN -> list(at, "parentheses");
      case ServeLexer.ON -> truth(at);
      default -> {
        Habit format = format(at);
        yield format == null ? chosen(at) : format;
      }
    };
  }

  /** {@code {{ env }}}, or a list in braces. */
  private @Nullable Habit braces(int at) {
    int close = around.partner(at);
    boolean twice =
        around.type(at + 1) == ServeLexer.LBRACE
            && around.touches(at + 1)
            && around.partner(at + 1) == close - 1
            && close - 1 > at + 2;
    if (twice) {
      Span all = around.span(at, close);
      String inner = around.span(at + 2, close - 2).text().strip();
      return new Habit(
              at + 2,
              List.of(),
              Diagnostic.of(
                      Code.SV0109, all, "a value stands as it is, without `{{ }}`: `" + inner + "`")
                  .fixedBy(Fix.replace(all, inner)))
          .replacing(close - 1)
          .replacing(close);
    }
    boolean item =
        TokenKinds.isLiteral(around.type(at + 1)) || around.type(at + 1) == ServeLexer.NAME;
    boolean ends = around.is(at + 2, ServeLexer.COMMA, ServeLexer.RBRACE);
    return item && ends && around.scope(at) == Scope.SETTINGS ? list(at, "braces") : null;
  }

  private @Nullable Habit list(int at, String what) {
    int close = around.partner(at);
    boolean parted = false;
    for (int i = at + 1; i < Math.min(close, at + Surroundings.FAR); i++) {
      parted |= around.type(i) == ServeLexer.COMMA;
      i = Healer.isOpener(around.type(i)) ? Math.max(i, around.partner(i)) : i;
    }
    boolean ends = close > 0 && !around.is(close + 1, ServeLexer.ARROW, ServeLexer.FATARROW);
    if (!ends || (!parted && around.type(at) == ServeLexer.LPAREN)) {
      return null;
    }
    var edits = List.of(new Edit(around.span(at), "["), new Edit(around.span(close), "]"));
    return new Habit(
            at + 1,
            List.of(around.before(at, ServeLexer.LBRACK)),
            Diagnostic.of(
                    Code.SV0109,
                    around.span(at),
                    "a list stands in brackets, `[a, b]`, not in " + what)
                .fixedBy(new Fix("put it in brackets", edits)))
        .replacing(close, around.before(close, ServeLexer.RBRACK));
  }

  /** {@code pinned = on}. */
  private @Nullable Habit truth(int at) {
    boolean ends =
        !around.follows(at + 1) || around.is(at + 1, ServeLexer.RBRACE, ServeLexer.COMMA);
    return ends
        ? new Habit(
            at + 1,
            List.of(around.before(at, ServeLexer.TRUE)),
            Diagnostic.of(Code.SV0109, around.span(at), "`on` is no value, `true` is")
                .fixedBy(Fix.replace(around.span(at), "true")))
        : null;
  }

  /** {@code f"ml-{env}"}. */
  private @Nullable Habit format(int at) {
    boolean prefix =
        around.type(at) == ServeLexer.NAME
            && around.text(at).length() == 1
            && around.type(at + 1) == ServeLexer.STRING
            && around.touches(at + 1);
    if (!prefix) {
      return null;
    }
    Span all = around.span(at, at + 1);
    String text = around.text(at + 1);
    boolean holes = around.text(at).equals("f") && FORMAT_HOLE.matcher(text).find();
    String meant = holes ? FORMAT_HOLE.matcher(text).replaceAll("\\${") : text;
    return new Habit(
        at + 2,
        List.of(new Word(ServeLexer.MISSING, all.start(), all.end())),
        Diagnostic.of(
                Code.SV0109,
                all,
                "a text has no `"
                    + around.text(at)
                    + "` before it"
                    + (holes ? "; what is put into it stands in `${ }`" : ""))
            .fixedBy(Fix.replace(all, meant)));
  }

  /** {@code 4Gi if big else 2Gi}, {@code if big { 4Gi } else { 2Gi }}. */
  private @Nullable Habit chosen(int at) {
    int end = around.endOfStatement(at);
    boolean first = around.isWord(at, List.of("if"));
    if (first && around.type(at + 1) == ServeLexer.EQ) {
      return null;
    }
    int mark = -1;
    int other = -1;
    for (int i = at; i < Math.min(end, at + Surroundings.FAR); i++) {
      mark = mark < 0 && around.isWord(i, List.of("if")) ? i : mark;
      other = mark >= 0 && around.type(i) == ServeLexer.ELSE ? i : other;
      i = Healer.isOpener(around.type(i)) ? Math.max(i, around.partner(i)) : i;
    }
    String meant = "";
    if (first && other > 0) {
      int one = around.partner(other - 1);
      int two = around.partner(end - 1);
      if (one > at + 1
          && two == other + 1
          && one + 1 < other - 1
          && two + 1 < end - 1
          && around.type(one) == ServeLexer.LBRACE) {
        meant = meant(at + 1, one - 1, one + 1, other - 2, two + 1, end - 2);
      }
    } else if (mark > at && other > mark + 1 && end > other + 1) {
      meant = meant(mark + 1, other - 1, at, mark - 1, other + 1, end - 1);
    }
    if (meant.isEmpty()) {
      return null;
    }
    Span all = around.span(at, end - 1);
    return new Habit(
        end,
        List.of(new Word(ServeLexer.MISSING, all.start(), all.end())),
        Diagnostic.of(Code.SV0109, all, "a choice of values is written `condition ? this : that`")
            .fixedBy(Fix.replace(all, meant)));
  }

  private String meant(int from, int last, int yes, int yesLast, int no, int noLast) {
    return around.span(from, last).text()
        + " ? "
        + around.span(yes, yesLast).text()
        + " : "
        + around.span(no, noLast).text();
  }

  /** {@code 2 to 4}, {@code 2...4}. */
  private @Nullable Habit range(int at) {
    boolean number =
        around.is(at - 1, ServeLexer.NUMBER, ServeLexer.QUANTITY) && around.follows(at);
    boolean to =
        around.isWord(at, List.of("to"))
            && around.is(at + 1, ServeLexer.NUMBER, ServeLexer.QUANTITY);
    boolean dots =
        around.type(at) == ServeLexer.DOTDOT
            && around.type(at + 1) == ServeLexer.DOT
            && around.touches(at + 1);
    if (!number || !around.follows(at + 1) || !(to || dots)) {
      return null;
    }
    int last = dots ? at + 1 : at;
    int from = around.words.get(at - 1).end();
    int until = last + 1 < around.words.size() ? around.words.get(last + 1).start() : from;
    return new Habit(
        last + 1,
        List.of(around.before(at, ServeLexer.DOTDOT)),
        Diagnostic.of(Code.SV0109, around.span(at, last), "a range is written `from..to`")
            .fixedBy(
                new Fix(
                    "write `..`", List.of(new Edit(new Span(around.file, from, until), "..")))));
  }
}
