package dev.salver.compiler.format;

import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Annotation;
import dev.salver.compiler.syntax.Block;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.SourceUnit;
import dev.salver.compiler.syntax.Token;
import dev.salver.compiler.syntax.TypeRef;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the tree knows of the pieces and the layout needs. */
final class Marks {
  private final Pieces pieces;
  private final BitSet items = new BitSet();
  private final BitSet ownLine = new BitSet();
  private final BitSet bodies = new BitSet();
  private final BitSet flows = new BitSet();
  private final BitSet clauses = new BitSet();
  private final BitSet signatures = new BitSet();
  private final String[] columns;
  private final int[] columnItems;

  private Marks(Pieces pieces) {
    this.pieces = pieces;
    this.columns = new String[pieces.size()];
    this.columnItems = new int[pieces.size()];
  }

  static Marks of(SourceUnit unit, Pieces pieces) {
    var marks = new Marks(pieces);
    marks.entries(unit.entries());
    marks.items.set(pieces.last());
    return marks;
  }

  /** Whether an item of what encloses it starts here. */
  boolean isItem(int piece) {
    return items.get(piece);
  }

  void item(int piece) {
    items.set(piece);
  }

  /** Whether it starts a line whatever is around it: a declaration behind its annotations. */
  boolean hasOwnLine(int piece) {
    return ownLine.get(piece);
  }

  /** Whether it opens the body of a declaration, which is indented by the declaration's line. */
  boolean isBody(int piece) {
    return bodies.get(piece);
  }

  /** Whether the flow of a {@code graph … =} starts here. */
  boolean isFlow(int piece) {
    return flows.get(piece);
  }

  /** Whether it begins a clause of a header. */
  boolean isClause(int piece) {
    return clauses.get(piece);
  }

  /** Whether it opens the inputs of a graph, and so touches the name. */
  boolean isSignature(int piece) {
    return signatures.get(piece);
  }

  /** Which column of neighbouring lines starts here, or null. */
  @Nullable String column(int piece) {
    return columns[piece];
  }

  /** The piece that starts the item whose column this is. */
  int columnItem(int piece) {
    return columnItems[piece];
  }

  void start(Span span) {
    int piece = pieces.startingAt(span.start());
    if (piece >= 0) {
      items.set(piece);
    }
  }

  void column(int piece, int item, String kind) {
    if (piece < pieces.last()) {
      columns[piece] = kind;
      columnItems[piece] = item;
    }
  }

  /** The next piece with a text, from an offset on; brackets on the way are passed over. */
  int next(String text, int from) {
    int depth = 0;
    for (int i = from; i < pieces.last(); i++) {
      Piece piece = pieces.at(i);
      if (depth == 0 && piece.kind() != Token.Kind.STRING && piece.is(text)) {
        return i;
      }
      depth += piece.isOpener() ? 1 : piece.isCloser() ? -1 : 0;
      if (depth < 0) {
        break;
      }
    }
    return pieces.last();
  }

  int from(int offset) {
    return pieces.from(offset);
  }

  void block(@Nullable Block block) {
    if (block != null) {
      entries(block.entries());
    }
  }

  private void entries(List<Entry> entries) {
    entries.forEach(this::entry);
  }

  private void entry(Entry entry) {
    int first = pieces.startingAt(entry.span().start());
    if (first < 0) {
      return;
    }
    items.set(first);
    var values = new ValueMarks(this);
    switch (entry) {
      case Entry.Resource resource -> resource(resource, first, values);
      case Entry.TypeDecl decl -> {
        int start = declaration(decl.annotations(), first, values);
        column(next("=", start), start, "type");
        values.type(decl.type());
      }
      case Entry.Param param -> {
        declaration(param.annotations(), first, values);
        values.type(param.type());
        values.expr(param.options());
        values.expr(param.value());
      }
      case Entry.Graph graph -> graph(graph, first, values);
      case Entry.ForEach each -> {
        values.expr(each.list());
        bodies.set(from(each.block().span().start()));
        block(each.block());
      }
      case Entry.Import imported -> {
        if (!imported.isWhole()) {
          imported.names().forEach(name -> start(name.span()));
        }
      }
      case Entry.Setting setting -> {
        column(next("=", first), first, "setting");
        values.expr(setting.value());
      }
      case Entry.Section section -> {
        column(from(section.block().span().start()), first, "setting");
        block(section.block());
      }
      case Entry.Assertion assertion -> {
        column(first + 1, first, "assertion");
        values.expr(assertion.expr());
        if (assertion.otherwise() != null) {
          column(next("else", first + 1), first, "else");
          values.expr(assertion.otherwise());
        }
      }
      case Entry.Stub stub -> block(stub.block());
    }
  }

  /** Marks what is before a declaration's keyword; its index. */
  private int declaration(List<Annotation> annotations, int first, ValueMarks values) {
    int start = first;
    for (Annotation annotation : annotations) {
      values.arguments(annotation.arguments());
      start = from(annotation.span().end());
      ownLine.set(start);
    }
    return start;
  }

  private void resource(Entry.Resource resource, int first, ValueMarks values) {
    int start = declaration(resource.annotations(), first, values);
    values.expr(resource.index());
    values.type(resource.type());
    values.expr(resource.from());
    values.expr(resource.where());
    Headers.clauses(pieces, start, resource).forEach(clauses::set);
    if (resource.block() != null) {
      bodies.set(from(resource.block().span().start()));
      block(resource.block());
    }
  }

  private void graph(Entry.Graph graph, int first, ValueMarks values) {
    declaration(graph.annotations(), first, values);
    for (Entry.Parameter parameter : graph.parameters()) {
      start(parameter.name().span());
      values.type(parameter.type());
      values.expr(parameter.value());
    }
    if (graph.signature() instanceof TypeRef.Function function) {
      signatures.set(from(function.span().start()));
    }
    values.type(graph.signature());
    if (graph.settings() != null) {
      int opener = from(graph.settings().span().start());
      clauses.set(opener - 1);
      block(graph.settings());
    }
    if (graph.steps().isEmpty()) {
      return;
    }
    int before = from(graph.steps().getFirst().span().start()) - 1;
    if (pieces.at(before).isPunctuation("=")) {
      flows.set(before + 1);
      values.flow(graph.steps().getFirst().flow());
      return;
    }
    bodies.set(before);
    for (Entry.Step step : graph.steps()) {
      int start = from(step.span().start());
      items.set(start);
      if (step.name() != null) {
        column(start + 1, start, "setting");
      }
      values.flow(step.flow());
    }
  }
}
