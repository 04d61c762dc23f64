package dev.salver.compiler.graph;

import dev.salver.compiler.check.Settings;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.value.Evaluator;
import dev.salver.compiler.value.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long a request may take: the sum along a sequence, the longest of branches, retries each in
 * full and then the fallback. A call takes as long as its {@code within} allows, else as its
 * objective for p99 says; one of which neither is known takes no time.
 */
final class Deadlines {
  private static final Path TIMEOUT = Path.of("timeout");

  private final Callables callables;

  private Deadlines(Callables callables) {
    this.callables = callables;
  }

  /** One stage against what it calls and against the graph. */
  static void stage(long within, int retries, Span at, Made made, Place place, Draft draft) {
    long all = within * (retries + 1L);
    if (draft.timeoutMillis.isPresent() && all > draft.timeoutMillis.getAsLong()) {
      var diagnostic =
          Diagnostic.of(
              Code.SV2121,
              at,
              "this step may take "
                  + shown(all)
                  + (retries > 0 ? ", retries included" : "")
                  + ", but the whole graph has `timeout = "
                  + shown(draft.timeoutMillis.getAsLong())
                  + "`");
      draft.report(raised(diagnostic, draft.timeoutAt, all));
      return;
    }
    if (!(made.work() instanceof Step.Work.Call call)) {
      return;
    }
    Settings settings =
        place.callables().service(call.service()).map(Service::settings).orElse(null);
    Optional<Long> own = settings == null ? Optional.empty() : settings.duration("timeout");
    if (settings != null && own.isPresent() && own.get() < within) {
      draft.report(
          Diagnostic.of(
                  Code.SV2121,
                  at,
                  "`"
                      + call.service()
                      + "` gives up after "
                      + shown(own.get())
                      + " by itself, so a deadline of "
                      + shown(within)
                      + " is never reached")
              .relating(settings.at(TIMEOUT), "its `timeout` is set here")
              .fixedBy(Fix.replace(at, shown(own.get())).suggested()));
    }
  }

  /** The steps of a graph against its timeout. */
  static Optional<Diagnostic> graph(GraphPlan plan, Callables callables) {
    if (plan.timeoutMillis().isEmpty()) {
      return Optional.empty();
    }
    long timeout = plan.timeoutMillis().getAsLong();
    var deadlines = new Deadlines(callables);
    long worst = deadlines.worst(plan.body());
    if (worst <= timeout) {
      return Optional.empty();
    }
    var diagnostic =
        Diagnostic.of(
            Code.SV2121,
            plan.settings().at(TIMEOUT),
            "the steps of `"
                + plan.name()
                + "` may take "
                + shown(worst)
                + " one after the other, but it has `timeout = "
                + shown(timeout)
                + "`");
    for (Step step : plan.body().steps()) {
      long one = deadlines.worst(step);
      if (one > 0) {
        diagnostic = diagnostic.relating(step.span(), "up to " + shown(one) + " here");
      }
    }
    Optional<Span> at = plan.settings().written(TIMEOUT).map(leaf -> leaf.value().span());
    return Optional.of(raised(diagnostic, at, worst));
  }

  /** With a {@code timeout} that leaves the steps their time. */
  private static Diagnostic raised(Diagnostic diagnostic, Optional<Span> timeout, long millis) {
    return timeout
        .map(
            at ->
                new Fix(
                    "raise the `timeout` to " + shown(millis),
                    List.of(new Edit(at, shown(millis)))))
        .map(fix -> diagnostic.fixedBy(fix.suggested()))
        .orElse(diagnostic);
  }

  static String shown(long millis) {
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "min";
    }
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }

  private long worst(Body body) {
    return body.steps().stream().mapToLong(this::worst).sum();
  }

  private long worst(Step step) {
    var edge = step.edge();
    long one =
        edge.withinMillis().isPresent() ? edge.withinMillis().getAsLong() : worst(step.work());
    long fallback = edge.fallback() == null ? 0 : worst(edge.fallback());
    return one * (edge.retries() + 1L) + fallback;
  }

  private long worst(Step.Work work) {
    return switch (work) {
      case Step.Work.Call call -> objective(call.service());
      case Step.Work.Nested nested -> worst(nested.body());
      case Step.Work.Switch choice ->
          longest(
              Stream.concat(
                  choice.cases().stream().map(Step.Case::body),
                  Stream.ofNullable(choice.otherwise())));
      case Step.Work.Split split -> longest(split.shares().stream().map(Step.Share::body));
      case Step.Work.All all -> longest(all.branches().stream().map(Step.Branch::body));
      case Step.Work.Cast cast -> 0;
      case Step.Work.Pass pass -> 0;
      case Step.Work.Constant constant -> 0;
      case Step.Work.Fail fail -> 0;
    };
  }

  private long longest(Stream<Body> bodies) {
    return bodies.map(this::worst).max(Comparator.naturalOrder()).orElse(0L);
  }

  /** {@code slo = [p99 < 120ms]}; nothing where none is set. */
  private long objective(String service) {
    return callables
        .service(service)
        .map(Service::settings)
        .flatMap(settings -> settings.leaf(Path.of("slo")))
        .map(each -> each.leaf().value())
        .map(each -> each instanceof Expr.ListOf list ? list.items() : List.of(each))
        .flatMap(each -> each.stream().flatMap(one -> p99(one).stream()).findFirst())
        .orElse(0L);
  }

  private static Optional<Long> p99(Expr expr) {
    boolean bound =
        expr instanceof Expr.Binary binary
            && binary.operator().startsWith("<")
            && binary.left() instanceof Expr.Word word
            && word.text().equals("p99");
    if (!bound) {
      return Optional.empty();
    }
    var nothing = new dev.salver.compiler.value.Scope("", Map.of());
    Value value = new Evaluator(nothing, ignored -> {}).value(((Expr.Binary) expr).right());
    return value instanceof Value.Duration duration
        ? Optional.of(duration.millis().longValue())
        : Optional.empty();
  }
}
