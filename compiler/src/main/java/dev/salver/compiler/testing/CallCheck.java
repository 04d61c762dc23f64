package dev.salver.compiler.testing;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.type.Fit;
import dev.salver.compiler.type.Signature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

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
        absent(site, stands);
        scene.signature(site.name()).ifPresent(signature -> inputs(site, signature));
      }
    }
  }

  private void absent(CallSites.Site site, boolean isStub) {
    var settings = scene.plan().settings().get(site.name());
    if (settings != null && !settings.bool("deploy").orElse(true) && !isStub) {
      found.add(
          Diagnostic.of(
                  Code.SV6109,
                  site.word().span(),
                  "`" + site.name() + "` is not deployed in `" + scene.environment() + "`")
              .relating(settings.at(Path.of("deploy")), "it is left out here"));
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
    var literals = new LiteralFit(Fit.ofCall());
    for (Signature.Port port : ports) {
      Expr value = bound.get(port.name());
      if (value == null) {
        found.add(
            Diagnostic.of(
                Code.SV6107,
                site.call().span(),
                "`" + site.name() + "` also takes `" + port + "`, which is not given"));
        return;
      }
      Optional<LiteralFit.Problem> problem = literals.problem(value, port.type());
      if (problem.isPresent()) {
        found.add(
            Diagnostic.of(
                    Code.SV6108,
                    problem.get().at(),
                    "`" + site.name() + "` takes `" + port + "`, and this does not fit")
                .labelled(problem.get().reason()));
        return;
      }
    }
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
        && call.arguments().getFirst().value() instanceof Expr.Text text
        && text.plainText().filter(path -> !Samples.isInside(path)).isPresent()) {
      found.add(
          Diagnostic.of(
              Code.SV6110,
              text.span(),
              "a sample is a file of the project, by its path from the project's folder"));
    }
  }
}
