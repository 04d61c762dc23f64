package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.graph.Step.Ref;
import dev.salver.compiler.graph.Step.Work;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Flow;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Type;
import dev.salver.compiler.typing.Typing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Nodes that are an expression: names, calls, instances of templates, values, casts, failures. */
final class Terms {
  private final Draft draft;
  private final Values values;
  private final Instances instances;

  Terms(Draft draft, Flows flows) {
    this.draft = draft;
    this.values = new Values(draft);
    this.instances = new Instances(draft, flows, this);
  }

  Made made(Expr expr, Flowing incoming, boolean first, Flow.Stage stage, Place place) {
    Type hint = place.goal() == null ? new Type.Unknown() : place.goal().signature().output();
    return made(expr, incoming, first, stage, place, hint);
  }

  /**
   * @param first whether the stage starts its flow, so that a name may be a value
   * @param hint what a constant is wanted as
   */
  Made made(Expr expr, Flowing incoming, boolean first, Flow.Stage stage, Place place, Type hint) {
    if (expr instanceof Expr.Missing) {
      draft.broken();
      return unknown(incoming, expr.span());
    }
    if (values.isCast(expr)) {
      Optional<Flowing> value = castValue(expr, incoming, place);
      return value.isEmpty()
          ? unknown(incoming, expr.span())
          : values.cast(expr, value.get(), incoming);
    }
    if (values.isFail(expr)) {
      return values.fail(expr);
    }
    if (expr instanceof Expr.MapOf map) {
      return values.constant(map, hint);
    }
    if (first && !(expr instanceof Expr.Call)) {
      Optional<Flowing> value = place.scope().find(root(expr)).flatMap(each -> value(expr, place));
      if (value.isPresent()) {
        return passed(value.get(), expr.span());
      }
    }
    if (instances.isInstance(expr, place)) {
      return instances.made(expr, incoming, stage, place);
    }
    return switch (expr) {
      case Expr.Call call when dotted(call.target()).isPresent() ->
          call(call, incoming, stage, place);
      case Expr.Word word -> applied(word.text(), word, incoming, first, stage, place);
      case Expr.Member member when dotted(member).isPresent() ->
          applied(dotted(member).get(), member, incoming, first, stage, place);
      case Expr.Index index
          when dotted(index.target()).isPresent()
              && isUnknown(dotted(index.target()).get(), index.target(), place) -> {
        unknownName(dotted(index.target()).get(), index.target().span(), false, true, place);
        yield unknown(incoming, index.span());
      }
      case Expr.Index index
          when dotted(index.target()).flatMap(place.callables()::find).isPresent() -> {
        draft.report(NoFamily.told(index));
        yield unknown(incoming, index.span());
      }
      case Expr missing when NoFamily.isTold(missing) -> {
        draft.broken();
        yield unknown(incoming, expr.span());
      }
      default -> {
        draft.report(
            Code.SV2102,
            expr.span(),
            "a step is a name, a call, `switch`, `split`, `all`, a value `{ key = … }`, `cast[…]`"
                + " or `fail(…)`");
        yield unknown(incoming, expr.span());
      }
    };
  }

  private static boolean isUnknown(String name, Expr at, Place place) {
    return place.callables().find(name).isEmpty() && place.scope().find(root(at)).isEmpty();
  }

  /** A record whose fields come from several places has no step that could be named for it. */
  private Made passed(Flowing value, Span span) {
    Made plain = Made.pass(value, span);
    if (value.parts().isEmpty()) {
      return plain;
    }
    var branches = new ArrayList<Step.Branch>();
    for (Flowing.Part part : value.parts()) {
      var pass = new Work.Pass(part.value().ref());
      String name = draft.unique(part.name());
      var step = new Step(name, pass, part.value().type(), Step.Edge.PLAIN, span);
      branches.add(new Step.Branch(part.name(), new Body(List.of(step))));
    }
    return plain.doing(new Work.All(branches, Optional.empty()));
  }

  private Made unknown(Flowing incoming, Span span) {
    draft.use(incoming);
    return Made.unknown(incoming, span);
  }

  /** The leftmost word of {@code a.b.c}; empty of what is no such path. */
  private static String root(Expr expr) {
    return switch (expr) {
      case Expr.Word word -> word.text();
      case Expr.Member member -> root(member.target());
      default -> "";
    };
  }

  /** {@code platform.l4} as one name. */
  static Optional<String> dotted(Expr expr) {
    return switch (expr) {
      case Expr.Word word -> Optional.of(word.text());
      case Expr.Member member -> dotted(member.target()).map(each -> each + "." + member.name());
      default -> Optional.empty();
    };
  }

