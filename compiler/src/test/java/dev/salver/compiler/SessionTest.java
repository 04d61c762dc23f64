package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.JsonReport;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.source.Imports;
import dev.salver.compiler.source.SourceFolder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A session answers as if it saw the program for the first time. {@code -Dsession.edits=10000}. */
class SessionTest {
  private static final int EDITS = Integer.getInteger("session.edits", 300);

  @Test
  void afterAnyEditsAProgramIsWhatAFreshCheckSaysItIs() {
    var session = new Session();
    var project = new EditedProject(20_261_122);
    Set<String> codes = new HashSet<>();
    int compiled = 0;
    for (int i = 0; i < EDITS; i++) {
      String step = i + ": " + project.edit();
      Imports imports = imports(project.platform());
      Program again = session.check(folder(project.texts()), imports, Lock.NONE);
      Program fresh = Compiler.check(folder(project.texts()), imports, Lock.NONE);
      Map<String, String> expected = seen(fresh);
      assertEquals(expected, seen(again), step);
      fresh.diagnostics().forEach(each -> codes.add(each.code().name()));
      compiled += expected.keySet().stream().anyMatch(key -> key.contains(".yaml")) ? 1 : 0;
    }
    // The edits say nothing if all of them are mistakes, or none is.
    assertTrue(compiled > EDITS / 10, compiled + " programs had manifests");
    assertTrue(codes.size() > 20, codes.toString());
  }

  @Test
  void anEditLeavesThePlansOfOtherModelsAlone() {
    var session = new Session();
    var texts = new TreeMap<String, String>();
    texts.put("project.serve", "project app { }\nenv prod { namespace = \"ml\" }\n");
    texts.put("a.serve", "model a from \"s3://m/a.onnx\" { }\n");
    texts.put("b.serve", "model b from \"s3://m/b.onnx\" { }\n");
    Program before = session.check(folder(texts), Imports.NONE, Lock.NONE);
    texts.put("a.serve", "\nmodel a from \"s3://m/a.onnx\" { timeout = 20s }\n");
    Program after = session.check(folder(texts), Imports.NONE, Lock.NONE);
    var planned = before.plan("prod").orElseThrow().models();
    var again = after.plan("prod").orElseThrow().models();
    assertNotSame(planned.getFirst(), again.getFirst());
    assertSame(planned.getLast(), again.getLast());
    texts.put("project.serve", "project app { }\nenv prod { namespace = \"ai\" }\n");
    Program moved = session.check(folder(texts), Imports.NONE, Lock.NONE);
    assertNotSame(again.getLast(), moved.plan("prod").orElseThrow().models().getLast());
  }

  private static SourceFolder folder(Map<String, String> texts) {
    SourceFolder folder = SourceFolder.of(texts);
    return new SourceFolder(folder.files(), folder.unreadable(), folder.lock(), true);
  }

  private static Imports imports(Map<String, String> platform) {
    return (source, from) ->
        source.equals("../platform")
            ? new Imports.Answer.Found(source, SourceFolder.of(platform))
            : new Imports.Answer.NotFound(Optional.empty());
  }

  /** All that can be seen of a program. */
  private static Map<String, String> seen(Program program) {
    var seen = new TreeMap<String, String>();
    seen.put("project", program.projectName().toString());
    seen.put("diagnostics", shown(program.diagnostics()));
    seen.put("lint", shown(Compiler.lint(program)));
    seen.put("lock", program.lock().toString());
    seen.put("sources", program.sources().toString());
    var tests = new ArrayList<String>();
    program.tests().forEach(each -> tests.add(each.name() + each.at() + each.environment()));
    seen.put("tests", tests.toString());
    for (String environment : program.environments()) {
      Output output = Compiler.compile(program, environment, Target.cluster());
      seen.put(environment + " diagnostics", shown(output.diagnostics()));
      seen.put(environment + " services", output.services() + output.namespace());
      seen.put(environment + " cost", program.cost(environment).toString());
      seen.put(
          environment + " explained",
          Compiler.explain(program, environment, "fraud.labels").toString());
      output
          .files()
          .forEach(
              (name, bytes) ->
                  seen.put(environment + "/" + name, new String(bytes, StandardCharsets.UTF_8)));
    }
    return seen;
  }

  private static String shown(List<Diagnostic> diagnostics) {
    return JsonReport.render(diagnostics);
  }
}
