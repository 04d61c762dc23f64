package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Surroundings.Scope;
import dev.salver.dsl.ServeLexer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Branches of a {@code switch} or {@code split} as other languages write them. */
final class BranchHabits {
  private static final List<String> CASES = List.of("case", "elif", "elseif", "if", "when");
  private static final List<String> OTHERWISE = List.of("_", "default", "otherwise");

  private final Surroundings around;

  BranchHabits(Surroundings around) {
    this.around = around;
  }

  @Nullable Habit at(int at) {
    if (around.scope(at) != Scope.BRANCHES) {
      return null;
    }
    if (around.isFirst(at)) {
      if (around.isWord(at, OTHERWISE) && isArrow(at + 1)) {
        return new Habit(
            at + 1,
            List.of(around.before(at, ServeLexer.ELSE)),
            Diagnostic.of(Code.SV0109, around.span(at), "what holds otherwise is `else => …`")
                .fixedBy(Fix.replace(around.span(at), "else")));
      }
      boolean second = around.type(at) == ServeLexer.ELSE && around.isWord(at + 1, CASES);
      int last = second ? at + 1 : at;
      boolean marked = second || around.isWord(at, CASES);
      if (marked && around.follows(last + 1) && !isArrow(last + 1) && isBranch(last + 1)) {
        return condition(at, last);
      }
    }
    boolean colon = around.type(at) == ServeLexer.COLON;
    return (colon || around.type(at) == ServeLexer.ARROW) && around.follows(at) && isFirstSign(at)
        ? arrow(at, colon)
        : null;
  }

  private boolean isArrow(int at) {
    return around.is(at, ServeLexer.FATARROW, ServeLexer.ARROW, ServeLexer.COLON);
  }

  private boolean isBranch(int at) {
    for (int i = at; i < at + Surroundings.FAR && around.follows(i); i++) {
      if (isArrow(i)) {
        return true;
      }
      i = Healer.isOpener(around.type(i)) ? Math.max(i, around.partner(i)) : i;
    }
    return false;
  }

  private Habit condition(int at, int last) {
    Span words = around.span(at, last);
    var span = new Span(around.file, words.start(), around.words.get(last + 1).start());
    return new Habit(
        last + 1,
        List.of(),
        Diagnostic.of(
                Code.SV0109,
                words,
                "a branch begins with its condition, without `"
                    + words.text()
                    + "`: `condition => …`")
            .fixedBy(Fix.delete("remove it", span)));
  }

  private Habit arrow(int at, boolean colon) {
    Span span = around.span(at);
    return new Habit(
        at + 1,
        List.of(around.before(at, ServeLexer.FATARROW)),
        Diagnostic.of(
                Code.SV0109,
                span,
                "behind what a branch is for stands `=>`, not `" + span.text() + "`")
            .fixedBy(Fix.replace(span, colon && around.touches(at) ? " =>" : "=>")));
  }

  /** Whether nothing between the beginning of a branch and this parts it from its flow. */
  private boolean isFirstSign(int at) {
    for (int i = at - 1; i > at - Surroundings.FAR && i >= 0; i--) {
      if (around.is(i, ServeLexer.FATARROW, ServeLexer.ARROW, ServeLexer.QUESTION)) {
        return false;
      }
      if (Healer.isCloser(around.type(i))) {
        i = around.partner(i);
        if (i < 0) {
          return false;
        }
      }
      if (around.isFirst(i)) {
        boolean goesOn = around.is(i, ServeLexer.OR, ServeLexer.ANDAND, ServeLexer.OROR);
        return !goesOn && (i < at - 1 || around.follows(at));
      }
    }
    return false;
  }
}
