package dev.salver.compiler.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.Compiler;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.graph.Step.Work;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.source.Imports;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.type.Dim;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a graph comes to: steps with names, bound inputs and types. */
class GraphPlanTest {
  private static final String MODELS =
      """
      project p { }
      type Scorer = (features: f32[n, 32]) -> (score: f32[n])
      model a: Scorer from "s3://m/a.onnx"
      model b: Scorer from "s3://m/b.onnx"
      model embed: (text: string[1]) -> (features: f32[1, 32]) from "s3://m/e.onnx"
      """;

  private static GraphPlan plan(String text) {
    return plan(text, Lock.NONE);
  }

  private static GraphPlan plan(String text, Lock lock) {
    var program = Compiler.check(SourceFolder.of(Map.of("p.serve", text)), Imports.NONE, lock);
    assertEquals(List.of(), program.diagnostics());
    return program.graphs("local").getFirst();
  }

  private static List<String> names(Body body) {
    return body.steps().stream().map(Step::name).toList();
  }

  @Test
  void aBareNameGetsWhatTheStepBeforeItGives() {
    GraphPlan plan = plan(MODELS + "graph g(text: string[1]) -> f32[1] = embed -> a\n");
    assertEquals(List.of("embed", "a"), names(plan.body()));
    var call = (Work.Call) plan.body().result().work();
    assertEquals("a", call.service());
    assertEquals(new Step.Ref("embed", Optional.of("features")), call.inputs().getFirst().from());
    assertEquals("{ score: f32[1] }", plan.body().result().type().toString());
    var first = (Work.Call) plan.body().steps().getFirst().work();
    assertEquals(
        new Step.Ref(Step.Ref.REQUEST, Optional.of("text")), first.inputs().getFirst().from());
  }

  @Test
  void aNameThatStartsAFlowIsTheValueOfAnInputOrStep() {
    GraphPlan plan =
        plan(
            MODELS
                + "graph g(x: f32[n, 32]) -> f32[n] = a -> switch { max(a) > 0.5 => a, else => x -> b }\n");
    var choice = (Work.Switch) plan.body().result().work();
    assertEquals(
        new Work.Pass(new Step.Ref("a", Optional.empty())),
        choice.cases().getFirst().body().result().work());
    var call = (Work.Call) choice.otherwise().result().work();
    assertEquals(new Step.Ref(Step.Ref.REQUEST, Optional.of("x")), call.inputs().getFirst().from());
  }

  @Test
  void theRequestIsAllInputsByTheirNames() {
    GraphPlan plan =
        plan(
            MODELS
                + "graph g(features: f32[n, 32], floor: f32) -> f32[n] =\n"
                + "  a -> switch { max(a) < request.floor => b(request), else => a }\n");
    var choice = (Work.Switch) plan.body().result().work();
    var call = (Work.Call) choice.cases().getFirst().body().result().work();
    assertEquals(
        new Step.Ref(Step.Ref.REQUEST, Optional.of("features")), call.inputs().getFirst().from());
    var condition = (Expr.Binary) choice.cases().getFirst().condition();
    assertEquals("floor", ((Expr.Word) condition.right()).text());
  }

  @Test
  void anInputCalledRequestIsThatInput() {
    GraphPlan plan =
        plan(MODELS + "graph g(request: f32[n, 32], k: f32) -> f32[n] = request -> a\n");
    var call = (Work.Call) plan.body().result().work();
    assertEquals(
        new Step.Ref(Step.Ref.REQUEST, Optional.of("request")), call.inputs().getFirst().from());
  }

  @Test
  void theRequestOfATemplateIsWhatItsInstanceIsCalledWith() {
    GraphPlan plan =
        plan(
            MODELS
                + "graph sure[small: S, large: S]: S = small -> switch {\n"
                + "  max(small.score) < 0.5 => large(request), else => small\n}\n"
                + "graph g(text: string[1]) -> (score: f32[1]) =\n"
                + "  embed -> sure[small = a, large = b]\n");
    var nested = (Work.Nested) plan.body().result().work();
    var choice = (Work.Switch) nested.body().result().work();
    var call = (Work.Call) choice.cases().getFirst().body().result().work();
    assertEquals(new Step.Ref("embed", Optional.of("features")), call.inputs().getFirst().from());
  }

