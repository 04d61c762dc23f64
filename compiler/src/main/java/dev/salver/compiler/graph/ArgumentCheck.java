package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.expand.Templates;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.syntax.TypeRef;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Finds what arguments stand for and holds it against the parameters. */
final class ArgumentCheck {
  private final Draft draft;
  private final Terms terms;
  private final Templates.Instance instance;
  private final Place place;
  private final Bounds bounds;
  private boolean failed;

  ArgumentCheck(Draft draft, Terms terms, Templates.Instance instance, Place place) {
    this.draft = draft;
    this.terms = terms;
    this.instance = instance;
    this.place = place;
    this.bounds = new Bounds(place.types(), place.types().parameters(instance.template()));
  }

  Optional<Instances.Arguments> arguments() {
    var stand = new HashMap<String, Service>();
    for (Templates.Argument each : instance.arguments().values()) {
      String name = each.parameter().name().text();
      switch (each.role()) {
        case SERVICE -> service(each.value(), each, false).ifPresent(one -> stand.put(name, one));
        case SERVICES -> {
          List<Expr> items =
              each.value() instanceof Expr.ListOf list ? list.items() : List.of(each.value());
          items.forEach(item -> service(item, each, true));
        }
        case TYPE -> bounds.type(name, each.value());
        case VALUE, VALUES -> value(each);
      }
    }
    Optional<Signature> signature = instance.signature().flatMap(bounds::signature);
    return failed
        ? Optional.empty()
        : Optional.of(
            new Instances.Arguments(place.callables().with(stand), bounds.types(), signature));
  }

  private void value(Templates.Argument argument) {
    TypeRef type = argument.parameter().type();
    if (type == null || argument.isDefault()) {
      return;
    }
    Value value = draft.evaluator.value(argument.value());
    failed |= value instanceof Value.Broken;
    if (!Constants.fits(type, value)) {
      failed = true;
      Name name = argument.parameter().name();
      draft.report(
          Constants.unfit(name, type, value, argument.value().span())
              .relating(name.span(), "`" + name + "` is declared here"));
    }
  }

  private Optional<Service> service(Expr value, Templates.Argument argument, boolean isItem) {
    Optional<String> name = Terms.dotted(value);
    Optional<Service> found = name.flatMap(place.callables()::find);
    if (found.isEmpty()) {
      failed = true;
      if (value instanceof Expr.Missing) {
        draft.broken();
      } else if (name.isPresent()) {
        terms.unknownName(name.get(), value.span(), false, true, place);
      } else {
        draft.report(
            Code.SV2131,
            value.span(),
            "`" + argument.parameter().name() + "` stands for a model or graph, by its name");
      }
      return Optional.empty();
    }
    place.callables().absent(found.get(), value.span()).ifPresent(draft::report);
    bounds
        .problem(argument.parameter(), isItem, found.get())
        .ifPresent(
            reason -> {
              failed = true;
              draft.report(unfit(value.span(), argument, found.get(), reason));
            });
    return found;
  }

  private static Diagnostic unfit(
      Span at, Templates.Argument argument, Service service, String reason) {
    String bound = argument.parameter().name().text();
    return Diagnostic.of(
            Code.SV2131,
            at,
            "`" + service.name() + "` does not fit what the template asks of `" + bound + "`")
        .labelled(reason)
        .relating(argument.parameter().name().span(), "`" + bound + "` is declared here")
        .relating(service.declared(), "`" + service.shown() + "` is declared here");
  }
}
