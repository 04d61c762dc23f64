package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.graph.Flowing.Part;
import dev.salver.compiler.graph.Step.Binding;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.type.Fit;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Signature.Port;
import dev.salver.compiler.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives each input of a call its value: by name, or by position where the types leave one choice.
 * What comes from the step before and what a call's brackets hold are alike records whose fields
 * bind; of the former, fields may be left over.
 */
final class Inputs {
  private final Draft draft;
  private final Service service;
  private final Signature signature;
  private final Flowing value;
  private final Span at;
  private final boolean explicit;
  private final @Nullable Span stage;
  private final Scope scope;
  private final Fit fit = Fit.ofCall();
  private final Map<String, Binding> bound = new LinkedHashMap<>();

  private Inputs(
      Draft draft,
      Service service,
      Signature signature,
      Flowing value,
      Span at,
      boolean explicit,
      @Nullable Span stage,
      Scope scope) {
    this.draft = draft;
    this.service = service;
    this.signature = signature;
    this.value = value;
    this.at = at;
    this.explicit = explicit;
    this.stage = stage;
    this.scope = scope;
  }

  /** A call whose inputs are bound, and how the symbols of its signature were. */
  record Bound(List<Binding> inputs, Fit fit) {}

  /**
   * Binds, or reports why it can't.
   *
   * @param explicit whether the value is made of what stands between the brackets of a call
   * @param stage before which {@code cast[…] ->} would make another element type of the value; null
   *     where it can't stand
   * @param scope what a call could be given
   */
  static Optional<Bound> bind(
      Draft draft,
      Service service,
      Flowing value,
      Span at,
      boolean explicit,
      @Nullable Span stage,
      Scope scope) {
    if (service.signature().isEmpty()) {
      return Optional.of(new Bound(passed(value), Fit.ofCall()));
    }
    return new Inputs(draft, service, service.signature().get(), value, at, explicit, stage, scope)
        .bind();
  }

  /** To a service of which nothing is known, all is passed as it stands. */
  private static List<Binding> passed(Flowing value) {
    if (value.parts().isEmpty()) {
      return List.of(new Binding("", value.ref(), value.type()));
    }
    boolean one = value.parts().size() == 1 && !value.parts().getFirst().named();
    return value.parts().stream()
        .map(part -> new Binding(one ? "" : part.name(), part.value().ref(), part.value().type()))
        .toList();
  }

  private Optional<Bound> bind() {
    Optional<Diagnostic> problem = problem();
    problem.ifPresent(draft::report);
    if (problem.isPresent()) {
      return Optional.empty();
    }
    var inputs = signature.inputs().stream().map(port -> bound.get(port.name())).toList();
    return Optional.of(new Bound(inputs, fit));
  }

