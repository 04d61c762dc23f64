package dev.salver.compiler.expand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.expand.Templates.Instance;
import dev.salver.compiler.expand.Templates.Role;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Flow;
import dev.salver.compiler.syntax.Parsing;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What an instance of a template stands for. */
class TemplatesTest {
  private static final String CASCADE =
      """
      graph cascade[S, small: S, large: S, floor: f32 = 0.7]: S =
        small -> switch { small.confidence < floor => large(prompt), else => small }
      graph any[models: [S], S]: S = all { for each m in models { m } } by first
      """;

  private static Instance instance(String use) {
    List<Entry> entries =
        Parsing.parse(SourceFile.of("t.serve", CASCADE + "graph g: Chat = " + use + "\n"))
            .entries();
    var graphs = new TreeMap<String, Entry.Graph>();
    entries.forEach(
        entry -> {
          if (entry instanceof Entry.Graph graph) {
            graphs.put(graph.name().text(), graph);
          }
        });
    var diagnostics = new Diagnostics();
    var templates = Templates.of(graphs, entries, diagnostics);
    Flow flow = graphs.get("g").steps().getFirst().flow();
    var term = assertInstanceOf(Flow.Node.Term.class, flow.stages().getFirst().node());
    assertTrue(templates.template(term.expr()).isPresent());
    Instance instance = templates.instance(term.expr()).orElseThrow();
    assertEquals(0, diagnostics.size());
    return instance;
  }

  @Test
  void valuesArePutInAndModelsStayWhatTheTemplateCallsThem() {
    Instance instance = instance("cascade[llama-8b, large = llama-70b]");
    assertEquals(List.of("small", "large", "floor"), List.copyOf(instance.arguments().keySet()));
    assertEquals(Role.SERVICE, instance.arguments().get("small").role());
    assertEquals(
        "llama-70b",
        assertInstanceOf(Expr.Word.class, instance.arguments().get("large").value()).text());
    assertTrue(instance.arguments().get("floor").isDefault());
    var stages = instance.steps().getFirst().flow().stages();
    var choice = assertInstanceOf(Flow.Node.Switch.class, stages.get(1).node());
    var first = assertInstanceOf(Flow.Branch.Case.class, choice.branches().getFirst());
    var condition = assertInstanceOf(Expr.Binary.class, first.guard());
    assertEquals("0.7", assertInstanceOf(Expr.Quantity.class, condition.right()).text());
    assertEquals("floor", condition.right().span().text());
  }

  @Test
  void aLoopOverAListOfModelsHasABranchForEach() {
    Instance instance = instance("any[models = [a, b, c]]");
    assertEquals(Role.SERVICES, instance.arguments().get("models").role());
    var stage = instance.steps().getFirst().flow().stages().getFirst();
    var all = assertInstanceOf(Flow.Node.All.class, stage.node());
    assertEquals(3, all.members().size());
    var last = assertInstanceOf(Flow.Member.One.class, all.members().getLast());
    var term = assertInstanceOf(Flow.Node.Term.class, last.flow().stages().getFirst().node());
    assertEquals("c", assertInstanceOf(Expr.Word.class, term.expr()).text());
  }
}
