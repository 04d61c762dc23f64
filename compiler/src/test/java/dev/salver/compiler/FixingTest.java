package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Fixing;
import dev.salver.compiler.format.Formatted;
import dev.salver.compiler.format.Formatting;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.compiler.source.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A fix mends what it is offered for, and breaks nothing. */
class FixingTest {
  /** What only its author can say: no text follows from the mistake. */
  private static final Set<Code> WITHOUT_A_FIX =
      EnumSet.of(
          Code.SV0001,
          Code.SV0002,
          Code.SV0003,
          Code.SV0004,
          Code.SV0005,
          Code.SV2011,
          Code.SV2127, // limits
          Code.SV2009,
          Code.SV2116, // a circle, which only its author knows where to break
          Code.SV0104, // something is missing, and could be anything
          Code.SV2005,
          Code.SV4015, // a version of an image
          Code.SV4016, // a version of a model
          Code.SV4036,
          Code.SV4037, // what it was meant to vary
          Code.SV5002, // a shorter name
          Code.SV5003, // a value that nobody else knows
          Code.SV3006, // not in a file
          Code.SV6009,
          Code.SV6010, // an expression that only its author can put in other words
          Code.SV7002,
          Code.SV7003, // `salver lock` asks the network
          Code.SV7005, // in a project of somebody else
          Code.SV7007, // nothing in the program allows it
          Code.SV7024); // another version of Salver wrote it

  @TestFactory
  Stream<DynamicTest> oneFixAloneRemovesItsDiagnosticAndAddsNone() throws IOException {
    return Fixture.all().stream()
        .filter(fixture -> hasFix(fixture.diagnostics()))
        .map(fixture -> DynamicTest.dynamicTest(fixture.name(), () -> eachFix(fixture)));
  }

