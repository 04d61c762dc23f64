package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.expand.Templates;
import dev.salver.compiler.graph.Flows.Bodied;
import dev.salver.compiler.graph.Step.Ref;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Flow;
import dev.salver.compiler.syntax.TypeRef;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Type;
import dev.salver.compiler.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Uses of templates, inlined. A template is checked by itself, so what is wrong in an instance
 * comes of its arguments: it is told at the instance, once, with the place in the template.
 */
final class Instances {
  private final Draft draft;
  private final Flows flows;
  private final Terms terms;

  Instances(Draft draft, Flows flows, Terms terms) {
    this.draft = draft;
    this.flows = flows;
    this.terms = terms;
  }

  boolean isInstance(Expr expr, Place place) {
    String name =
        switch (expr) {
          case Expr.Index(Expr.Word word, var arguments, var span) -> word.text();
          case Expr.Word word -> word.text();
          default -> "";
        };
    return place.scope().find(name).isEmpty() && draft.templates.template(expr).isPresent();
  }

  Made made(Expr expr, Flowing incoming, Flow.Stage stage, Place place) {
    Optional<Templates.Instance> found = draft.templates.instance(expr);
    if (found.isEmpty()) {
      draft.broken();
      draft.use(incoming);
      return Made.unknown(incoming, expr.span());
    }
    Templates.Instance instance = found.get();
    Entry.Graph template = instance.template();
    Optional<Arguments> arguments = new ArgumentCheck(draft, terms, instance, place).arguments();
    Optional<Flowing> whole =
        expr instanceof Expr.Call call ? terms.request(call, place) : Optional.empty();
    Optional<Flowing> given =
        expr instanceof Expr.Call call
            ? whole.or(() -> terms.arguments(call.arguments(), place))
            : Optional.of(incoming);
    if (!(expr instanceof Expr.Call)) {
      draft.use(incoming);
    }
    if (arguments.isEmpty() || given.isEmpty()) {
      draft.use(incoming);
      return Made.unknown(incoming, expr.span());
    }
    Optional<Signature> signature = arguments.get().signature();
    String name = template.name().text();
    var asService = new Service(name, template.name().span(), name, signature, null);
    Span castable =
        expr instanceof Expr.Call || stage.span().start() != expr.span().start()
            ? null
            : expr.span();
    Optional<Inputs.Bound> bound =
        Inputs.bind(
            draft,
            asService,
            given.get(),
            expr.span(),
            expr instanceof Expr.Call && whole.isEmpty(),
            castable,
            place.scope());
    if (bound.isEmpty() || instance.steps().isEmpty()) {
      return Made.unknown(incoming, expr.span());
    }
    return inlined(instance, arguments.get(), bound.get(), given.get(), expr.span(), place);
  }

  /**
   * What an instance's arguments stand for.
   *
   * @param signature of the instance; empty where it is not known
   */
  record Arguments(Callables callables, Types types, Optional<Signature> signature) {}

  private Made inlined(
      Templates.Instance instance,
      Arguments arguments,
      Inputs.Bound bound,
      Flowing given,
      Span at,
      Place place) {
    Entry.Graph template = instance.template();
    String name = template.name().text();
    String owner = draft.owner(name);
    Scope scope = Scope.empty();
    Flowing request = given;
    Place.Goal goal = null;
    Type output = new Type.Unknown();
    if (arguments.signature().isPresent()) {
      Signature signature = arguments.signature().get();
      boolean named = !isInferred(instance, place.types());
      var parts = new ArrayList<Flowing.Part>();
      var ports = new ArrayList<Signature.Port>();
      for (Step.Binding each : bound.inputs()) {
        Type type = bound.fit().applied(each.type(), owner);
        Flowing value = Flowing.of(each.from(), type, "the input `" + each.input() + "` is", null);
        if (named) {
          scope.define(each.input(), new Scope.Named(value, at, true));
        }
        parts.add(new Flowing.Part(each.input(), value, at, null));
        ports.add(new Signature.Port(each.input(), type));
      }
      request = Flowing.record(new Ref(Ref.REQUEST, Optional.empty()), parts);
      output = bound.fit().applied(signature.output(), owner);
      goal = new Place.Goal(name, new Signature(ports, output), template.name().span(), false);
    }
    var inner =
        new Place(
            name,
            scope.withRequest(request, at),
            arguments.callables(),
            arguments.types(),
            place.constants(),
            Later.of(instance.steps()),
            goal,
            place.depth() + 1);
    var own = new Diagnostics();
    Diagnostics outer = draft.divert(own);
    Bodied body = flows.body(instance.steps(), request, inner);
    draft.divert(outer);
    moved(own.sorted(), template, at);
    Type type = goal == null ? body.type() : output;
    var work = new Step.Work.Nested(body.body());
    return new Made(
        work,
        type,
        name,
        name,
        at,
        true,
        body.last().ends(),
        null,
        new Flowing.Declared(template.name().span(), "`" + name + "` is declared here"));
  }

  /**
   * Whether the template knows its inputs as {@code request} alone. Those of an inferred signature
   * are whatever the arguments have, and must not take a name that the template means otherwise.
   */
  private static boolean isInferred(Templates.Instance instance, Types types) {
    return instance.signature().orElse(null) instanceof TypeRef.Named named
        && types.parameters(instance.template()).contains(named.name().text());
  }

  /** What is wrong within the template is told where it is used; the first of it is enough. */
  private void moved(List<Diagnostic> found, Entry.Graph template, Span at) {
    boolean told = draft.isBroken(template);
    for (Diagnostic each : found) {
      Span place = each.span();
      boolean inside =
          place.file() == template.span().file()
              && place.start() >= template.span().start()
              && place.end() <= template.span().end();
      if (!inside) {
        draft.report(each);
      } else if (!told) {
        told = true;
        draft.report(
            new Diagnostic(
                    each.code(),
                    each.severity(),
                    "in `" + template.name() + "`: " + each.message(),
                    at,
                    each.label(),
                    List.of(),
                    List.of())
                .relating(place, "it shows here"));
      }
    }
  }
}
