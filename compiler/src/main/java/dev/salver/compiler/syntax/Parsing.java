package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Mending.Budget;
import dev.salver.dsl.ServeLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** From a file's text to its tree; always answers, whatever the text is. */
public final class Parsing {
  private static final int MAX_ERRORS = 50;

  private final SourceFile file;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<Span> broken = new ArrayList<>();
  private final NavigableSet<Integer> misread = new TreeSet<>();
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
    for (Diagnostic each : lexed.diagnostics()) {
      misread.add(each.span().start());
      lost |= each.code() == Code.SV0107;
    }
    for (List<Word> chunk : Chunks.of(file, lexed.words())) {
      chunk(chunk, budget);
    }

    var damage = new Damage(broken, lost);
    return new SourceUnit(file, lexed.all(), entries, bounded(), damage);
  }

  private void chunk(List<Word> words, Budget budget) {
    var span = new Span(file, words.getFirst().start(), words.getLast().end());
    Optional<Diagnostic> deep = tooDeep(file, words);
    if (deep.isPresent()) {
      diagnostics.add(deep.get());
      lost = true;
      return;
    }
    Reading reading = Reading.of(file, words);
    List<Diagnostic> found = reading.diagnostics();
    if (!reading.isClean() && !reading.isRepaired() && diagnostics.size() <= MAX_ERRORS) {
      var change = Mending.of(file, words, reading, budget);
      if (change != null) {
        reading = Reading.of(file, change.words());
        found = List.of(change.diagnostic());
      }
    }
    var within = new ArrayList<Diagnostic>();
    List<Entry> read = new EntryBuilder(file, within).entries(reading.entries());
    entries.addAll(read);
    diagnostics.addAll(found);
    diagnostics.addAll(within);
    boolean named = read.stream().anyMatch(Parsing::isDeclaration);
    lost |= !read.stream().allMatch(Parsing::isDeclaration);
    boolean isMisread = !misread.subSet(span.start(), true, span.end(), true).isEmpty();
    if (!found.isEmpty() || !within.isEmpty() || isMisread) {
      broken.add(span);
      lost |= !named || hidesAnother(words, found);
    }
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
      default -> true;
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