  /** A name alone that is no value: what it calls gets what comes in. */
  private Made applied(
      String name, Expr at, Flowing incoming, boolean first, Flow.Stage stage, Place place) {
    Optional<Service> service = place.callables().find(name);
    if (service.isEmpty()) {
      boolean known = place.scope().find(root(at)).isPresent();
      if (known) {
        draft.report(
            Code.SV2102,
            at.span(),
            "`"
                + name
                + "` is a value: it can start a flow, and only models and graphs are applied to"
                + " one");
      } else {
        unknownName(name, at.span(), first, true, place);
      }
      return unknown(incoming, at.span());
    }
    draft.use(incoming);
    return bound(service.get(), name, incoming, at.span(), false, stage, place);
  }

  private Made call(Expr.Call call, Flowing incoming, Flow.Stage stage, Place place) {
    String name = dotted(call.target()).orElseThrow();
    Optional<Service> service = place.callables().find(name);
    if (service.isEmpty()) {
      if (place.scope().find(root(call.target())).isPresent()) {
        draft.report(
            Code.SV2102, call.target().span(), "`" + name + "` is a value and can't be called");
      } else {
        unknownName(name, call.target().span(), false, true, place);
      }
      return unknown(incoming, call.span());
    }
    if (isNested(call) && stage.node() instanceof Flow.Node.Term(Expr.Call at, var span)) {
      var wrong = notGiven(call.arguments().getFirst().value());
      draft.report(at.span().equals(call.span()) ? wrong.fixedBy(unnested(call)) : wrong);
      return unknown(incoming, call.span());
    }
    Optional<Flowing> whole = request(call, place);
    Optional<Flowing> arguments = whole.or(() -> arguments(call.arguments(), place));
    if (arguments.isEmpty()) {
      return unknown(incoming, call.span());
    }
    return bound(service.get(), name, arguments.get(), call.span(), whole.isEmpty(), stage, place);
  }

  /** What stands between the brackets of a call; empty where some of it was reported. */
  Optional<Flowing> arguments(List<Expr.Argument> arguments, Place place) {
    var parts = new ArrayList<Flowing.Part>();
    boolean failed = false;
    for (Expr.Argument argument : arguments) {
      Optional<Flowing> value = value(argument.value(), place);
      failed |= value.isEmpty();
      Name key = argument.name();
      value.ifPresent(
          each -> {
            draft.use(each);
            String own =
                each.ref()
                    .field()
                    .map(path -> path.substring(path.lastIndexOf('.') + 1))
                    .orElse(each.ref().step());
            String name = key == null ? own : key.text();
            if (key == null && parts.stream().anyMatch(part -> part.name().equals(name))) {
              parts.add(
                  new Flowing.Part(name + "#" + parts.size(), each, argument.value().span(), null));
            } else {
              parts.add(
                  new Flowing.Part(
                      name, each, argument.value().span(), key == null ? null : key.span()));
            }
          });
    }
    return failed
        ? Optional.empty()
        : Optional.of(Flowing.record(new Ref(Ref.REQUEST, Optional.empty()), parts));
  }

  /**
   * All inputs, where a call says {@code (request)}: they bind as those of a name alone do, so that
   * some may be left over.
   */
  Optional<Flowing> request(Expr.Call call, Place place) {
    if (call.arguments().size() != 1
        || call.arguments().getFirst().name() != null
        || !(call.arguments().getFirst().value() instanceof Expr.Word word)) {
      return Optional.empty();
    }
    Optional<Flowing> whole =
        place.scope().find(word.text()).map(Scope.Named::value).filter(value -> value.isRequest());
    whole.ifPresent(draft::use);
    return whole;
  }

  private Made bound(
      Service service,
      String calledAs,
      Flowing value,
      Span at,
      boolean explicit,
      Flow.Stage stage,
      Place place) {
    place.callables().absent(service, at).ifPresent(draft::report);
    boolean isCall = stage.node() instanceof Flow.Node.Term(Expr.Call call, var span);
    Span castable = isCall || stage.span().start() != at.start() ? null : at;
    Optional<Inputs.Bound> bound =
        Inputs.bind(draft, service, value, at, explicit, castable, place.scope());
    if (bound.isEmpty()) {
      var call = new Work.Call(service.name(), signature(service), List.of());
      return Made.call(call, new Type.Unknown(), service, at).called(calledAs);
    }
    Type output =
        service
            .signature()
            .map(each -> bound.get().fit().applied(each.output(), draft.owner(calledAs)))
            .orElse(new Type.Unknown());
    Made made =
        Made.call(
            new Work.Call(service.name(), signature(service), bound.get().inputs()),
            output,
            service,
            at);
    return made.called(calledAs);
  }

