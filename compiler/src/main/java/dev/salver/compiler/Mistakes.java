package dev.salver.compiler;

import dev.salver.compiler.diagnostic.Allowances;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Collects diagnostics of several environments, one for each mistake. Two are of the same mistake
 * if code and place are the same, and the message, but for the environment's name and numbers that
 * depend on it; within a loop the place is enough, as each turn has names of its own.
 */
final class Mistakes {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  private final Map<SourceFile, NavigableMap<Integer, Integer>> loops = new HashMap<>();
  private final Allowances allowances;
  private final Map<String, Pattern> names = new HashMap<>();
  private final Set<Mistake> seen = new HashSet<>();
  private final List<Diagnostic> found = new ArrayList<>();
  private final ImportedMistakes imported = new ImportedMistakes();

  private record Mistake(Code code, Span span, String shape) {}

  /**
   * @param loops places whose declarations are made several times
   */
  Mistakes(List<Span> loops, Allowances allowances) {
    this.allowances = allowances;
    for (Span loop : loops) {
      this.loops
          .computeIfAbsent(loop.file(), file -> new TreeMap<>())
          .merge(loop.start(), loop.end(), Math::max);
    }
  }

  /**
   * @param environment in which it was found; empty for the program itself
   */
  void add(String environment, Diagnostic diagnostic) {
    if (diagnostic.span().file().importedBy().isPresent()) {
      imported.add(diagnostic);
      return;
    }
    if (allowances.of(diagnostic).isPresent()) {
      return;
    }
    String shape = isInLoop(diagnostic.span()) ? "" : shape(environment, diagnostic.message());
    boolean isOfProgram =
        seen.contains(
            new Mistake(diagnostic.code(), diagnostic.span(), shape("", diagnostic.message())));
    if (!isOfProgram && seen.add(new Mistake(diagnostic.code(), diagnostic.span(), shape))) {
      found.add(diagnostic);
    }
  }

  /** In the order in which they are shown. */
  List<Diagnostic> sorted() {
    return Repeats.merged(
        Stream.concat(found.stream(), imported.diagnostics().stream())
            .sorted(Diagnostic.ORDER)
            .toList());
  }

  private String shape(String environment, String message) {
    String nameless =
        environment.isEmpty()
            ? message
            : names
                .computeIfAbsent(environment, Mistakes::word)
                .matcher(message)
                .replaceAll("\u0000");
    return NUMBER.matcher(nameless).replaceAll("0");
  }

  private static Pattern word(String name) {
    return Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(name) + "(?![A-Za-z0-9])");
  }

  /** The loops that others lie in are enough: those start first. */
  private boolean isInLoop(Span span) {
    var ends = loops.get(span.file());
    if (ends == null) {
      return false;
    }
    var loop = ends.floorEntry(span.start());
    while (loop != null) {
      if (span.end() <= loop.getValue()) {
        return true;
      }
      loop = ends.lowerEntry(loop.getKey());
    }
    return false;
  }
}