  @Test
  void anInputThatOnlyTheArgumentsHaveTakesNoNameOfTheTemplate() {
    GraphPlan plan =
        plan(
            "project p { }\ntype S1 = (small: f32[1]) -> (score: f32[1])\n"
                + "model a: S1 from \"s3://m/a.onnx\"\nmodel b: S1 from \"s3://m/b.onnx\"\n"
                + "graph both[small: S, large: S]: S = all { small, large } by mean\n"
                + "graph g: S1 = both[small = a, large = b]\n");
    var nested = (Work.Nested) plan.body().result().work();
    var all = (Work.All) nested.body().result().work();
    assertEquals("a", ((Work.Call) all.branches().getFirst().body().result().work()).service());
  }

  @Test
  void aTemplateTakesSharesAndDurations() {
    GraphPlan plan =
        plan(
            MODELS
                + "graph ab[one: S, two: S, share: percent, most: duration = 20ms]: S =\n"
                + "  split { 100% - share => one within most, share => two }\n"
                + "graph g: Scorer = ab[one = a, two = b, share = 12.5%]\n");
    var nested = (Work.Nested) plan.body().result().work();
    var split = (Work.Split) nested.body().result().work();
    assertEquals("12.5", split.shares().get(1).percent().toPlainString());
    Step first = split.shares().getFirst().body().result();
    assertEquals(20, first.edge().withinMillis().orElseThrow());
  }

  @Test
  void whatIsSaidBehindACallIsOnItsEdge() {
    GraphPlan plan =
        plan(
            MODELS
                + "graph g(x: f32[n, 32]) -> f32[n] = a within 20ms retry 2 or b shadow b at 10% as c\n");
    Step step = plan.body().result();
    assertEquals("c", step.name());
    assertEquals(20, step.edge().withinMillis().orElseThrow());
    assertEquals(2, step.edge().retries());
    assertEquals("b", step.edge().fallback().name());
    assertEquals("10", step.edge().shadow().percent().toPlainString());
  }

  @Test
  void namesOfBranchesAreUniqueInThePlanAndConditionsUseThose() {
    GraphPlan plan =
        plan(
            MODELS
                + """
                param floor: f32 = 0.7
                graph g(x: f32[n, 32]) -> f32[n] = switch {
                  max(x) > 2 => a -> switch { max(a) > floor => a, else => b(x) }
                  else       => a -> switch { max(a) > floor => a, else => b(x) }
                }
                """);
    var choice = (Work.Switch) plan.body().result().work();
    assertEquals("a", choice.cases().getFirst().body().steps().getFirst().name());
    assertEquals("a-3", choice.otherwise().steps().getFirst().name());
    var inner = (Work.Switch) choice.otherwise().result().work();
    assertEquals("(max([a-3]) > 0.7)", Conditions.text(inner.cases().getFirst().condition()));
    assertTrue(inner.cases().getFirst().condition() instanceof Expr.Binary);
  }

  @Test
  void aTemplateIsInlinedWithTheModelsThatStandForItsParameters() {
    GraphPlan plan =
        plan(
            MODELS
                + """
                graph cascade[small: Scorer, large: Scorer, floor: f32]: Scorer =
                  small -> switch { max(small) < floor => large(features), else => small }
                graph g: Scorer = cascade[small = a, large = b, floor = 0.6]
                """);
    var nested = (Work.Nested) plan.body().result().work();
    assertEquals(List.of("small", "switch"), names(nested.body()));
    assertEquals("a", ((Work.Call) nested.body().steps().getFirst().work()).service());
    var choice = (Work.Switch) nested.body().result().work();
    assertEquals("(max([small]) < 0.6)", Conditions.text(choice.cases().getFirst().condition()));
    var large = (Work.Call) choice.cases().getFirst().body().result().work();
    assertEquals("b", large.service());
    assertEquals(
        new Step.Ref(Step.Ref.REQUEST, Optional.of("features")), large.inputs().getFirst().from());
  }

