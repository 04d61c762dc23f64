package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.graph.Step.Edge;
import dev.salver.compiler.graph.Step.Ref;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Flow;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.type.Fit;
import dev.salver.compiler.type.Spelt;
import dev.salver.compiler.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * From flows as they are written to steps. A bare name that starts a flow and is an input or an
 * earlier step is that value; any other is applied to the incoming value. What comes into a graph's
 * statements is the request, into a branch what comes into its node.
 */
final class Flows {
  private final Draft draft;
  private final Terms terms;
  private final Choices choices;
  private final Joins joins;
  private final Modifiers modifiers;

  Flows(Draft draft) {
    this.draft = draft;
    this.terms = new Terms(draft, this);
    this.choices = new Choices(draft, this);
    this.joins = new Joins(draft, this);
    this.modifiers = new Modifiers(draft, terms);
  }

  /**
   * What a flow gives.
   *
   * @param name that the program gives to the last stage; null where it has none
   */
  record Flowed(Flowing value, boolean ends, @Nullable String name, Span span) {}

  Conditions conditions(Place place) {
    return new Conditions(draft, place, terms);
  }

  /** Steps with the value of the last one. */
  record Bodied(Body body, Flowed last) {
    Type type() {
      return last.value().type();
    }
  }

  /** The statements of a graph or of an instance; each starts from the request. */
  Bodied body(List<Entry.Step> statements, Flowing request, Place place) {
    var steps = new ArrayList<Step>();
    int before = draft.reported();
    Flowed last = null;
    for (int i = 0; i < statements.size(); i++) {
      Entry.Step statement = statements.get(i);
      if (last != null && last.ends()) {
        unreachable(statement.span(), Trims.statements(statements, i));
        break;
      }
      boolean tail = i == statements.size() - 1;
      Place here = tail ? place : place.within();
      last = flow(statement.flow(), request, here, statement.name(), tail, steps);
    }
    if (last == null) {
      throw new IllegalArgumentException("a body has a statement");
    }
    return finished(steps, last, before, step -> Trims.step(statements, step));
  }

  /** A branch: one flow with steps of its own. */
  Bodied branch(Flow flow, Flowing incoming, Place place) {
    var steps = new ArrayList<Step>();
    int before = draft.reported();
    Flowed last = flow(flow, incoming, place, null, true, steps);
    return finished(steps, last, before, step -> Trims.stage(flow, step));
  }

  private Bodied finished(
      List<Step> steps, Flowed last, int before, Function<Span, Optional<Fix>> trim) {
    draft.use(last.value());
    for (Step step : steps.subList(0, Math.max(0, steps.size() - 1))) {
      if (draft.reported() == before && !draft.isUsed(step.name())) {
        var diagnostic =
            Diagnostic.of(Code.SV2118, step.span(), "nothing uses the step `" + step.name() + "`");
        draft.report(trim.apply(step.span()).map(diagnostic::fixedBy).orElse(diagnostic));
      }
    }
    if (steps.isEmpty()) {
      var pass = new Step.Work.Pass(last.value().ref());
      steps.add(
          new Step(draft.unique("unknown"), pass, new Type.Unknown(), Edge.PLAIN, last.span()));
    }
    return new Bodied(new Body(steps), last);
  }

  static String brief(Span span) {
    String text = span.text().lines().findFirst().orElse("").strip();
    return text.length() > 40 ? text.substring(0, 39) + "…" : text;
  }

  private Flowed flow(
      Flow flow,
      Flowing incoming,
      Place place,
      @Nullable Name given,
      boolean tail,
      List<Step> steps) {
    Flowed at = new Flowed(incoming, false, null, flow.span());
    if (place.depth() > Draft.MAX_DEPTH) {
      draft.report(
          Code.SV2127,
          flow.span(),
          "branches and templates nest more than " + Draft.MAX_DEPTH + " deep here");
      return new Flowed(Flowing.unknown(incoming.ref()), false, null, flow.span());
    }
    int count = flow.stages().size();
    for (int i = 0; i < count; i++) {
      Flow.Stage stage = flow.stages().get(i);
      if (at.ends()) {
        unreachable(stage.node().span(), Trims.stages(flow, i));
        break;
      }
      if (!draft.room(stage.span())) {
        return new Flowed(Flowing.unknown(incoming.ref()), false, null, flow.span());
      }
      boolean last = i == count - 1;
      at =
          stage(
              stage,
              at.value(),
              i == 0,
              new Position(last, tail && last),
              last ? place : place.within(),
              last ? given : null,
              steps);
    }
    return at;
  }

  /** Whether a stage is the last of its flow, and its flow the last of its body. */
  private record Position(boolean last, boolean tail) {}

  private void unreachable(Span span, Optional<Fix> fix) {
    var diagnostic =
        Diagnostic.of(
            Code.SV2117, span, "nothing reaches this: the request has failed before in any case");
    draft.report(fix.map(diagnostic::fixedBy).orElse(diagnostic));
  }

