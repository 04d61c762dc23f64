package dev.salver.compiler.format;

import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Parsing;
import dev.salver.compiler.syntax.SourceUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Puts the clauses of headers in their order: {@code on}, {@code from}, {@code extends}, {@code
 * where}. A header with comments keeps its own.
 */
final class Headers {
  private static final List<String> ORDER = List.of("on", "from", "extends", "where");

  private Headers() {}

  /** A unit of the reordered text; empty where nothing is out of order. */
  static Optional<SourceUnit> reordered(SourceUnit unit, Pieces pieces) {
    var swaps = new ArrayList<Swap>();
    var open = new ArrayList<List<Entry>>(List.of(unit.entries()));
    while (!open.isEmpty()) {
      for (Entry entry : open.removeLast()) {
        switch (entry) {
          case Entry.Resource resource -> {
            open.add(resource.body());
            if (clauseCount(resource) > 1) {
              swap(pieces, resource, swaps);
            }
          }
          case Entry.ForEach each -> open.add(each.block().entries());
          default -> {}
        }
      }
    }
    return swaps.isEmpty() ? Optional.empty() : Optional.of(reordered(unit.file(), swaps));
  }

  /** Where the clauses of a header begin, as indexes of pieces in the order of the text. */
  static List<Integer> clauses(Pieces pieces, int start, Entry.Resource resource) {
    int end = end(pieces, resource);
    var found = new ArrayList<Integer>();
    int depth = 0;
    for (int i = start + 1; i < end; i++) {
      Piece piece = pieces.at(i);
      depth += piece.isOpener() ? 1 : piece.isCloser() ? -1 : 0;
      if (depth == 0
          && piece.isKeyword()
          && ORDER.contains(piece.text())
          && !pieces.at(i - 1).is(".")) {
        found.add(i);
      }
    }
    return found;
  }

  private static int end(Pieces pieces, Entry.Resource resource) {
    return resource.block() == null
        ? pieces.from(resource.span().end())
        : pieces.from(resource.block().span().start());
  }

  private static int clauseCount(Entry.Resource resource) {
    return (resource.on() == null ? 0 : 1)
        + (resource.from() == null ? 0 : 1)
        + (resource.parent() == null ? 0 : 1)
        + (resource.where() == null ? 0 : 1);
  }

  /** A piece of text that becomes another. */
  private record Swap(int start, int end, String text) {}

  private static void swap(Pieces pieces, Entry.Resource resource, List<Swap> swaps) {
    int start =
        resource.annotations().isEmpty()
            ? pieces.from(resource.span().start())
            : pieces.from(resource.annotations().getLast().span().end());
    List<Integer> clauses = clauses(pieces, start, resource);
    var ranks = clauses.stream().map(at -> ORDER.indexOf(pieces.at(at).text())).toList();
    int end = end(pieces, resource);
    boolean commented =
        IntStream.rangeClosed(start + 1, Math.min(end, pieces.last()))
            .anyMatch(
                i ->
                    (i < end || resource.block() != null)
                        && !pieces.at(i).gap().remarks().isEmpty());
    if (ranks.stream().sorted().toList().equals(ranks) || commented) {
      return;
    }
    var texts = new ArrayList<String>();
    for (int k = 0; k < clauses.size(); k++) {
      texts.add(clause(pieces, clauses.get(k), k + 1 < clauses.size() ? clauses.get(k + 1) : end));
    }
    var order =
        IntStream.range(0, texts.size())
            .boxed()
            .sorted(Comparator.comparing(ranks::get))
            .map(texts::get)
            .toList();
    Piece last = pieces.at(end - 1);
    swaps.add(
        new Swap(
            pieces.at(clauses.getFirst()).start(),
            last.start() + last.text().length(),
            String.join("", order).strip()));
  }

  /** With a line before it where it had one. */
  private static String clause(Pieces pieces, int from, int until) {
    var out = new StringBuilder(pieces.at(from).gap().hasNewline() ? "\n" : " ");
    for (int i = from; i < until; i++) {
      Piece piece = pieces.at(i);
      String space = i == from || piece.touches() ? "" : piece.gap().hasNewline() ? "\n" : " ";
      out.append(piece.afterComma() ? ", " : space).append(piece.text());
    }
    return out.toString();
  }

  private static SourceUnit reordered(SourceFile file, List<Swap> swaps) {
    swaps.sort(Comparator.comparingInt(Swap::start));
    String text = file.text();
    var out = new StringBuilder();
    int at = 0;
    for (Swap swap : swaps) {
      out.append(text, at, swap.start()).append(swap.text());
      at = swap.end();
    }
    return Parsing.parse(SourceFile.of(file.path(), out.append(text.substring(at)).toString()));
  }
}