  @Test
  void anEnvironmentChangesTheSettingsOfAGraph() {
    var program =
        Compiler.check(
            SourceFolder.of(
                Map.of(
                    "p.serve",
                    MODELS
                        + """
                        graph g(x: f32[n, 32]) -> f32[n] with { timeout = 2s } = a
                        env fast { graph g with { timeout = 500ms } }
                        env none { graph g with { deploy = false }, model a { deploy = false } }
                        """)));
    assertEquals(List.of(), program.diagnostics());
    assertEquals(2000, program.graphs("local").getFirst().timeoutMillis().orElseThrow());
    assertEquals(500, program.graphs("fast").getFirst().timeoutMillis().orElseThrow());
    assertEquals(List.of(), program.graphs("none"));
  }

  private static Lock locked(String source, Signature signature) {
    var artifacts = new TreeMap<String, Lock.Artifact>();
    artifacts.put(
        source,
        new Lock.Artifact(
            "sha256:00", 1, Optional.of("onnx"), Optional.of(signature), Optional.empty(), false));
    return new Lock(artifacts, new TreeMap<>());
  }

  private static Signature scorer(Element element) {
    var x = new Type.Tensor(element, List.of(new Dim.Unknown(), new Dim.Size(32)));
    return new Signature(
        List.of(new Signature.Port("X", x)),
        new Type.Tensor(Element.F32, List.of(new Dim.Unknown())));
  }

  @Test
  void aModelWithoutADeclaredSignatureHasThatOfItsArtifact() {
    String text =
        "project p { }\nmodel m from \"s3://m/m.onnx\"\ngraph g(x: f32[n, 32]) -> f32[n] = m\n";
    GraphPlan plan = plan(text, locked("s3://m/m.onnx", scorer(Element.F32)));
    assertEquals("X", ((Work.Call) plan.body().result().work()).inputs().getFirst().input());
    var wrong =
        Compiler.check(
            SourceFolder.of(Map.of("p.serve", text)),
            Imports.NONE,
            locked("s3://m/m.onnx", scorer(Element.F64)));
    assertEquals(List.of(Code.SV2104), wrong.diagnostics().stream().map(Diagnostic::code).toList());
  }

  @Test
  void aDeclarationThatTheArtifactContradictsIsTold() {
    var program =
        Compiler.check(
            SourceFolder.of(Map.of("p.serve", MODELS)),
            Imports.NONE,
            locked("s3://m/a.onnx", scorer(Element.F64)));
    List<Diagnostic> found = program.diagnostics();
    assertEquals(List.of(Code.SV2024), found.stream().map(Diagnostic::code).toList());
    assertEquals("f32 is not f64", found.getFirst().label().replaceFirst("^.*: ", ""));
  }

  @Test
  void aGraphOverUnknownModelsIsCheckedForItsStructureOnly() {
    GraphPlan plan =
        plan(
            """
            project p { }
            model one from "s3://m/one.onnx"
            model two from "s3://m/two.onnx"
            graph g(x: json) -> json = one -> switch { one.ok == true => two(x, one), else => one }
            """);
    var choice = (Work.Switch) plan.body().result().work();
    var call = (Work.Call) choice.cases().getFirst().body().result().work();
    assertEquals(List.of("x", "one"), call.inputs().stream().map(Step.Binding::input).toList());
  }

  @Test
  void aGraphHasAtMostAThousandStepsAndNestsOnlySoDeep() {
    var text = new StringBuilder(MODELS + "graph g(x: f32[n, 32]) -> f32[n] = all {\n");
    for (int i = 0; i < 1100; i++) {
      text.append("a\n");
    }
    text.append("} by mean\n");
    assertEquals(List.of(Code.SV2127), codes(text.toString()));
    String deep =
        MODELS
            + "graph g(x: f32[n, 32]) -> f32[n] = "
            + "split { 100% => ".repeat(40)
            + "a"
            + " }".repeat(40);
    assertEquals(List.of(Code.SV2127), codes(deep));
  }

  private static List<Code> codes(String text) {
    return Compiler.check(SourceFolder.of(Map.of("p.serve", text))).diagnostics().stream()
        .map(Diagnostic::code)
        .toList();
  }
}
