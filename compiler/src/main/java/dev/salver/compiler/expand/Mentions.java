package dev.salver.compiler.expand;

import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Name;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Where a text names something. What has been put in its place already keeps the span of the use,
 * so the text decides, and not what stands there by now.
 */
final class Mentions extends Rewriter {
  private final SortedSet<Span> found = new TreeSet<>();
  private final String name;

  private Mentions(String name) {
    this.name = name;
  }

  /**
   * @param walk takes the rewriter through the part of the program that is meant
   */
  static SortedSet<Span> of(String name, Consumer<Rewriter> walk) {
    var mentions = new Mentions(name);
    walk.accept(mentions);
    return mentions.found;
  }

  @Override
  Expr expr(Expr expr) {
    at(expr.span());
    return super.expr(expr);
  }

  @Override
  Entry graph(Entry.Graph graph) {
    graph.parameters().forEach(each -> at(each.name().span()));
    return super.graph(graph);
  }

  @Override
  Name runtime(Name written) {
    return at(written);
  }

  @Override
  Name parent(Name written) {
    return at(written);
  }

  @Override
  Name typeName(Name written) {
    return at(written);
  }

  @Override
  Name dim(Name written) {
    return at(written);
  }

  private Name at(Name written) {
    at(written.span());
    return written;
  }

  /** The name itself, or what is picked out of it: {@code it.size}. */
  private void at(Span span) {
    String text = span.text();
    if (text.strip().equals(name) || text.startsWith(name + ".")) {
      int start = span.start() + text.indexOf(name);
      found.add(new Span(span.file(), start, start + name.length()));
    }
  }
}
