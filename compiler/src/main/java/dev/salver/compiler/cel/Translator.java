package dev.salver.compiler.cel;

import dev.salver.compiler.cel.Shape.Scalar;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.value.Evaluator;
import dev.salver.compiler.value.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Expressions into CEL. A comparison, and any other condition, is guarded by whether all that it
 * reads is set, and is false where it is not.
 */
final class Translator {
  /** Of CEL text; what nests conditions within operands of conditions would double otherwise. */
  private static final int MAX_TEXT = 20_000;

  private static final int MAX_DEPTH = 60;
  private static final int MAX_MACROS = 12;

  private final Names names;
  private final Dialect dialect;
  private final Consumer<Diagnostic> diagnostics;
  private final Evaluator literals;
  private final Operators operators;
  private final Calls calls = new Calls(this);
  private final Map<String, Shape> bound = new HashMap<>();
  private final Map<Expr, Piece> traced = new LinkedHashMap<>();
  private boolean full;
  private int depth;
  private int macros;

  Translator(Names names, Dialect dialect, Extent extent, Consumer<Diagnostic> diagnostics) {
    this.operators = new Operators(this, extent);
    this.names = names;
    this.dialect = dialect;
    this.diagnostics = diagnostics;
    this.literals = new Evaluator(new Scope("", Map.of()), diagnostics);
  }

  Names names() {
    return names;
  }

  Dialect dialect() {
    return dialect;
  }

  /** The parts that have a value of their own, in the order in which they were worked out. */
  Map<Expr, Piece> traced() {
    return traced;
  }

  /** A piece whose text is CEL, whatever it is worth. */
  Piece value(Expr expr) {
    return use(piece(expr, null));
  }

  /** A condition; false where what it reads is not set. */
  Piece condition(Expr expr) {
    Piece piece = value(expr);
    if (piece.isBroken()) {
      return piece;
    }
    if (piece.shape() != Scalar.BOOL && !(piece.shape() instanceof Shape.Any)) {
      return problem(
          expr, "`" + shown(expr) + "` is " + piece.shape().kind() + ", not `true` or `false`");
    }
    return piece.closed();
  }

  /**
   * @param hint what the other side of a comparison is, so that a word may stand for itself
   */
  Piece piece(Expr expr, @Nullable Shape hint) {
    if (depth >= MAX_DEPTH) {
      return tooLarge(expr);
    }
    depth++;
    Piece piece = translated(expr, hint);
    depth--;
    return piece.text().length() > MAX_TEXT ? tooLarge(expr) : piece;
  }

  private Piece translated(Expr expr, @Nullable Shape hint) {
    return switch (expr) {
      case Expr.Quantity quantity -> Literals.of(quantity, literals.value(quantity));
      case Expr.Bool bool -> Piece.of(expr, Boolean.toString(bool.value()), Scalar.BOOL);
      case Expr.Text text -> text(text);
      case Expr.Word word -> word(word, hint);
      case Expr.ListOf list -> list(list, hint);
      case Expr.MapOf map -> calls.map(map);
      case Expr.Member member -> member(member);
      case Expr.Call call -> calls.call(call);
      case Expr.Index index -> calls.index(index);
      case Expr.Unary unary -> operators.unary(unary);
      case Expr.Binary binary -> operators.binary(binary);
      case Expr.Conditional conditional -> operators.conditional(conditional);
      case Expr.Missing missing -> Piece.broken(missing);
      case Expr.Open open -> problem(open, "`?` is no value that could be compared");
      case Expr.Unset unset ->
          problem(unset, "`unset` is no value; `has(…)` says whether something is set");
    };
  }

  private Piece tooLarge(Expr expr) {
    if (!full) {
      full = true;
      diagnostics.accept(
          Diagnostic.of(Code.SV6009, expr.span(), "this expression is too large to be worked out"));
    }
    return Piece.broken(expr);
  }

  /** Reads a path; other pieces are what they are. */
  Piece use(Piece piece) {
    if (!piece.isPath() || piece.isBroken()) {
      return piece;
    }
    if (piece.shape() instanceof Shape.Fields fields) {
      return problem(
          piece.from(),
          "`" + shown(piece.from()) + "` is a section, of " + some(fields.fields().keySet()));
    }
    if (piece.shape() instanceof Shape.RangeOf) {
      return problem(
          piece.from(),
          Diagnostic.of(
                  Code.SV6007,
                  piece.from().span(),
                  "`" + shown(piece.from()) + "` is a range, take its `min` or `max`")
              .offering(Meant.ends(piece.from())));
    }
    return trace(
        dialect
            .read(piece.path(), piece.shape())
            .map(
                read -> Piece.of(piece.from(), read.value(), piece.shape()).guardedBy(read.guard()))
            .orElseGet(() -> Piece.broken(piece.from())));
  }

  Piece trace(Piece piece) {
    if (bound.isEmpty() && !piece.isBroken()) {
      traced.put(piece.from(), piece);
    }
    return piece;
  }

