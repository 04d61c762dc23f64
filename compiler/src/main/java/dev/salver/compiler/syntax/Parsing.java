package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Seams.Chunk;
import dev.salver.dsl.ServeLexer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** From a file's text to its tree; always answers, whatever the text is. */
public final class Parsing {
  private static final int MAX_ERRORS = 50;
  private static final int MAX_MENDED = 4;

  private final SourceFile file;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<Span> broken = new ArrayList<>();
  private final List<Span> unknown = new ArrayList<>();
  private final NavigableMap<Integer, Diagnostic> misread = new TreeMap<>();
  private final Set<Diagnostic> understood = new HashSet<>();
  private final Set<Diagnostic> torn = new HashSet<>();
  private boolean lost;

  private Parsing(SourceFile file) {
    this.file = file;
  }

  public static SourceUnit parse(SourceFile file) {
    return new Parsing(file).unit();
  }

  private SourceUnit unit() {
    Words lexed = Words.of(file);
    diagnostics.addAll(lexed.diagnostics());
    var budget = new Budget(lexed.words().size());
    lexed.diagnostics().forEach(each -> misread.put(each.span().start(), each));
    Habits.Read read = Habits.ofFile(file, lexed.words());
    read.found().forEach(this::habit);
    List<Chunk> chunks = Seams.mended(file, Chunks.of(file, read.words()), budget);
    for (int i = 0; i < chunks.size(); i++) {
      boolean last = i + 1 == chunks.size();
      int end = last ? file.text().length() : chunks.get(i + 1).words().getFirst().start();
      chunk(chunks.get(i), end, budget);
    }
    var damage = new Damage(broken, unknown, lost);
    return new SourceUnit(file, lexed.all(), entries, bounded(), damage);
  }

  private void habit(Habit habit) {
    Diagnostic told = habit.diagnostic();
    diagnostics.add(told);
    misread.put(told.span().start(), told);
    lost |= habit.leaves() == Habit.Leaves.NAMES;
    (habit.leaves() == Habit.Leaves.STATEMENT ? torn : understood).add(told);
  }

  /**
   * @param end where the next one starts
   */
  private void chunk(Chunk chunk, int end, Budget budget) {
    Optional<Diagnostic> deep = tooDeep(file, chunk.words());
    if (deep.isPresent()) {
      diagnostics.add(deep.get());
      lost = true;
      return;
    }
    List<Word> words = chunk.words();
    Reading reading = Reading.of(file, words);
    Habits.Read meant = Habits.ofDeclaration(file, words, reading, budget);
    if (!meant.found().isEmpty()) {
      meant.found().forEach(this::habit);
      words = meant.words();
      reading = Reading.of(file, words);
    }
    var found = new ArrayList<Diagnostic>();
    if (chunk.swapped() != null) {
      found.add(chunk.swapped());
    }
    for (int i = 0; i < MAX_MENDED && canMend(reading); i++) {
      var change = Mending.of(file, words, reading, budget);
      if (change == null) {
        break;
      }
      found.add(change.diagnostic());
      words = change.words();
      reading = Reading.of(file, words);
    }
    found.addAll(Healer.unexplained(reading.diagnostics()));
    var within = new ArrayList<Diagnostic>();
    List<Entry> read = new EntryBuilder(file, within).declarations(reading.entries());
    int start = words.stream().mapToInt(Word::start).min().orElse(0);
    int stop = words.stream().mapToInt(Word::end).max().orElse(0);
    Collection<Diagnostic> inside =
        end < start ? List.of() : misread.subMap(start, Math.max(stop, end)).values();
    entries.addAll(read);
    diagnostics.addAll(Tears.unexplained(within, found));
    boolean told = chunk.isSecond() && !found.isEmpty();
    diagnostics.addAll(Tears.unexplained(told ? found.subList(1, found.size()) : found, inside));
    boolean named = read.stream().anyMatch(Parsing::isDeclaration);
    lost |= !read.stream().allMatch(Parsing::isDeclaration);
    boolean isBroken = !found.isEmpty();
    for (Diagnostic each : Stream.concat(inside.stream(), within.stream()).toList()) {
      if (found.isEmpty()
          && !understood.contains(each)
          && (torn.contains(each) || !Tears.leavesNothing(words, each))) {
        Optional<Span> tear = Tears.of(words, read, each);
        tear.ifPresent(unknown::add);
        isBroken |= tear.isEmpty();
      }
    }
    if (isBroken) {
      broken.add(new Span(file, start, stop));
      lost |= !named || hidesAnother(words, found);
    }
  }

  private boolean canMend(Reading reading) {
    return !reading.isClean() && !reading.isRepaired() && diagnostics.size() <= MAX_ERRORS;
  }

  /** Whether what is wrong may well be the beginning of another declaration. */
  private static boolean hidesAnother(List<Word> words, List<Diagnostic> found) {
    boolean env = words.stream().anyMatch(word -> word.type() == ServeLexer.ENV);
    long declarations =
        words.stream().filter(word -> TokenKinds.isDeclaration(word.type())).count();
    return (!env && declarations > 1)
        || found.stream().anyMatch(each -> each.code() == Code.SV0102);
  }

  private static boolean isDeclaration(Entry entry) {
    return switch (entry) {
      case Entry.Setting setting -> false;
      case Entry.Section section -> false;
      case Entry.Assertion assertion -> false;
      case Entry.Stub stub -> false;
      default -> !entry.isNameless();
    };
  }

  /** The expression of a {@code ${…}} part of a string, or a missing one. */
  static Expr hole(SourceFile file, int start, int end, List<Diagnostic> diagnostics) {
    Words lexed = Words.of(file, start, end);
    diagnostics.addAll(lexed.diagnostics());
    var span = new Span(file, start, end);
    if (lexed.words().isEmpty()) {
      diagnostics.add(Diagnostic.of(Code.SV0104, span, "between `${` and `}` a value must stand"));
      return new Expr.Missing(span);
    }
    Optional<Diagnostic> deep = tooDeep(file, lexed.words());
    if (deep.isPresent()) {
      diagnostics.add(deep.get());
      return new Expr.Missing(span);
    }
    var recovery = new Recovery(file, diagnostics);
    var parser = Reading.parser(file, Roles.assign(lexed.words()), recovery);
    return new ExprBuilder(file, diagnostics).expr(parser.hole().expr(), span);
  }

  private static Optional<Diagnostic> tooDeep(SourceFile file, List<Word> words) {
    return Nesting.tooDeep(words)
        .map(
            word ->
                Diagnostic.of(
                    Code.SV0003,
                    new Span(file, word.start(), word.end()),
                    "this is nested more than " + Nesting.MAX + " deep"));
  }

  private List<Diagnostic> bounded() {
    var sorted = diagnostics.stream().sorted(Diagnostic.ORDER).toList();
    if (sorted.size() <= MAX_ERRORS) {
      return sorted;
    }
    var kept = new ArrayList<>(sorted.subList(0, MAX_ERRORS));
    var span = sorted.get(MAX_ERRORS).span();
    kept.add(
        Diagnostic.of(
            Code.SV0004,
            span,
            "`"
                + file.path()
                + "` has more than "
                + MAX_ERRORS
                + " syntax errors, the rest is left out"));
    return kept;
  }
}
