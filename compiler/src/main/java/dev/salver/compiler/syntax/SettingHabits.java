package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Habit.Leaves;
import dev.salver.compiler.syntax.Surroundings.Scope;
import dev.salver.dsl.ServeLexer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings with another sign than {@code =}, under a condition, or behind a word for variables. */
final class SettingHabits {
  private static final List<String> VARIABLES =
      List.of("const", "let", "local", "set", "val", "var");

  private final Surroundings around;

  SettingHabits(Surroundings around) {
    this.around = around;
  }

  @Nullable Habit at(int at) {
    if (around.scope(at) != Scope.SETTINGS) {
      return null;
    }
    if (around.isFirst(at)) {
      boolean named = around.type(at + 1) == ServeLexer.NAME && around.follows(at + 1);
      if (around.isWord(at, VARIABLES) && named && around.type(at + 2) == ServeLexer.EQ) {
        return variable(at);
      }
      if (around.isWord(at, List.of("if", "when", "unless")) && around.follows(at + 1)) {
        return conditional(at);
      }
    }
    Habit sign = sign(at);
    return sign == null ? bracketed(at) : sign;
  }

  /** {@code memory := 4Gi}. */
  private @Nullable Habit sign(int at) {
    boolean glued = around.type(at + 1) == ServeLexer.EQ && around.touches(at + 1);
    boolean two = glued && around.is(at, ServeLexer.COLON, ServeLexer.PLUS, ServeLexer.QUESTION);
    boolean one = around.is(at, ServeLexer.EQEQ, ServeLexer.FATARROW, ServeLexer.ARROW);
    if (!(one || two) || !around.follows(at) || !isKey(at - 1)) {
      return null;
    }
    int last = two ? at + 1 : at;
    Span span = around.span(at, last);
    String message = "a setting is written with `=`, not with `" + span.text() + "`";
    boolean adds = around.type(at) == ServeLexer.PLUS;
    var fix = Fix.replace(span, "=");
    boolean merges = around.type(last + 1) == ServeLexer.LBRACE;
    return new Habit(
        last + 1,
        List.of(new Word(ServeLexer.EQ, span.start(), span.start())),
        Diagnostic.of(
                Code.SV0109,
                span,
                adds
                    ? message + ": a map is merged with what it lies over, a list replaces it"
                    : message)
            .fixedBy(adds && !merges ? fix.suggested() : fix));
  }

  /** Whether a path of keys ends there that begins a statement. */
  private boolean isKey(int at) {
    int i = at;
    while (i > at - Surroundings.FAR
        && around.type(i - 1) == ServeLexer.DOT
        && TokenKinds.isKey(around.type(i))) {
      i -= 2;
    }
    return TokenKinds.isKey(around.type(i)) && around.isFirst(i);
  }

  /** {@code labels [ team = "ml" ]}. */
  private @Nullable Habit bracketed(int at) {
    int close = around.type(at) == ServeLexer.LBRACK ? around.partner(at) : -1;
    int from = around.type(at - 1) == ServeLexer.EQ ? at - 2 : at - 1;
    boolean map =
        close > at + 1
            && TokenKinds.isKey(around.type(at + 1))
            && around.type(at + 2) == ServeLexer.EQ
            && around.follows(at)
            && isKey(from);
    if (!map) {
      return null;
    }
    var edits = List.of(new Edit(around.span(at), "{"), new Edit(around.span(close), "}"));
    return new Habit(
            at + 1,
            List.of(around.before(at, ServeLexer.LBRACE)),
            Diagnostic.of(
                    Code.SV0109,
                    around.span(at),
                    "a map stands in braces: `" + around.text(from) + " { key = value }`")
                .fixedBy(new Fix("put it in braces", edits)))
        .replacing(close, around.before(close, ServeLexer.RBRACE));
  }

  private Habit variable(int at) {
    int end = around.endOfStatement(at + 2);
    String name = around.text(at + 1);
    return new Habit(
            end,
            List.of(),
            Diagnostic.of(
                Code.SV0109,
                around.span(at, at + 1),
                "a block holds settings, no variables: a value with a name is declared outside,"
                    + " `param "
                    + name
                    + ": TYPE = …`"))
        .leaving(Leaves.STATEMENT);
  }

  /** {@code if env == "prod" { … } else { … }}: left out, with what it holds. */
  private @Nullable Habit conditional(int at) {
    int end = at;
    int conditionEnd = -1;
    boolean more = true;
    while (more) {
      int open = end + 1;
      while (open < end + Surroundings.FAR
          && around.follows(open)
          && around.type(open) != ServeLexer.LBRACE) {
        open++;
      }
      int close = around.partner(open);
      if (around.type(open) != ServeLexer.LBRACE || close < 0) {
        return null;
      }
      conditionEnd = conditionEnd < 0 ? open - 1 : conditionEnd;
      more = around.is(close + 1, ServeLexer.ELSE);
      end = close + 1;
    }
    return new Habit(
            end,
            List.of(),
            Diagnostic.of(
                Code.SV0109,
                around.span(at, conditionEnd),
                "settings stand under no condition: what an environment has otherwise stands in it,"
                    + " `env "
                    + environment(at)
                    + " { "
                    + patch(at)
                    + " { … } }`"))
        .leaving(Leaves.STATEMENT);
  }

  /** The one that {@code env == "prod"} names. */
  private String environment(int at) {
    boolean named =
        around.type(at + 1) == ServeLexer.ENV
            && around.type(at + 2) == ServeLexer.EQEQ
            && around.type(at + 3) == ServeLexer.STRING;
    return named ? around.text(at + 3).replace("\"", "") : "NAME";
  }

  private String patch(int at) {
    int head = around.headAt(at);
    return head >= 0
            && around.type(head) == ServeLexer.MODEL
            && around.type(head + 1) == ServeLexer.NAME
        ? "model " + around.text(head + 1)
        : "model NAME";
  }
}
