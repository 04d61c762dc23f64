package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.syntax.Corpus.Sample;
import java.util.ArrayList;
import java.util.List;

/** What a mistake adds to what is usually found in a program, by code and message. */
final class Told {
  private Told() {}

  static List<Diagnostic> added(List<Diagnostic> usual, List<Diagnostic> found) {
    var left = new ArrayList<>(keys(usual));
    return found.stream().filter(each -> !left.remove(key(each))).toList();
  }

  static String key(Diagnostic diagnostic) {
    return diagnostic.code() + " " + diagnostic.message();
  }

  static List<String> keys(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(Told::key).toList();
  }

  /**
   * Whether exactly one is new and starts at most one line away; or none is, and the text has no
   * syntax error, or the program had some before.
   */
  static boolean isWell(Mutant mutant, List<Diagnostic> added, Sample sample) {
    if (added.isEmpty()) {
      return !sample.parse().diagnostics().isEmpty()
          || Parsing.parse(SourceFile.of(sample.path(), mutant.text())).diagnostics().isEmpty();
    }
    if (added.size() > 1 || !added.getFirst().span().file().path().equals(sample.path())) {
      return false;
    }
    int line = added.getFirst().span().from().line();
    return line >= mutant.from() - 1 && line <= mutant.until() + 1;
  }

  static String shown(Sample sample, Mutant mutant, List<Diagnostic> added) {
    var out = new StringBuilder(sample + ": " + mutant.what() + "\n");
    for (Diagnostic each : added) {
      out.append("    ").append(each.span()).append(' ').append(key(each)).append('\n');
    }
    return out.toString();
  }
}
