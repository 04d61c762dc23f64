package dev.salver.compiler.testing;

import static java.util.Objects.requireNonNull;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.type.Fit;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the calls of a test's expectations give models and graphs what they take. Names of inputs
 * that there are not are told where expressions are checked.
 */
final class CallCheck {
  private final Scene scene;
  private final Diagnostics found;

  CallCheck(Scene scene, Diagnostics found) {
    this.scene = scene;
    this.found = found;
  }

  void check(TestCase test) {
    for (CallSites.Site site : CallSites.in(test.exprs())) {
      if (site.name().equals(Words.SAMPLE)) {
        sample(site.call());
      } else if (scene.services().contains(site.name())) {
        boolean stands =
            test.stubs().stream().anyMatch(each -> each.name().text().equals(site.name()));
        absent(test, site, stands);
        scene.signature(site.name()).ifPresent(signature -> inputs(site, signature));
      }
    }
  }

  private void absent(TestCase test, CallSites.Site site, boolean isStub) {
    var settings = scene.plan().settings().get(site.name());
    if (settings != null && !settings.bool("deploy").orElse(true) && !isStub) {
      var diagnostic =
          Diagnostic.of(
                  Code.SV6109,
                  site.word().span(),
                  "`" + site.name() + "` is not deployed in `" + scene.environment() + "`")
              .relating(settings.at(Path.of("deploy")), "it is left out here");
      found.add(
          scene
              .signature(site.name())
              .flatMap(Words::outputs)
              .flatMap(outputs -> Blanks.settings(outputs, Fit.ofCall()))
              .map(outputs -> "stub " + site.name() + " { " + outputs + " }")
              .map(stub -> diagnostic.fixedBy(Fix.prepend(test.body(), stub).suggested()))
              .orElse(diagnostic));
    }
  }

  private void inputs(CallSites.Site site, Signature signature) {
    List<Signature.Port> ports = signature.inputs();
    var bound = new LinkedHashMap<String, Expr>();
    int place = 0;
    for (Expr.Argument argument : site.call().arguments()) {
      Name name = argument.name();
      if (name != null && ports.stream().noneMatch(port -> port.name().equals(name.text()))) {
        return;
      }
      if (name != null) {
        bound.put(name.text(), argument.value());
      } else if (place < ports.size()) {
        bound.put(ports.get(place++).name(), argument.value());
      }
    }
    if (bound.size() == 1 && mayBeRequest(bound.values().iterator().next())) {
      return;
    }
    first(ports, bound)
        .ifPresent(
            misfit ->
                found.add(
                    misfit.value() == null
                        ? missing(site, ports, bound, misfit.port())
                        : misfit(site, ports, bound, misfit)));
  }

  /** The first input that has no value, or one that does not fit; null for none. */
  private record Misfit(
      Signature.Port port, @Nullable Expr value, LiteralFit.@Nullable Problem problem) {}

  private static Optional<Misfit> first(List<Signature.Port> ports, Map<String, Expr> bound) {
    var literals = new LiteralFit(Fit.ofCall());
    for (Signature.Port port : ports) {
      Expr value = bound.get(port.name());
      Optional<LiteralFit.Problem> problem =
          value == null ? Optional.empty() : literals.problem(value, port.type());
      if (value == null || problem.isPresent()) {
        return Optional.of(new Misfit(port, value, problem.orElse(null)));
      }
    }
    return Optional.empty();
  }

  /** Offers blank values for all that is missing, of the sizes of what is there. */
  private static Diagnostic missing(
      CallSites.Site site,
      List<Signature.Port> ports,
      Map<String, Expr> bound,
      Signature.Port missing) {
    Expr.Call call = site.call();
    var diagnostic =
        Diagnostic.of(
            Code.SV6107,
            call.span(),
            "`" + site.name() + "` also takes `" + missing + "`, which is not given");
    var fit = Fit.ofCall();
    var literals = new LiteralFit(fit);
    var left = new LinkedHashMap<String, Type>();
    for (Signature.Port port : ports) {
      Expr value = bound.get(port.name());
      if (value == null) {
        left.put(port.name(), port.type());
      } else if (literals.problem(value, port.type()).isPresent()) {
        return diagnostic;
      }
    }
    int close = call.span().end() - 1;
    return Blanks.settings(left, fit)
        .map(
            blanks ->
                diagnostic.fixedBy(
                    Fix.insert(
                            "add `" + blanks + "`",
                            call.span().file(),
                            close,
                            call.arguments().isEmpty() ? blanks : ", " + blanks)
                        .suggested()))
        .orElse(diagnostic);
  }

  private static Diagnostic misfit(
      CallSites.Site site, List<Signature.Port> ports, Map<String, Expr> bound, Misfit misfit) {
    Signature.Port port = misfit.port();
    Expr value = requireNonNull(misfit.value());
    LiteralFit.Problem problem = requireNonNull(misfit.problem());
    var diagnostic =
        Diagnostic.of(
                Code.SV6108,
                problem.at(),
                "`" + site.name() + "` takes `" + port + "`, and this does not fit")
            .labelled(problem.reason());
    for (Rewritten other : Rewritten.of(value, port.type())) {
      var changed = new LinkedHashMap<>(bound);
      changed.put(port.name(), other.value());
      if (first(ports, changed).isEmpty()) {
        return diagnostic.fixedBy(other.fix());
      }
    }
    return diagnostic;
  }

  /** {@code iris(sample("x.json"))}: one value with all the inputs in it. */
  private static boolean mayBeRequest(Expr value) {
    return switch (value) {
      case Expr.ListOf literal -> false;
      case Expr.Quantity literal -> false;
      case Expr.Bool literal -> false;
      case Expr.Text literal -> false;
      case Expr.Unary literal -> false;
      default -> true;
    };
  }

  private void sample(Expr.Call call) {
    if (call.arguments().size() == 1
        && call.arguments().getFirst().value() instanceof Expr.Text text) {
      text.plainText()
          .filter(path -> !Samples.isInside(path))
          .ifPresent(path -> outside(text, path));
    }
  }

  private void outside(Expr.Text text, String path) {
    var diagnostic =
        Diagnostic.of(
            Code.SV6110,
            text.span(),
            "a sample is a file of the project, by its path from the project's folder");
    String inside = Samples.inside(path);
    found.add(
        Samples.isInside(inside)
            ? diagnostic.fixedBy(Fix.replace(text.span(), "\"" + inside + "\"").suggested())
            : diagnostic);
  }
}
