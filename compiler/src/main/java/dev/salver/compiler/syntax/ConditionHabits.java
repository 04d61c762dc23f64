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

/** Operators of other languages. */
final class ConditionHabits {
  private static final List<String> MACROS =
      List.of("all", "exists", "exists_one", "filter", "map");

  private final Surroundings around;

  ConditionHabits(Surroundings around) {
    this.around = around;
  }

  @Nullable Habit at(int at) {
    Scope scope = around.scope(at);
    if (scope == Scope.TYPE || scope == Scope.NAMES || scope == Scope.LIST) {
      return null;
    }
    boolean before = around.follows(at) && around.endsOperand(at - 1);
    boolean next = around.follows(at + 1);
    if (around.isWord(at, List.of("not", "NOT")) && next) {
      return not(at, before);
    }
    if (!before || !next) {
      return null;
    }
    boolean operand = around.startsOperand(at + 1);
    if (around.isWord(at, List.of("and", "AND")) && operand) {
      return written(at, at, ServeLexer.ANDAND);
    }
    boolean or = around.type(at) == ServeLexer.OR || around.isWord(at, List.of("OR"));
    if (or && operand && (scope == Scope.ARGUMENTS || isCondition(at))) {
      return written(at, at, ServeLexer.OROR);
    }
    if (around.isWord(at, List.of("is", "eq", "equals")) && operand) {
      boolean not = around.isWord(at + 1, List.of("not"));
      return written(at, not ? at + 1 : at, not ? ServeLexer.NE : ServeLexer.EQEQ);
    }
    boolean two = around.touches(at + 1);
    int second = around.type(at + 1);
    if (two && around.type(at) == ServeLexer.LT && second == ServeLexer.GT) {
      return written(at, at + 1, ServeLexer.NE);
    }
    if (two && second == ServeLexer.EQ && around.is(at, ServeLexer.EQEQ, ServeLexer.NE)) {
      return written(at, at + 1, around.type(at));
    }
    if (around.type(at) == ServeLexer.EQ && operand && compares(at, scope)) {
      return written(at, at, ServeLexer.EQEQ);
    }
    boolean lambda =
        around.is(at, ServeLexer.ARROW, ServeLexer.FATARROW)
            && scope == Scope.ARGUMENTS
            && around.type(at - 2) == ServeLexer.LPAREN
            && MACROS.contains(around.text(at - 3));
    return lambda ? lambda(at) : null;
  }

  private Habit written(int at, int last, int type) {
    Span span = around.span(at, last);
    String meant = Words.literal(type);
    String message =
        around.type(at) == ServeLexer.EQ
            ? "`=` sets a value, `==` compares two"
            : "`" + span.text() + "` is written `" + meant + "`";
    return new Habit(
        last + 1,
        List.of(around.before(at, type)),
        Diagnostic.of(Code.SV0109, span, message).fixedBy(Fix.replace(span, meant)));
  }

  private @Nullable Habit not(int at, boolean before) {
    if (before && around.type(at + 1) == ServeLexer.IN) {
      return notIn(at);
    }
    if (before || !around.startsOperand(at + 1) || !isExpression(at)) {
      return null;
    }
    Word word = around.words.get(at);
    boolean list = around.type(at + 1) != ServeLexer.LPAREN;
    int end = list ? operandEnd(at + 1) : at + 1;
    boolean compared =
        around.follows(end)
            && around.type(end) >= ServeLexer.EQEQ
            && around.type(end) <= ServeLexer.GT;
    if (list && (compared || around.type(end) == ServeLexer.IN)) {
      return wrapped(at, end);
    }
    var span = new Span(around.file, word.start(), around.words.get(at + 1).start());
    return new Habit(
        at + 1,
        List.of(around.before(at, ServeLexer.NOT)),
        Diagnostic.of(Code.SV0109, around.span(at), "`not` is written `!`")
            .fixedBy(new Fix("write `!`", List.of(new Edit(span, "!")))));
  }

  /** {@code not a == b}, which is {@code !(a == b)}. */
  private @Nullable Habit wrapped(int at, int operator) {
    int end = operandEnd(operator + 1);
    if (end == operator + 1) {
      return null;
    }
    Word word = around.words.get(at);
    var span = new Span(around.file, word.start(), around.words.get(at + 1).start());
    int last = around.words.get(end - 1).end();
    return new Habit(
            at + 1,
            List.of(around.before(at, ServeLexer.NOT), around.before(at, ServeLexer.LPAREN)),
            Diagnostic.of(Code.SV0109, around.span(at), "`not` is written `!( )`")
                .fixedBy(
                    new Fix(
                        "write `!(" + around.span(at + 1, end - 1).text() + ")`",
                        List.of(
                            new Edit(span, "!("),
                            new Edit(new Span(around.file, last, last), ")")))))
        .inserting(end, around.behind(end - 1, ServeLexer.RPAREN));
  }