  private Flowed stage(
      Flow.Stage stage,
      Flowing incoming,
      boolean first,
      Position position,
      Place place,
      @Nullable Name given,
      List<Step> steps) {
    Made made =
        switch (stage.node()) {
          case Flow.Node.Term term -> terms.made(term.expr(), incoming, first, stage, place);
          case Flow.Node.Switch node -> choices.made(node, incoming, place);
          case Flow.Node.Split node -> choices.made(node, incoming, place);
          case Flow.Node.All node -> joins.made(node, incoming, place.within());
        };
    if (made.value() != null && !position.last() && stage.modifiers().isEmpty()) {
      return new Flowed(made.value(), false, null, made.span());
    }
    Modifiers.Said said = modifiers.read(stage, made, incoming, place.within());
    String name = name(stage, made, said.as(), given, position.tail(), place);
    String planned = draft.unique(name == null ? made.plain() : name);
    if (made.value() != null) {
      draft.use(made.value());
    }
    Type type = said.type();
    steps.add(new Step(planned, made.work(), type, said.edge(), made.span()));
    Flowing value =
        Flowing.of(
            new Ref(planned, Optional.empty()),
            type,
            "`" + (name == null ? brief(made.span()) : name) + "` produces",
            made.declared());
    boolean chosen = said.as() != null || given != null;
    if (name != null && (chosen || place.scope().find(name).isEmpty())) {
      // A name that was wrong and is told means this step from here on.
      place.scope().define(name, new Scope.Named(value, made.span(), false));
    }
    boolean isChoice =
        stage.node() instanceof Flow.Node.Switch || stage.node() instanceof Flow.Node.Split;
    if (place.goal() != null && !made.ends() && !isChoice) {
      goal(place.goal(), value, made.span(), stage.span(), place.depth() == 0);
    }
    boolean ends = made.ends() && said.edge().fallback() == null;
    return new Flowed(value, ends, name, made.span());
  }

  /** What the program calls the stage's value; null where it can't be named. */
  private @Nullable String name(
      Flow.Stage stage,
      Made made,
      @Nullable Name as,
      @Nullable Name given,
      boolean tail,
      Place place) {
    if (as != null && given != null) {
      draft.report(
          Diagnostic.of(Code.SV2103, as.span(), "this step is already called `" + given + "`")
              .relating(given.span(), "it gets its name here"));
      return given.text();
    }
    Name chosen = as == null ? given : as;
    if (chosen != null) {
      Optional<Diagnostic> wrong = StepNames.wrong(chosen, place.owner(), place.scope());
      wrong.ifPresent(draft::report);
      return chosen.text();
    }
    String own = made.name();
    if (own == null || tail || own.equals(place.owner())) {
      return own;
    }
    Optional<Scope.Named> earlier = place.scope().find(own);
    if (earlier.isEmpty()) {
      return own;
    }
    Span end = stage.span();
    var diagnostic =
        Diagnostic.of(
                Code.SV2103,
                made.span(),
                "`"
                    + own
                    + "` already names "
                    + (earlier.get().isInput() ? "an input" : "an earlier step")
                    + ": give this one a name with `as`")
            .relating(earlier.get().at(), "it has the name already");
    draft.report(
        diagnostic.fixedBy(
            Fix.insert(
                "add ` as " + StepNames.free(own, place) + "`",
                end.file(),
                end.end(),
                " as " + StepNames.free(own, place))));
    return null;
  }

  /** Whether the graph gives what it says. */
  private void goal(Place.Goal goal, Flowing value, Span span, Span stage, boolean whole) {
    Type wanted = goal.signature().output();
    Fit fit = Fit.ofResult(goal.signature());
    if (fit.would(value.type(), wanted)) {
      return;
    }
    Flowing chosen = value.meeting(wanted);
    if (wanted instanceof Type.Fields one
        && one.fields().size() == 1
        && value.inner().type() instanceof Type.Tensor
        && !(value.type() instanceof Type.Fields)) {
      wanted = one.fields().firstEntry().getValue();
      if (fit.would(value.type(), wanted)) {
        return;
      }
    }
    String reason = fit.problem(chosen.type(), wanted).orElse("");
    var diagnostic =
        Diagnostic.of(
                Code.SV2110,
                span,
                "`"
                    + goal.graph()
                    + "` gives `"
                    + Flowing.brief(goal.signature().output())
                    + "`, but "
                    + chosen.sentence())
            .labelled(reason)
            .relating(goal.declared(), "the output of `" + goal.graph() + "` is declared here");
    if (value.declared() != null) {
      diagnostic = diagnostic.relating(value.declared().at(), value.declared().words());
    }
    var fixes = new ArrayList<Fix>();
    Casts.behind(stage, value.type(), goal.signature().output(), fit::would).ifPresent(fixes::add);
    if (whole && goal.isWritten()) {
      Spelt.output(value.type())
          .map(given -> Fix.replace(goal.declared(), given).suggested())
          .ifPresent(fixes::add);
    }
    draft.report(diagnostic.offering(fixes));
  }
}
