package dev.salver.compiler.diagnostic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Applies the fixes of diagnostics to texts. Pure: whoever calls it reads and writes the files. */
public final class Fixing {
  /** How often the fixed texts are checked again. */
  private static final int ROUNDS = 20;

  private Fixing() {}

  /** A fix that was applied; the diagnostic's span is in the text as it was then. */
  public record Applied(Diagnostic diagnostic, Fix fix) {}

  /**
   * @param texts all texts by path, changed or not
   * @param applied in the order of their application
   * @param remaining what is wrong with the texts as they are now
   */
  public record Fixed(
      SortedMap<String, String> texts, List<Applied> applied, List<Diagnostic> remaining) {
    public Fixed {
      texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
      applied = List.copyOf(applied);
      remaining = List.copyOf(remaining);
    }
  }

  /**
   * Applies the first chosen fix of each diagnostic and checks again, until none is left to apply.
   * Fixes that touch each other wait for the next round; a round that leaves as much wrong as there
   * was before is not kept, so that what fixes cannot mend stays as it was written.
   *
   * @param check says what is wrong with texts, by path
   */
  public static Fixed all(
      Map<String, String> texts,
      Function<SortedMap<String, String>, List<Diagnostic>> check,
      BiPredicate<Diagnostic, Fix> chosen) {
    SortedMap<String, String> now = new TreeMap<>(texts);
    List<Diagnostic> wrong = check.apply(now);
    var applied = new ArrayList<Applied>();
    for (int round = 0; round < ROUNDS; round++) {
      var wanted = wrong.stream().flatMap(each -> narrowed(each, chosen).stream()).toList();
      Optional<Round> better = better(now, wanted, wrong.size(), check);
      if (better.isEmpty()) {
        break;
      }
      now = better.get().texts();
      wrong = better.get().wrong();
      applied.addAll(better.get().applied());
    }
    return new Fixed(now, applied, wrong);
  }

  /** With the chosen fixes alone; empty where there is none. */
  private static Optional<Diagnostic> narrowed(
      Diagnostic diagnostic, BiPredicate<Diagnostic, Fix> chosen) {
    var fixes = diagnostic.fixes().stream().filter(fix -> chosen.test(diagnostic, fix)).toList();
    return fixes.isEmpty() ? Optional.empty() : Optional.of(diagnostic.offering(fixes));
  }

  private record Round(
      SortedMap<String, String> texts, List<Applied> applied, List<Diagnostic> wrong) {}

  /** All of them at once, or else the first one that helps by itself. */
  private static Optional<Round> better(
      SortedMap<String, String> texts,
      List<Diagnostic> wanted,
      int before,
      Function<SortedMap<String, String>, List<Diagnostic>> check) {
    for (int from = -1; from < Math.min(wanted.size(), ROUNDS); from++) {
      var applied = new ArrayList<Applied>();
      var fixed = once(texts, from < 0 ? wanted : List.of(wanted.get(from)), applied);
      if (!applied.isEmpty()) {
        List<Diagnostic> wrong = check.apply(fixed);
        if (wrong.size() < before) {
          return Optional.of(new Round(fixed, applied, wrong));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Applies the first fix of each diagnostic, but those that touch one applied before them, and
   * those of files that are not among the texts. A text that is not there and whose file is empty
   * is made.
   *
   * @param applied takes what was applied
   */
  public static SortedMap<String, String> once(
      SortedMap<String, String> texts, List<Diagnostic> diagnostics, List<Applied> applied) {
    var edits = new TreeMap<String, List<Edit>>();
    for (Diagnostic diagnostic : diagnostics) {
      if (diagnostic.fixes().isEmpty()) {
        continue;
      }
      Fix fix = diagnostic.fixes().getFirst();
      if (fix.edits().stream().allMatch(edit -> fits(edit, texts, edits))) {
        fix.edits()
            .forEach(edit -> edits.computeIfAbsent(path(edit), _ -> new ArrayList<>()).add(edit));
        applied.add(new Applied(diagnostic, fix));
      }
    }
    var result = new TreeMap<>(texts);
    edits.forEach((path, own) -> result.put(path, edited(texts.getOrDefault(path, ""), own)));
    return result;
  }

  private static String path(Edit edit) {
    return edit.span().file().path();
  }

  private static boolean fits(
      Edit edit, SortedMap<String, String> texts, Map<String, List<Edit>> taken) {
    String text = edit.span().file().text();
    boolean known = text.equals(texts.getOrDefault(path(edit), ""));
    return known
        && !edit.span().file().isLibrary()
        && taken.getOrDefault(path(edit), List.of()).stream()
            .noneMatch(other -> collide(edit, other));
  }

  private static boolean collide(Edit one, Edit other) {
    return one.span().start() <= other.span().end() && other.span().start() <= one.span().end();
  }

  private static String edited(String text, List<Edit> edits) {
    var out = new StringBuilder(text);
    edits.stream()
        .sorted(Comparator.comparingInt((Edit edit) -> edit.span().start()).reversed())
        .forEach(edit -> out.replace(edit.span().start(), edit.span().end(), edit.text()));
    return out.toString();
  }
}