  private Piece text(Expr.Text text) {
    var parts = new ArrayList<Piece>();
    var out = new ArrayList<String>();
    boolean broken = false;
    for (Expr.Part part : text.parts()) {
      switch (part) {
        case Expr.Part.Literal literal -> out.add(Literals.quoted(literal.text()));
        case Expr.Part.Hole hole -> {
          Piece value = value(hole.expr());
          parts.add(value);
          out.add(calls.asText(value).orElse(""));
          broken |= calls.asText(value).isEmpty();
        }
      }
    }
    String joined =
        out.isEmpty() ? "\"\"" : out.size() == 1 ? out.getFirst() : "(" + plus(out) + ")";
    return broken
        ? Piece.broken(text)
        : Piece.of(text, joined, Scalar.TEXT, parts.toArray(new Piece[0]));
  }

  private static String plus(List<String> parts) {
    return String.join(" + ", parts);
  }

  private Piece word(Expr.Word word, @Nullable Shape hint) {
    Shape variable = bound.get(word.text());
    if (variable != null) {
      return Piece.of(word, Calls.variable(word.text()), variable);
    }
    Shape shape = names.variables().get(word.text());
    if (shape != null) {
      return Piece.path(word, List.of(word.text()), shape);
    }
    if (hint instanceof Shape.Words(List<String> words)) {
      if (!words.isEmpty() && !words.contains(word.text())) {
        return unknown(word, word.span(), "there is no `" + word.text() + "` here", words);
      }
      return Piece.of(word, Literals.quoted(word.text()), hint);
    }
    var known = new ArrayList<>(names.variables().keySet());
    known.addAll(bound.keySet());
    return unknown(word, word.span(), "there is no `" + word.text() + "` here", known);
  }

  boolean isName(Expr expr) {
    return expr instanceof Expr.Word word
        && !bound.containsKey(word.text())
        && !names.variables().containsKey(word.text());
  }

  private Piece list(Expr.ListOf list, @Nullable Shape hint) {
    var parts = new ArrayList<Piece>();
    for (Expr item : list.items()) {
      parts.add(use(piece(item, hint)));
    }
    Shape shape = parts.isEmpty() ? Shape.ANY : parts.getFirst().shape();
    for (Piece part : parts) {
      shape = part.shape().equals(shape) ? shape : Shape.ANY;
    }
    String text = String.join(", ", parts.stream().map(Piece::text).toList());
    return Piece.of(list, "[" + text + "]", new Shape.ListOf(shape), parts.toArray(new Piece[0]));
  }

  private Piece member(Expr.Member member) {
    return below(member, piece(member.target(), null), member.name());
  }

  /** What stands under a key of a value. */
  Piece below(Expr from, Piece target, Name name) {
    if (target.isBroken()) {
      return Piece.broken(from);
    }
    String key = name.text();
    Shape shape =
        switch (target.shape()) {
          case Shape.Fields fields -> fields.fields().get(key);
          case Shape.RangeOf range -> key.equals("min") || key.equals("max") ? range.end() : null;
          case Shape.MapOf map -> map.value();
          case Shape.Any any -> any;
          default -> null;
        };
    if (shape == null) {
      Collection<String> known =
          switch (target.shape()) {
            case Shape.Fields fields -> fields.fields().keySet();
            case Shape.RangeOf range -> List.of("min", "max");
            default -> List.of();
          };
      String whole = shown(target.from());
      return unknown(
          from,
          name.span(),
          known.isEmpty()
              ? "`" + whole + "` is " + target.shape().kind() + " and has no `" + key + "`"
              : "`" + whole + "` has no `" + key + "`, but " + some(known),
          known);
    }
    if (target.isPath() && !(target.shape() instanceof Shape.Any)) {
      var longer = new ArrayList<>(target.path());
      longer.add(key);
      return Piece.path(from, longer, shape);
    }
    return calls.at(from, use(target), Literals.quoted(key), shape);
  }

  /** Makes a word stand for each item of a list while a macro's body is translated. */
  Piece within(Name word, Shape item, Expr body, boolean isCondition) {
    if (++macros > MAX_MACROS) {
      return tooLarge(body);
    }
    Shape outer = bound.put(word.text(), item);
    Piece piece = isCondition ? condition(body) : value(body);
    if (outer == null) {
      bound.remove(word.text());
    } else {
      bound.put(word.text(), outer);
    }
    return piece;
  }

  Piece problem(Expr from, String message) {
    diagnostics.accept(Diagnostic.of(Code.SV6007, from.span(), message));
    return Piece.broken(from);
  }

  Piece problem(Expr from, Diagnostic diagnostic) {
    diagnostics.accept(diagnostic);
    return Piece.broken(from);
  }

  private Piece unknown(Expr from, Span at, String message, Collection<String> known) {
    var diagnostic = Diagnostic.of(Code.SV6006, at, message);
    return problem(
        from,
        Spelling.nearest(at.text(), known)
            .map(near -> diagnostic.fixedBy(Fix.replace(at, near)))
            .orElse(diagnostic));
  }

  /** The first few of many names, in backquotes. */
  static String some(Collection<String> names) {
    int many = 8;
    String first =
        String.join(", ", names.stream().limit(many).map(each -> "`" + each + "`").toList());
    return names.size() > many ? first + " …" : first;
  }

  static String shown(Expr expr) {
    String text = expr.span().text().strip().replaceAll("\\s+", " ");
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }
}
