package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.graph.Flows.Bodied;
import dev.salver.compiler.graph.Step.Work;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Flow;
import dev.salver.compiler.type.Fit;
import dev.salver.compiler.type.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code switch} and {@code split}: one branch of several is taken. */
final class Choices {
  private static final BigDecimal ALL = BigDecimal.valueOf(100);

  private final Draft draft;
  private final Flows flows;

  Choices(Draft draft, Flows flows) {
    this.draft = draft;
    this.flows = flows;
  }

  Made made(Flow.Node.Switch node, Flowing incoming, Place place) {
    var cases = new ArrayList<Step.Case>();
    var joined = new Joined(place.goal() != null);
    Body otherwise = null;
    Span closed = null;
    boolean open = false;
    var seen = new HashMap<String, Span>();
    for (Loops.Turn<Flow.Branch.Case> turn : Loops.branches(node.branches(), place)) {
      open |= turn.isOpen();
      Flow.Branch.Case branch = turn.branch();
      if (closed != null) {
        var diagnostic =
            Diagnostic.of(
                    Code.SV2117,
                    branch.span(),
                    "this branch is never taken: one before it always is")
                .relating(closed, "this one is taken in any case");
        draft.report(Trims.branches(node, branch).map(diagnostic::fixedBy).orElse(diagnostic));
        break;
      }
      Expr guard = branch.guard();
      Expr condition = null;
      boolean always = guard == null;
      if (guard == null) {
        closed = branch.span();
      } else {
        condition = flows.conditions(turn.place()).checked(guard);
        Optional<Boolean> constant = Conditions.constant(condition);
        Span earlier = seen.putIfAbsent(Conditions.text(condition), guard.span());
        if (constant.equals(Optional.of(true))) {
          always = true;
          closed = guard.span();
        } else if (constant.isPresent() || (earlier != null && !turn.isOpen())) {
          var never = Diagnostic.of(Code.SV2117, guard.span(), "this branch is never taken");
          var diagnostic =
              earlier == null || constant.isPresent()
                  ? never.labelled("always false")
                  : never.relating(earlier, "the same condition is asked here already");
          draft.report(Trims.branch(node, branch).map(diagnostic::fixedBy).orElse(diagnostic));
        }
      }
      Bodied body = flows.branch(branch.flow(), incoming, turn.place().inner());
      joined.add(body, branch.flow().span(), draft);
      if (condition == null || always) {
        otherwise = body.body();
      } else {
        cases.add(new Step.Case(condition, body.body()));
      }
    }
    if (closed == null && !open) {
      incomplete(node);
    }
    draft.use(incoming);
    return Made.choice(
        new Work.Switch(cases, otherwise),
        joined.type(),
        "switch",
        node.span(),
        closed != null && joined.ends());
  }

  private void incomplete(Flow.Node.Switch node) {
    Span span = node.span();
    Span word = new Span(span.file(), span.start(), Math.min(span.end(), span.start() + 6));
    var diagnostic =
        Diagnostic.of(
            Code.SV2111,
            word,
            "this `switch` has no `else`: what if none of its conditions holds?");
    String text = span.text();
    if (!text.endsWith("}")) {
      draft.report(diagnostic);
      return;
    }
    String branch = "else => fail(404, \"no branch for this request\")";
    int end = span.end() - 1;
    int line = text.lastIndexOf('\n');
    int from = line < 0 ? -1 : span.start() + line + 1;
    boolean own = line >= 0 && text.substring(line + 1, text.length() - 1).isBlank();
    String indent = own ? text.substring(line + 1, text.length() - 1) : "";
    draft.report(
        diagnostic.fixedBy(
            own
                ? Fix.insert(
                    "add `" + branch + "`", span.file(), from, indent + "  " + branch + "\n")
                : Fix.insert("add `" + branch + "`", span.file(), end, ", " + branch + " ")));
  }

  Made made(Flow.Node.Split node, Flowing incoming, Place place) {
    var shares = new ArrayList<Step.Share>();
    var joined = new Joined(place.goal() != null);
    BigDecimal sum = BigDecimal.ZERO;
    boolean open = false;
    Span last = null;
    for (Loops.Turn<Flow.Branch.Case> turn : Loops.branches(node.branches(), place)) {
      open |= turn.isOpen();
      Expr guard = turn.branch().guard();
      Optional<BigDecimal> share = Optional.empty();
      if (guard == null) {
        draft.report(
            Code.SV2113,
            turn.branch().span(),
            "a branch of `split` starts with its share, such as `10%`");
      } else if (!turn.isOpen()) {
        share = Percents.of(guard, draft);
        last = guard.span();
      }
      open |= share.isEmpty();
      sum = sum.add(share.orElse(BigDecimal.ZERO));
      Bodied body = flows.branch(turn.branch().flow(), incoming, turn.place().inner());
      joined.add(body, turn.branch().flow().span(), draft);
      shares.add(new Step.Share(share.orElse(ALL), body.body()));
    }
    if (!open && sum.compareTo(ALL) != 0) {
      draft.report(unequal(node, sum, shares, last));
    }
    draft.use(incoming);
    return Made.choice(new Work.Split(shares), joined.type(), "split", node.span(), joined.ends());
  }

  private static Diagnostic unequal(
      Flow.Node.Split node, BigDecimal sum, List<Step.Share> shares, @Nullable Span last) {
    Span span = node.span();
    Span word = new Span(span.file(), span.start(), Math.min(span.end(), span.start() + 5));
    var diagnostic =
        Diagnostic.of(
                Code.SV2112,
                last == null ? word : last,
                "the shares of this `split` are "
                    + sum.stripTrailingZeros().toPlainString()
                    + "%, not 100%")
            .relating(word, "the `split` starts here");
    if (last == null || shares.isEmpty()) {
      return diagnostic;
    }
    BigDecimal rest = ALL.subtract(sum).add(shares.getLast().percent());
    return rest.signum() > 0 && rest.compareTo(ALL) <= 0
        ? diagnostic.fixedBy(Fix.replace(last, rest.stripTrailingZeros().toPlainString() + "%"))
        : diagnostic;
  }

  /** What the branches have in common. */
  static final class Joined {
    private final boolean isGoal;
    private @Nullable Type type;
    private @Nullable Span first;
    private boolean broken;

    /**
     * @param isGoal whether each branch is held against what the graph gives, and not against the
     *     others
     */
    Joined(boolean isGoal) {
      this.isGoal = isGoal;
    }

    void add(Bodied body, Span flow, Draft draft) {
      if (body.last().ends()) {
        return;
      }
      if (type == null) {
        type = body.type();
        first = body.last().span();
        return;
      }
      switch (Fit.common(type, body.type())) {
        case Fit.Common.Found found -> type = found.type();
        case Fit.Common.Nothing nothing -> {
          if (!isGoal && first != null && !broken) {
            var diagnostic =
                Diagnostic.of(
                        Code.SV2109,
                        body.last().span(),
                        "this branch gives `"
                            + Flowing.brief(body.type())
                            + "`, but another gives `"
                            + Flowing.brief(type)
                            + "`")
                    .labelled(nothing.reason())
                    .relating(first, "the other branch is this");
            draft.report(
                Casts.like(flow, body.type(), type).map(diagnostic::fixedBy).orElse(diagnostic));
          }
          broken = true;
        }
      }
    }

    boolean ends() {
      return type == null;
    }

    Type type() {
      return type == null || broken ? new Type.Unknown() : type;
    }
  }
}