  private Optional<Diagnostic> problem() {
    if (explicit) {
      Optional<Diagnostic> wrong = named();
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    if (value.parts().isEmpty() && value.type() instanceof Type.Unknown) {
      boolean one = signature.inputs().size() == 1;
      for (Port port : signature.inputs()) {
        Flowing from = one ? value : value.field(port.name()).orElse(value);
        fit.problem(from.type(), port.type());
        bound.put(port.name(), new Binding(port.name(), from.ref(), port.type()));
      }
      return Optional.empty();
    }
    return signature.inputs().size() == 1 ? one(signature.inputs().getFirst()) : many(value);
  }

  /** Names that a call chooses must be there, once. */
  private Optional<Diagnostic> named() {
    var ports = signature.inputs().stream().map(Port::name).toList();
    var seen = new LinkedHashMap<String, Part>();
    for (Part part : value.parts()) {
      if (part.named() && !ports.contains(part.name())) {
        var free = new TreeSet<>(ports);
        value.parts().forEach(each -> free.remove(each.name()));
        Span key = part.key() == null ? part.at() : part.key();
        var diagnostic =
            place(
                Diagnostic.of(
                    Code.SV2107,
                    key,
                    "`" + service.name() + "` has no input `" + part.name() + "`"));
        return Optional.of(
            Spelling.nearest(part.name(), free)
                .map(near -> diagnostic.fixedBy(Fix.replace(key, near)))
                .orElse(diagnostic));
      }
      Part earlier = part.named() ? seen.putIfAbsent(part.name(), part) : null;
      if (earlier != null) {
        return Optional.of(
            Diagnostic.of(Code.SV2107, part.at(), "the input `" + part.name() + "` is given twice")
                .relating(earlier.at(), "it is given here already"));
      }
    }
    if (value.parts().size() > ports.size() && !ports.isEmpty()) {
      Part extra = value.parts().get(ports.size());
      return Optional.of(
          place(
              Diagnostic.of(
                  Code.SV2107,
                  extra.at(),
                  "`"
                      + service.name()
                      + "` takes "
                      + (ports.size() == 1 ? "one input" : ports.size() + " inputs")
                      + ": "
                      + takes())));
    }
    if (ports.isEmpty() && !value.parts().isEmpty()) {
      return Optional.of(
          place(
              Diagnostic.of(
                  Code.SV2107,
                  value.parts().getFirst().at(),
                  "`" + service.name() + "` takes no input")));
    }
    return Optional.empty();
  }

  private String takes() {
    return shown(signature.inputs());
  }

  private static String shown(List<Port> ports) {
    return ports.stream()
        .limit(6)
        .map(port -> "`" + port.name() + ": " + Flowing.brief(port.type()) + "`")
        .collect(Collectors.joining(", "));
  }

  private Optional<Diagnostic> one(Port port) {
    Optional<Flowing> byName = value.field(port.name());
    if (byName.isPresent()) {
      return give(port, byName.get());
    }
    Flowing whole = value.parts().size() == 1 ? value.parts().getFirst().value() : value;
    if (whole.parts().isEmpty()) {
      Optional<Flowing> nested = whole.field(port.name());
      if (nested.isPresent() && !fit.would(whole.type(), port.type())) {
        return give(port, nested.get());
      }
    }
    if (value.parts().size() > 1) {
      return byType(List.of(port), value);
    }
    boolean nothing = value.type() instanceof Type.Fields none && none.fields().isEmpty();
    if (value.parts().isEmpty() && (nothing || explicit)) {
      return missing(List.of(port));
    }
    Flowing inner = whole.inner();
    if (fit.would(whole.type(), port.type())
        || fit.would(inner.type(), port.type())
        || !(inner.type() instanceof Type.Fields)) {
      return give(port, fit.would(whole.type(), port.type()) ? whole : inner);
    }
    return port.type() instanceof Type.Fields ? give(port, inner) : byType(List.of(port), inner);
  }

  private Optional<Diagnostic> many(Flowing from) {
    var left = new ArrayList<Port>();
    for (Port port : signature.inputs()) {
      Optional<Flowing> byName = from.field(port.name());
      if (byName.isPresent()) {
        Optional<Diagnostic> problem = give(port, byName.get());
        if (problem.isPresent()) {
          return problem;
        }
      } else {
        left.add(port);
      }
    }
    if (left.isEmpty()) {
      return Optional.empty();
    }
    Flowing only = from.parts().size() == 1 ? from.parts().getFirst().value() : from;
    Flowing inner = only.inner();
    if (bound.isEmpty() && inner.type() instanceof Type.Fields && !inner.ref().equals(from.ref())) {
      return many(inner);
    }
    return byType(left, from);
  }

  /** Inputs that no name decides: each gets the one value left that fits it. */
  private Optional<Diagnostic> byType(List<Port> ports, Flowing from) {
    var left = new ArrayList<>(ports);
    var free = new ArrayList<Flowing>(from.sources());
    free.removeIf(each -> bound.values().stream().anyMatch(b -> b.from().equals(each.ref())));
    if (left.size() == 1 && free.size() == 1) {
      return give(left.getFirst(), free.getFirst());
    }
    if (free.size() < left.size()) {
      return missing(left);
    }
    boolean moved = true;
    while (moved && !left.isEmpty()) {
      moved = false;
      for (Port port : List.copyOf(left)) {
        var fitting = free.stream().filter(each -> fits(each, port)).toList();
        if (fitting.isEmpty()) {
          return Optional.of(none(port, from));
        }
        if (fitting.size() == 1) {
          Optional<Diagnostic> problem = give(port, fitting.getFirst());
          if (problem.isPresent()) {
            return problem;
          }
          free.remove(fitting.getFirst());
          left.remove(port);
          moved = true;
        }
      }
    }
    return left.isEmpty() ? Optional.empty() : Optional.of(ambiguous(left, free));
  }

  private boolean fits(Flowing source, Port port) {
    return fit.would(source.type(), port.type());
  }

  private Optional<Diagnostic> give(Port port, Flowing from) {
    Flowing chosen = from.meeting(port.type());
    Optional<String> problem = fit.problem(chosen.type(), port.type());
    if (problem.isEmpty()) {
      bound.put(port.name(), new Binding(port.name(), chosen.ref(), port.type()));
      return Optional.empty();
    }
    var diagnostic = misfit(span(from), port, chosen).labelled(problem.get());
    return Optional.of(castable(port, chosen, related(diagnostic, from)));
  }

  private Diagnostic castable(Port port, Flowing chosen, Diagnostic diagnostic) {
    if (stage == null
        || !(port.type() instanceof Type.Tensor wanted)
        || !(chosen.type() instanceof Type.Tensor given)
        || signature.inputs().size() != 1
        || !value.inner().ref().equals(chosen.ref())) {
      return diagnostic;
    }
    var changed = new Type.Tensor(wanted.element(), given.dims());
    return Casts.canCast(given.element(), wanted.element()) && fit.would(changed, wanted)
        ? diagnostic.fixedBy(Casts.before(stage, wanted.element(), chosen.ref()))
        : diagnostic;
  }

  private Span span(Flowing from) {
    for (Part part : value.parts()) {
      boolean holds =
          part.value().ref().equals(from.ref())
              || (from.ref().field().isPresent()
                  && part.value().ref().step().equals(from.ref().step()));
      if (explicit && holds) {
        return part.at();
      }
    }
    return at;
  }

  private Diagnostic place(Diagnostic diagnostic) {
    return diagnostic.relating(service.declared(), "`" + service.shown() + "` is declared here");
  }

  private Diagnostic related(Diagnostic diagnostic, Flowing from) {
    Diagnostic placed = place(diagnostic);
    return from.declared() == null
        ? placed
        : placed.relating(from.declared().at(), from.declared().words());
  }

  private Optional<Diagnostic> missing(List<Port> left) {
    var diagnostic =
        place(Diagnostic.of(Code.SV2106, at, "`" + service.name() + "` also needs " + shown(left)));
    var missing = new Missing(scope, fit, bound);
    Optional<Fix> fix =
        explicit
            ? missing.added(at, left)
            : missing.called(at, signature.inputs(), value.inner().ref());
    return Optional.of(fix.map(diagnostic::fixedBy).orElse(diagnostic));
  }

  private Diagnostic none(Port port, Flowing from) {
    return related(misfit(at, port, from).labelled("no field of it fits"), from);
  }

  private Diagnostic misfit(Span at, Port port, Flowing given) {
    String expected = "`" + port.name() + ": " + Flowing.brief(port.type()) + "`";
    return Diagnostic.of(
        Code.SV2104,
        at,
        "`" + service.name() + "` expects " + expected + ", but " + given.sentence());
  }

  private Diagnostic ambiguous(List<Port> left, List<Flowing> free) {
    var names = left.stream().map(Port::name).toList();
    var diagnostic =
        Diagnostic.of(
            Code.SV2105,
            at,
            "the types leave more than one choice for `"
                + String.join("`, `", names)
                + "` of `"
                + service.name()
                + "`: say which by name");
    var positional = value.parts().stream().filter(part -> !part.named()).toList();
    if (explicit && free.size() == left.size() && positional.size() == signature.inputs().size()) {
      var edits = new ArrayList<Edit>();
      for (int i = 0; i < positional.size(); i++) {
        Span span = positional.get(i).at();
        var start = new Span(span.file(), span.start(), span.start());
        String name = signature.inputs().get(i).name();
        if (!name.matches("[A-Za-z_][A-Za-z0-9_-]*")) {
          return place(diagnostic);
        }
        edits.add(new Edit(start, name + " = "));
      }
      return place(diagnostic).fixedBy(new Fix("name the inputs, in their order", edits));
    }
    return place(diagnostic);
  }
}
