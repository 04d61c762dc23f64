package dev.salver.compiler.testing;

import static java.util.stream.Collectors.toSet;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.cel.Formula;
import dev.salver.compiler.cel.Names;
import dev.salver.compiler.cel.Shape;
import dev.salver.compiler.cel.Shape.Scalar;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.overlay.Environment;
import dev.salver.compiler.policy.Judgement;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Block;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads tests and says what is wrong with one, whatever it calls. */
final class TestReader {
  private final Declarations declarations;
  private final Map<String, Scene> scenes;
  private final Diagnostics diagnostics;

  TestReader(Declarations declarations, Map<String, Scene> scenes, Diagnostics diagnostics) {
    this.declarations = declarations;
    this.scenes = scenes;
    this.diagnostics = diagnostics;
  }

  List<TestCase> tests() {
    var tests = new ArrayList<TestCase>();
    var names = new TreeMap<String, Span>();
    var turns = new TreeMap<String, Integer>();
    for (Resource declared : declarations.tests()) {
      Span at = declared.name().span();
      Span earlier = names.putIfAbsent(declared.name().text(), at);
      int turn = turns.merge(declared.name().text(), 1, Integer::sum);
      if (earlier != null && !earlier.equals(at)) {
        diagnostics.add(
            Diagnostic.of(
                    Code.SV6100, at, "two tests say the same, so that no report tells them apart")
                .relating(earlier, "it is said here already")
                .fixedBy(renamed(declared.name())));
      }
      scene(declared).ifPresent(scene -> test(declared, scene, turn).ifPresent(tests::add));
    }
    return tests;
  }

  /** With the first number that no test has. */
  private Fix renamed(Name name) {
    Set<String> taken =
        declarations.tests().stream().map(each -> each.name().text()).collect(toSet());
    int number = 2;
    while (taken.contains(name.text() + " " + number)) {
      number++;
    }
    Span span = name.span();
    String text = span.text();
    int quote = text.endsWith("\"") ? 1 : 0;
    String renamed = text.substring(0, text.length() - quote) + " " + number;
    return Fix.replace(span, renamed + "\"".repeat(quote)).suggested();
  }

  private Optional<Scene> scene(Resource declared) {
    Name on = declared.on();
    if (on == null) {
      return Optional.ofNullable(scenes.get(Environment.LOCAL));
    }
    Scene scene = scenes.get(on.text());
    if (scene != null) {
      return Optional.of(scene);
    }
    Resource known = declarations.environments().get(on.text());
    if (known != null) {
      diagnostics.add(
          Diagnostic.of(
                  Code.SV6101,
                  on.span(),
                  "`env " + on + "` is abstract: nothing runs in it, so no test does")
              .relating(known.name().span(), "it is declared here"));
      return Optional.empty();
    }
    var diagnostic = Diagnostic.of(Code.SV6101, on.span(), "there is no environment `" + on + "`");
    diagnostics.add(
        Spelling.nearest(on.text(), scenes.keySet())
            .map(near -> diagnostic.fixedBy(Fix.replace(on.span(), near)))
            .orElse(diagnostic));
    return Optional.empty();
  }

  /**
   * @param turn of the loop that it stands in, which is part of its name from the second on
   */
  private Optional<TestCase> test(Resource declared, Scene scene, int turn) {
    var expectations = new ArrayList<Entry.Assertion>();
    var stubs = new ArrayList<Entry.Stub>();
    boolean misplaced = false;
    for (Entry entry : declared.body()) {
      switch (entry) {
        case Entry.Assertion assertion when assertion.word().text().equals("expect") ->
            expectations.add(assertion);
        case Entry.Stub stub -> stubs.add(stub);
        default -> {
          misplaced = true;
          diagnostics.add(
              Diagnostic.of(Code.SV1007, entry.head(), "a test holds `stub` and `expect` only"));
        }
      }
    }
    if (expectations.isEmpty() && !misplaced) {
      diagnostics.add(
          Diagnostic.of(
                  Code.SV6102,
                  declared.name().span(),
                  "this test expects nothing, so it can't fail")
              .fixedBy(Fix.remove("remove the test", declared.span()).suggested()));
    }
    String sentence = declared.name().text();
    String name = turn == 1 ? sentence : sentence + " (" + turn + ")";
    var test =
        new TestCase(name, declared.name().span(), body(declared), scene, expectations, stubs);
    var found = new Diagnostics();
    Names names = Words.names(scene, test.exprs(), Words.UNUSED);
    expectations.forEach(each -> expectation(each, names, found));
    new CallCheck(scene, found).check(test);
    new StubCheck(scene, found).check(test);
    found.sorted().stream()
        .filter(each -> !declarations.isUnresolved(each.span().text()))
        .forEach(diagnostics::add);
    return found.hasErrors() || expectations.isEmpty() ? Optional.empty() : Optional.of(test);
  }

  private static Span body(Resource declared) {
    Block block = declared.block();
    return block == null ? declared.span() : block.span();
  }

  private static void expectation(Entry.Assertion assertion, Names names, Diagnostics found) {
    Formula.shape(assertion.expr(), names, found::add)
        .filter(each -> each != Scalar.BOOL && !(each instanceof Shape.Any))
        .ifPresent(each -> found.add(Judgement.none(assertion, each)));
    Expr otherwise = assertion.otherwise();
    if (otherwise != null) {
      Formula.shape(otherwise, names, found::add)
          .filter(each -> each != Scalar.TEXT && !(each instanceof Shape.Any))
          .ifPresent(each -> found.add(Judgement.noText(otherwise, each)));
    }
  }
}