  static Signature signature(Service service) {
    return service.signature().orElse(new Signature(List.of(), new Type.Unknown()));
  }

  /** An input, a step or a field of one; empty where it is none, which is reported. */
  Optional<Flowing> value(Expr expr, Place place) {
    return switch (expr) {
      case Expr.Missing missing -> {
        draft.broken();
        yield Optional.empty();
      }
      case Expr.Word word -> {
        Optional<Flowing> found = place.scope().find(word.text()).map(Scope.Named::value);
        if (found.isEmpty()) {
          unknownName(word.text(), word.span(), true, false, place);
        }
        yield found;
      }
      case Expr.Member member ->
          value(member.target(), place).flatMap(target -> field(target, member.name()));
      default -> {
        draft.report(notGiven(expr));
        yield Optional.empty();
      }
    };
  }

  private static Diagnostic notGiven(Expr expr) {
    return Diagnostic.of(
        Code.SV2102,
        expr.span(),
        "a call takes inputs, steps and their fields"
            + (expr instanceof Expr.Call ? "; put the inner call before it with `->`" : ""));
  }

  /** {@code pet(decode(image))}. */
  private static boolean isNested(Expr.Call call) {
    return call.arguments().size() == 1
        && call.arguments().getFirst().value() instanceof Expr.Call inner
        && dotted(inner.target()).isPresent();
  }

  /** {@code decode(image) -> pet}. */
  private static Fix unnested(Expr.Call call) {
    var text = new StringBuilder();
    Expr.Call at = call;
    while (isNested(at) && at.arguments().getFirst().value() instanceof Expr.Call inner) {
      text.insert(0, " -> " + at.target().span().text().strip());
      at = inner;
    }
    return Fix.replace(call.span(), at.span().text().strip() + text);
  }

  private Optional<Flowing> field(Flowing target, Name name) {
    Optional<Flowing> field = target.field(name.text());
    if (field.isEmpty()) {
      draft.report(
          target.type() instanceof Type.Fields fields
              ? Typing.noField(fields, name)
              : Diagnostic.of(
                  Code.SV2108,
                  name.span(),
                  "`" + Flowing.brief(target.type()) + "` has no fields, so no `" + name + "`"));
    }
    return field;
  }

  /** A cast of what comes in, or of what stands between its brackets. */
  private Optional<Flowing> castValue(Expr expr, Flowing incoming, Place place) {
    if (!(expr instanceof Expr.Call call)) {
      draft.use(incoming);
      return Optional.of(incoming);
    }
    if (call.arguments().size() != 1) {
      draft.report(Code.SV2125, call.span(), "`cast` takes one value");
      return Optional.empty();
    }
    Optional<Flowing> value = value(call.arguments().getFirst().value(), place);
    value.ifPresent(draft::use);
    return value;
  }

  /** There is nothing of this name here, but maybe later, or nearly of this name. */
  void unknownName(String name, Span span, boolean asValue, boolean asService, Place place) {
    if (asService && place.callables().isUnresolved(name)) {
      draft.broken();
      return;
    }
    Span later = place.later().at(name);
    if (asValue && later != null && later.start() > span.start()) {
      var early =
          Diagnostic.of(Code.SV2101, span, "`" + name + "` has not run yet at this place")
              .relating(later, "the step stands here");
      draft.report(place.later().earlier(name, span).map(early::fixedBy).orElse(early));
      return;
    }
    if (!asService && place.callables().find(name).isPresent()) {
      draft.report(
          Code.SV2101,
          span,
          "`" + name + "` is called nowhere before this, so it has given nothing");
      return;
    }
    var known = new TreeSet<String>();
    if (asValue && draft.mayGuess()) {
      known.addAll(place.scope().known());
    }
    if (asService && draft.mayGuess()) {
      known.addAll(place.callables().names());
    }
    String what =
        !asService ? "input or step" : asValue ? "model, graph, input or step" : "model or graph";
    var diagnostic =
        Diagnostic.of(Code.SV2100, span, "there is no " + what + " `" + name + "` here");
    @Nullable String near = Spelling.nearest(name, known).orElse(null);
    draft.report(near == null ? diagnostic : diagnostic.fixedBy(Fix.replace(span, near)));
  }
}
