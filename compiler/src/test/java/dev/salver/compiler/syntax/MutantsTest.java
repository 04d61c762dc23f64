package dev.salver.compiler.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.syntax.Corpus.Sample;
import dev.salver.compiler.syntax.Elements.Element;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * One mistake, one diagnostic, beside it, and all else understood. Each token of each program is
 * left out, written twice, and swapped with its right neighbour, and the whole check runs on what
 * comes of it. Programs with mistakes of their own are compared with what is usually told of them.
 *
 * <p>A draw of them is tried, always the same; all with {@code -Dmutants.all=true}, which also
 * lists those that miss.
 */
class MutantsTest {
  private static final double LEAST_TOLD = 0.975;
  private static final double LEAST_RECOVERED = 0.96;
  private static final double LEAST_APART = 0.97;
  private static final int ONE_IN = 24;
  private static final int PAIRS = 4;

  private static final boolean ALL = Boolean.getBoolean("mutants.all");

  @Test
  void oneMistakeGivesOneDiagnosticBesideIt() throws IOException {
    var badly = new ArrayList<String>();
    var thrown = new ArrayList<String>();
    int mutants = 0;
    var random = new SplittableRandom(4);
    for (Sample sample : Corpus.all()) {
      List<Diagnostic> usual = sample.check(sample.text());
      for (Mutant mutant : drawn(Mutant.of(sample.parse()), random)) {
        mutants++;
        try {
          List<Diagnostic> added = Told.added(usual, sample.check(mutant.text()));
          if (!Told.isWell(mutant, added, sample)) {
            badly.add(Told.shown(sample, mutant, added));
          }
        } catch (RuntimeException e) {
          thrown.add(sample + ": " + mutant.what() + ", " + e + " at " + e.getStackTrace()[0]);
        }
      }
    }
    assertEquals(List.of(), thrown, "an exception instead of an answer");
    atLeast(LEAST_TOLD, mutants, badly, "told by one diagnostic");
  }

  @Test
  void everyOtherDeclarationIsRecoveredAndNoneInvented() throws IOException {
    var lost = new ArrayList<String>();
    var random = new SplittableRandom(5);
    for (Sample sample : Corpus.clean()) {
      SourceUnit unit = sample.parse();
      List<Element> elements = Elements.top(unit);
      for (Mutant mutant : drawn(Mutant.of(unit), random)) {
        SourceUnit read = parse(sample, mutant);
        lost.addAll(lost(sample, mutant, elements, Elements.top(read), read));
      }
    }
    assertEquals(List.of(), lost, () -> lost.size() + " mutants:\n" + String.join("", lost));
  }

  /**
   * A bracket written twice that may close at two places, a value and the next key that changed
   * places, and two words that became one leave more than one way to read what is beside them; that
   * is the rest.
   */
  @Test
  void whatIsWithinADeclarationIsRecoveredAsWell() throws IOException {
    var lost = new ArrayList<String>();
    int mutants = 0;
    var random = new SplittableRandom(6);
    for (Sample sample : Corpus.all()) {
      SourceUnit unit = sample.parse();
      if (!unit.diagnostics().isEmpty()) {
        continue;
      }
      List<Element> elements = Elements.of(unit);
      for (Mutant mutant : drawn(Mutant.of(unit), random)) {
        mutants++;
        SourceUnit read = parse(sample, mutant);
        lost.addAll(lost(sample, mutant, elements, Elements.of(read), read));
      }
    }
    atLeast(LEAST_RECOVERED, mutants, lost, "leave all else in place");
  }

  @Test
  void twoMistakesInTwoDeclarationsAreToldAsEachIsAlone() throws IOException {
    var badly = new ArrayList<String>();
    int pairs = 0;
    var random = new SplittableRandom(7);
    for (Sample sample : Corpus.clean()) {
      SourceUnit unit = sample.parse();
      List<Mutant> mutants = Mutant.of(unit);
      List<Diagnostic> usual = sample.check(sample.text());
      for (int i = 0; i < (ALL ? 10 * PAIRS : PAIRS); i++) {
        Mutant one = mutants.get(random.nextInt(mutants.size()));
        Mutant other = mutants.get(random.nextInt(mutants.size()));
        if (areInOneDeclaration(unit, one, other)) {
          continue;
        }
        pairs++;
        List<String> alone = new ArrayList<>();
        alone.addAll(Told.keys(Told.added(usual, sample.check(one.text()))));
        alone.addAll(Told.keys(Told.added(usual, sample.check(other.text()))));
        List<Diagnostic> both = Told.added(usual, sample.check(one.and(other, sample.text())));
        if (!alone.stream().sorted().toList().equals(Told.keys(both).stream().sorted().toList())) {
          badly.add(one.what() + " and " + Told.shown(sample, other, both) + alone + "\n");
        }
      }
    }
    atLeast(LEAST_APART, pairs, badly, "are told as each is alone");
  }

  private static SourceUnit parse(Sample sample, Mutant mutant) {
    return Parsing.parse(SourceFile.of(sample.path(), mutant.text()));
  }

  private static List<Mutant> drawn(List<Mutant> mutants, SplittableRandom random) {
    return mutants.stream().filter(each -> random.nextInt(ONE_IN) == 0 || ALL).toList();
  }

  /** Whether a declaration holds tokens of both. */
  private static boolean areInOneDeclaration(SourceUnit unit, Mutant one, Mutant other) {
    return Elements.top(unit).stream().anyMatch(each -> each.holds(one) && each.holds(other))
        || one.tokens().stream().anyMatch(other.tokens()::contains);
  }

  /** Empty where all is found that a mutant does not touch, and no more than it touches. */
  private static List<String> lost(
      Sample sample, Mutant mutant, List<Element> elements, List<Element> left, SourceUnit read) {
    var found = new ArrayList<>(left.stream().map(Element::key).toList());
    var missing = new ArrayList<String>();
    int touched = 0;
    for (Element each : elements) {
      if (each.holds(mutant)) {
        touched++;
      } else if (!found.remove(each.key())) {
        missing.add(each.key());
      }
    }
    boolean another = read.diagnostics().isEmpty();
    return missing.isEmpty() && (found.size() <= touched || another)
        ? List.of()
        : List.of(sample + ": " + mutant.what() + ", lost " + missing + ", left " + found + "\n");
  }

  private static void atLeast(double share, int all, List<String> badly, String what) {
    double good = 1 - (double) badly.size() / all;
    String told = "%d mutants, %.2f %% %s%n".formatted(all, 100 * good, what);
    System.out.print(told + (ALL ? String.join("", badly) : ""));
    assertTrue(good >= share, () -> told + String.join("", badly));
  }
}
