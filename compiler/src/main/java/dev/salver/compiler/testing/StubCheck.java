package dev.salver.compiler.testing;

import dev.salver.compiler.cel.Formula;
import dev.salver.compiler.cel.Names;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.type.Fit;
import dev.salver.compiler.type.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether stubs stand for something that a test calls, with outputs that it has. */
final class StubCheck {
  private final Scene scene;
  private final Diagnostics found;

  StubCheck(Scene scene, Diagnostics found) {
    this.scene = scene;
    this.found = found;
  }

  void check(TestCase test) {
    var seen = new HashMap<String, Span>();
    Optional<Set<String>> called = Reach.of(test);
    for (Entry.Stub stub : test.stubs()) {
      Name name = stub.name();
      if (!scene.services().contains(name.text())) {
        unknown(name);
        continue;
      }
      Span earlier = seen.putIfAbsent(name.text(), name.span());
      if (earlier != null) {
        found.add(
            Diagnostic.of(Code.SV6105, name.span(), "`" + name + "` has a stub already")
                .relating(earlier, "it is here")
                .fixedBy(Fix.remove("remove this stub", stub.span()).suggested()));
        continue;
      }
      boolean expects = !test.expectations().isEmpty();
      if (expects && called.isPresent() && !called.get().contains(name.text())) {
        found.add(
            Diagnostic.of(
                    Code.SV6104, name.span(), "nothing that this test calls asks `" + name + "`")
                .fixedBy(Fix.remove("remove the stub", stub.span()).suggested()));
        continue;
      }
      fields(stub);
    }
  }

  private void unknown(Name name) {
    var diagnostic =
        Diagnostic.of(Code.SV6103, name.span(), "there is no model or graph `" + name + "`");
    found.add(
        Spelling.nearest(name.text(), scene.services())
            .map(near -> diagnostic.fixedBy(Fix.replace(name.span(), near)))
            .orElse(diagnostic));
  }

  private void fields(Entry.Stub stub) {
    Optional<Map<String, Type>> outputs =
        scene.signature(stub.name().text()).flatMap(Words::outputs);
    Names names = Words.names(scene, List.of(), Words.UNUSED);
    var literals = new LiteralFit(Fit.ofCall());
    for (Entry entry : stub.block().entries()) {
      if (!(entry instanceof Entry.Setting setting) || setting.path().size() != 1) {
        found.add(
            Diagnostic.of(
                Code.SV1007, entry.span(), "a stub holds outputs only, each as `name = value`"));
        continue;
      }
      Name field = setting.path().getFirst();
      if (outputs.isPresent() && !outputs.get().containsKey(field.text())) {
        unknown(stub.name(), field, outputs.get());
        continue;
      }
      Formula.shape(setting.value(), names, found::add);
      outputs
          .map(all -> all.get(field.text()))
          .flatMap(type -> literals.problem(setting.value(), type))
          .ifPresent(problem -> misfit(stub.name(), field, problem));
    }
  }

  private void unknown(Name service, Name field, Map<String, Type> outputs) {
    var names = outputs.keySet().stream().sorted().map(each -> "`" + each + "`").toList();
    var diagnostic =
        Diagnostic.of(
            Code.SV6106,
            field.span(),
            "`" + service + "` has no output `" + field + "`, but " + String.join(", ", names));
    found.add(
        Spelling.nearest(field.text(), outputs.keySet())
            .map(near -> diagnostic.fixedBy(Fix.replace(field.span(), near)))
            .orElse(diagnostic));
  }

  private void misfit(Name service, Name field, LiteralFit.Problem problem) {
    found.add(
        Diagnostic.of(
                Code.SV6106, problem.at(), "this is no output `" + field + "` of `" + service + "`")
            .labelled(problem.reason()));
  }
}
