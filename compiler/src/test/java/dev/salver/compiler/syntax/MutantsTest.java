package dev.salver.compiler.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.syntax.Corpus.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * One mistake, one diagnostic, beside it. Each token of each program is left out, written twice,
 * and swapped with its right neighbour, and the whole check runs on what comes of it.
 *
 * <p>A mutant is told well when exactly one diagnostic is new, by code and message, against those
 * of the program as it was, and starts at most one line away from what was touched; or when none is
 * new and the text still parses without an error, because then it is another valid program.
 *
 * <p>A draw of them is tried, always the same; all with {@code -Dmutants.all=true}.
 */
class MutantsTest {
  private static final double LEAST = 0.95;
  private static final int ONE_IN = 12;

  @Test
  void oneMistakeGivesOneDiagnosticBesideIt() throws IOException {
    var badly = new ArrayList<String>();
    int mutants = 0;
    var random = new SplittableRandom(4);
    for (Sample sample : Corpus.clean()) {
      List<Diagnostic> usual = sample.check(sample.text());
      for (Mutant mutant : drawn(Mutant.of(sample.parse()), random)) {
        mutants++;
        List<Diagnostic> found = added(usual, sample.check(mutant.text()));
        if (!isTold(mutant, found, sample)) {
          badly.add(sample + ": " + mutant.what() + "\n" + shown(found));
        }
      }
    }
    double share = 1 - (double) badly.size() / mutants;
    System.out.printf("%d mutants, %.2f %% told by one diagnostic%n", mutants, 100 * share);
    assertTrue(share >= LEAST, () -> String.join("", badly));
  }

  private static List<Mutant> drawn(List<Mutant> mutants, SplittableRandom random) {
    boolean all = Boolean.getBoolean("mutants.all");
    return mutants.stream().filter(each -> random.nextInt(ONE_IN) == 0 || all).toList();
  }

  private static List<Diagnostic> added(List<Diagnostic> usual, List<Diagnostic> found) {
    var left = new ArrayList<>(usual.stream().map(MutantsTest::key).toList());
    return found.stream().filter(each -> !left.remove(key(each))).toList();
  }

  private static String key(Diagnostic diagnostic) {
    return diagnostic.code() + " " + diagnostic.message();
  }

  private static boolean isTold(Mutant mutant, List<Diagnostic> found, Sample sample) {
    if (found.isEmpty()) {
      return Parsing.parse(SourceFile.of(sample.path(), mutant.text())).diagnostics().isEmpty();
    }
    if (found.size() > 1 || !found.getFirst().span().file().path().equals(sample.path())) {
      return false;
    }
    int line = found.getFirst().span().from().line();
    return line >= mutant.from() - 1 && line <= mutant.until() + 1;
  }

  private static String shown(List<Diagnostic> found) {
    var out = new StringBuilder();
    for (Diagnostic each : found) {
      out.append("    ").append(each.span()).append(' ').append(key(each)).append('\n');
    }
    return out.toString();
  }

  @Test
  void everyOtherDeclarationIsRecoveredAndNoneInvented() throws IOException {
    var lost = new ArrayList<String>();
    var random = new SplittableRandom(5);
    for (Sample sample : Corpus.clean()) {
      SourceUnit unit = sample.parse();
      for (Mutant mutant : drawn(Mutant.of(unit), random)) {
        var others = new ArrayList<String>();
        int touched = 0;
        for (Entry entry : unit.entries()) {
          if (holds(entry, mutant)) {
            touched++;
          } else {
            others.add(named(entry));
          }
        }
        var found =
            new ArrayList<>(
                Parsing.parse(SourceFile.of(sample.path(), mutant.text())).entries().stream()
                    .map(MutantsTest::named)
                    .toList());
        var missing = new ArrayList<>(others);
        missing.removeIf(found::remove);
        if (!missing.isEmpty() || found.size() > touched) {
          lost.add(sample + ": " + mutant.what() + ", lost " + missing + ", left " + found + "\n");
        }
      }
    }
    assertEquals(List.of(), lost, () -> lost.size() + " mutants:\n" + String.join("", lost));
  }

  private static boolean holds(Entry entry, Mutant mutant) {
    return mutant.tokens().stream()
        .anyMatch(at -> entry.span().start() <= at && at < entry.span().end());
  }

  private static String named(Entry entry) {
    return switch (entry) {
      case Entry.Resource resource ->
          resource.kind() + " " + resource.name() + (resource.index() == null ? "" : "[]");
      case Entry.TypeDecl type -> "TYPE " + type.name();
      case Entry.Param param -> "PARAM " + param.name();
      case Entry.Graph graph -> "GRAPH " + graph.name();
      case Entry.ForEach each -> "FOR EACH " + each.name();
      case Entry.Import imported -> "IMPORT " + imported.source();
      case Entry.Setting setting -> "SETTING " + setting.path();
      case Entry.Section section -> "SECTION " + section.path();
      case Entry.Assertion assertion -> "ASSERTION " + assertion.word();
      case Entry.Stub stub -> "STUB " + stub.name();
    };
  }
}