  private static void eachFix(Fixture fixture) {
    List<Diagnostic> before = fixture.diagnostics();
    SortedMap<String, String> texts = fixture.texts();
    for (Diagnostic diagnostic : before) {
      for (Fix fix : diagnostic.fixes()) {
        var alone = diagnostic.offering(List.of(fix));
        var applied = new ArrayList<Fixing.Applied>();
        var fixed = Fixing.once(texts, List.of(alone), applied);
        assertEquals(1, applied.size(), () -> diagnostic + " has a fix that does not apply");
        List<Diagnostic> after = check(fixture, fixed);
        assertTrue(after.size() < before.size(), () -> diagnostic + "\n" + fixed + "\n" + after);
        var left = new ArrayList<>(before.stream().map(Diagnostic::code).toList());
        left.remove(diagnostic.code());
        after.forEach(each -> assertTrue(left.remove(each.code()), () -> fixed + "\n" + each));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> allFixesTogetherLeaveOnlyWhatHasNone() throws IOException {
    return Fixture.all().stream()
        .filter(fixture -> hasFix(fixture.diagnostics()))
        .map(
            fixture ->
                DynamicTest.dynamicTest(
                    fixture.name(),
                    () -> {
                      var fixed =
                          Fixing.all(fixture.texts(), now -> check(fixture, now), (_, _) -> true);
                      assertFalse(fixed.applied().isEmpty());
                      assertFalse(hasFix(fixed.remaining()), () -> fixed.texts().toString());
                      assertEquals(check(fixture, fixed.texts()).size(), fixed.remaining().size());
                    }));
  }

  /** What a fixture shows, of other texts: lints too where it is about them. */
  private static List<Diagnostic> check(Fixture fixture, Map<String, String> texts) {
    return fixture.diagnostics(texts);
  }

  @Test
  void mostCodesHaveAFixAndTheOthersAReason() throws IOException {
    var fixable = EnumSet.noneOf(Code.class);
    for (Fixture fixture : Fixture.all()) {
      fixture.diagnostics().stream()
          .filter(each -> !each.fixes().isEmpty())
          .forEach(each -> fixable.add(each.code()));
    }
    var possible = EnumSet.allOf(Code.class);
    possible.removeAll(WITHOUT_A_FIX);
    var without = EnumSet.copyOf(possible);
    without.removeAll(fixable);
    System.out.printf(
        "%d of %d codes have a fix, %d of the %d that can have one; none yet: %s%n",
        fixable.size(),
        Code.values().length,
        possible.size() - without.size(),
        possible.size(),
        without);
    assertTrue(fixable.stream().noneMatch(WITHOUT_A_FIX::contains), fixable.toString());
    assertEquals(Set.of(), without, "a code has a fix, or a reason to have none");
    assertTrue(fixable.size() * 10 >= Code.values().length * 7, fixable.toString());
  }

  @Test
  void aSectionGoesWithTheOnlySettingInIt() {
    var file = SourceFile.of("p.serve", "model m {\n  raw { spec { x = 1 } }\n  y = 2\n}\n");
    int at = file.text().indexOf("x = 1");
    var fix = Fix.removeWithSections("remove it", new Span(file, at, at + 5));
    assertEquals("model m {\n  y = 2\n}\n", applied(fix, file));
  }

  @Test
  void aStatementIsPutInAsItsNeighboursStand() {
    assertEquals("m { x = 1 }", added("m { }"));
    assertEquals("m { x = 1 }", added("m {}"));
    assertEquals("m { y = 2, x = 1 }", added("m { y = 2 }"));
    assertEquals("m {\n  y = 2\n  x = 1\n}", added("m {\n  y = 2\n}"));
    assertEquals("m {\n  long = 2\n  x    = 1\n}", added("m {\n  long = 2\n}"));
    assertEquals("m {\n  y { z = 2 }\n  x = 1\n}", added("m {\n  y { z = 2 }\n}"));
    assertEquals("m {\n  y = 2 // why\n  x = 1\n}", added("m {\n  y = 2 // why\n}"));
  }

  private static String added(String text) {
    var file = SourceFile.of("p.serve", text);
    return applied(Fix.append(new Span(file, text.indexOf('{'), text.length()), "x = 1"), file);
  }

  private static String applied(Fix fix, SourceFile file) {
    var diagnostic = Diagnostic.of(Code.SV5008, new Span(file, 0, 1), "no effect").fixedBy(fix);
    var texts = new TreeMap<>(Map.of(file.path(), file.text()));
    return Fixing.once(texts, List.of(diagnostic), new ArrayList<>()).get(file.path());
  }

  @Test
  void hardlyAFixLeavesToTheFormatterWhatWasFormatted() throws IOException {
    int count = 0;
    var unformatted = new ArrayList<String>();
    for (Fixture fixture : Fixture.all()) {
      SortedMap<String, String> texts = fixture.texts();
      for (Diagnostic diagnostic : fixture.diagnostics()) {
        for (Fix fix : diagnostic.fixes()) {
          var alone = diagnostic.offering(List.of(fix));
          var fixed = Fixing.once(texts, List.of(alone), new ArrayList<>());
          for (String path : fixed.keySet()) {
            String before = texts.getOrDefault(path, "");
            String after = fixed.get(path);
            if (path.endsWith(".serve") && !after.equals(before) && isFormatted(before)) {
              count++;
              assertTrue(isFormatted(Formatting.kept(path, before, after)), after);
              if (!isFormatted(after)) {
                unformatted.add(diagnostic.span() + " " + diagnostic.code() + ": " + fix.title());
              }
            }
          }
        }
      }
    }
    System.out.printf(
        "%d of %d fixes leave formatted text unformatted:%n%s%n",
        unformatted.size(), count, String.join("\n", unformatted));
    assertTrue(unformatted.size() * 10 <= count, unformatted.toString());
  }

  private static boolean isFormatted(String text) {
    return Formatting.format(SourceFile.of("p.serve", text)) instanceof Formatted.Done(String done)
        && done.equals(text);
  }

  @Test
  void fixesOfOneCodeLeaveTheOthersAlone() {
    var texts =
        Map.of(
            "p.serve",
            "project p { }\nmodel a from \"s3://a.onnx\" { timout = 1s, memory = 4GB }\n");
    var fixed = Fixing.all(texts, FixingTest::check, (each, _) -> each.code() == Code.SV1003);
    assertEquals(
        "project p { }\nmodel a from \"s3://a.onnx\" { timeout = 1s, memory = 4GB }\n",
        fixed.texts().get("p.serve"));
    assertEquals(1, fixed.applied().size());
    assertEquals(List.of(Code.SV2002), fixed.remaining().stream().map(Diagnostic::code).toList());
  }

  @Test
  void aFixThatMendsNothingIsNotKept() {
    var texts = Map.of("p.serve", "text");
    var fixed =
        Fixing.all(
            texts,
            now -> {
              var file = SourceFile.of("p.serve", now.get("p.serve"));
              var all = new Span(file, 0, file.text().length());
              return List.of(
                  Diagnostic.of(Code.SV0108, all, "never right")
                      .fixedBy(Fix.insert("more", file, 0, "more ")));
            },
            (_, _) -> true);
    assertEquals(texts, fixed.texts());
    assertEquals(List.of(), fixed.applied());
    assertEquals(1, fixed.remaining().size());
  }

  @Test
  void aFixIsKeptWhereWarningsShowOnlyWithoutTheError() {
    var fixed =
        Fixing.all(
            Map.of("p.serve", "bad"),
            now -> {
              var file = SourceFile.of("p.serve", now.get("p.serve"));
              var all = new Span(file, 0, file.text().length());
              var warning = Diagnostic.of(Code.SV4011, all, "could be better");
              return file.text().equals("bad")
                  ? List.of(
                      Diagnostic.of(Code.SV0108, all, "wrong").fixedBy(Fix.replace(all, "good")))
                  : List.of(warning, warning);
            },
            (_, _) -> true);
    assertEquals("good", fixed.texts().get("p.serve"));
    assertEquals(2, fixed.remaining().size());
  }

  @Test
  void aProjectIsMadeWhereThereIsNone() {
    var fixed = Fixing.all(Map.of(), FixingTest::check, (_, _) -> true);
    assertEquals(Map.of("project.serve", "project app { }\n"), fixed.texts());
    assertEquals(List.of(), fixed.remaining());
  }

  @Test
  void whatIsTakenOutLeavesNoTraceOfItself() {
    assertEquals("a { y = 2 }", removed("a { x = 1, y = 2 }"));
    assertEquals("a { y = 2 }", removed("a { y = 2, x = 1 }"));
    assertEquals("a { }", removed("a { x = 1 }"));
    assertEquals("a {\n  y = 2\n}", removed("a {\n  x = 1\n  y = 2\n}"));
    assertEquals("a { }", removed("a {\r\n  x = 1\r\n}"));
    assertEquals("a {\r\n  y\r\n}", removed("a {\r\n  x = 1\r\n  y\r\n}"));
    assertEquals("a\n\nb\n", removed("a\n\n/// Why.\nx = 1\n\nb\n"));
    assertEquals("a\n", removed("a\n\nx = 1\n"));
    assertEquals("b\n", removed("x = 1\n\nb\n"));
    assertEquals("a { }", removed("a { final x = 1 }"));
    assertEquals("a {\n  // why\n}", removed("a {\n  x = 1 // why\n}"));
  }

  private static String removed(String text) {
    var file = SourceFile.of("p.serve", text);
    int at = text.indexOf("x = 1");
    var fix = Fix.remove("remove it", new Span(file, at, at + 5));
    var diagnostic = Diagnostic.of(Code.SV5008, new Span(file, at, at + 1), "no effect");
    var texts = new TreeMap<>(Map.of("p.serve", text));
    return Fixing.once(texts, List.of(diagnostic.fixedBy(fix)), new ArrayList<>()).get("p.serve");
  }

  private static boolean hasFix(List<Diagnostic> diagnostics) {
    return diagnostics.stream().anyMatch(each -> !each.fixes().isEmpty());
  }

  private static List<Diagnostic> check(Map<String, String> texts) {
    return Compiler.check(SourceFolder.of(texts)).diagnostics();
  }
}