  private Habit notIn(int at) {
    int from = operandStart(at - 1);
    int end = operandEnd(at + 2);
    var diagnostic =
        Diagnostic.of(Code.SV0109, around.span(at, at + 1), "`not in` is written `!(… in …)`");
    Span all = around.span(from, Math.max(at + 1, end - 1));
    String meant =
        "!("
            + around.span(from, at - 1).text()
            + " in "
            + (end > at + 2 ? around.span(at + 2, end - 1).text() : "")
            + ")";
    return new Habit(
            at + 1,
            List.of(),
            end > at + 2 ? diagnostic.fixedBy(Fix.replace(all, meant)) : diagnostic)
        .leaving(Leaves.STATEMENT);
  }

  private Habit lambda(int at) {
    var from = new Span(around.file, around.words.get(at - 1).end(), around.words.get(at).end());
    return new Habit(
        at + 1,
        List.of(around.before(at, ServeLexer.COMMA)),
        Diagnostic.of(
                Code.SV0109,
                around.span(at),
                "behind the name of an item stands a comma: `" + around.text(at - 3) + "(x, …)`")
            .fixedBy(Fix.replace(from, ",")));
  }

  /** Index behind a name with its members, calls and indexes, or a bracketed operand. */
  private int operandEnd(int at) {
    int i = at;
    if (!around.startsOperand(i) || around.type(i) == ServeLexer.NOT) {
      return at;
    }
    while (i < around.words.size()) {
      int type = around.type(i);
      boolean opens = type == ServeLexer.LPAREN || type == ServeLexer.LBRACK;
      if (opens && (i == at || around.touches(i)) && around.partner(i) > i) {
        i = around.partner(i) + 1;
      } else if (i == at || around.type(i - 1) == ServeLexer.DOT || type == ServeLexer.DOT) {
        i++;
      } else {
        break;
      }
    }
    return i;
  }

  private int operandStart(int at) {
    int i = at;
    while (i > 0) {
      if (Healer.isCloser(around.type(i)) && around.partner(i) > 0) {
        i = around.partner(i);
        if (!around.touches(i) || !TokenKinds.isKey(around.type(i - 1))) {
          return i;
        }
        i--;
      } else if (around.type(i - 1) == ServeLexer.DOT) {
        i -= 2;
      } else {
        return i;
      }
    }
    return i;
  }

  /** Whether a value is wanted there. */
  private boolean isExpression(int at) {
    int before = around.type(at - 1);
    return TokenKinds.awaitsValue(before)
        || before == ServeLexer.WHERE
        || before == ServeLexer.LPAREN
        || (around.scope(at) == Scope.BRANCHES && around.isFirst(at));
  }

  /** Whether {@code =} stands between two values, and sets nothing. */
  private boolean compares(int at, Scope scope) {
    if (scope == Scope.ARGUMENTS || !isCondition(at)) {
      return false;
    }
    int from = operandStart(at - 1);
    int before = around.type(from - 1);
    return scope == Scope.BRANCHES
        || (around.head(at) >= 0 && before == ServeLexer.WHERE)
        || TokenKinds.awaitsValue(before)
        || before == ServeLexer.NOT
        || around.type(at - 1) == ServeLexer.RPAREN;
  }

  /** Whether a condition stands there: of an assertion, a {@code where} or a branch. */
  private boolean isCondition(int at) {
    Scope scope = around.scope(at);
    for (int i = at - 1; i >= 0 && i > at - Surroundings.FAR; i--) {
      int type = around.type(i);
      if (Healer.isCloser(type)) {
        i = around.partner(i);
        if (i < 0) {
          return false;
        }
      } else if (Healer.isOpener(type)) {
        return scope == Scope.BRANCHES;
      } else if (type == ServeLexer.FATARROW || type == ServeLexer.EQ || type == ServeLexer.ARROW) {
        return false;
      } else if (type == ServeLexer.WHERE
          || (type >= ServeLexer.GATE && type <= ServeLexer.EXPECT && around.isFirst(i))) {
        return true;
      }
      if (around.isFirst(i)) {
        return scope == Scope.BRANCHES;
      }
    }
    return false;
  }
}
