package dev.salver.compiler.cel;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Consumer;

/** An expression that is checked and ready to run, any number of times. */
public final class Formula {
  /** Characters of an expression in the source. */
  static final int MAX_SOURCE = 4_000;

  private static final int MAX_PARTS = 24;

  private final Expr expr;
  private final Shape shape;
  private final Names names;
  private final Variables variables;
  private final Machine.Code code;
  private final List<Piece> parts;

  private Formula(
      Expr expr,
      Shape shape,
      Names names,
      Variables variables,
      Machine.Code code,
      List<Piece> parts) {
    this.expr = expr;
    this.shape = shape;
    this.names = names;
    this.variables = variables;
    this.code = code;
    this.parts = parts;
  }

  /** An expression of any shape; empty where something is wrong with it, which is reported. */
  public static Optional<Formula> of(Expr expr, Names names, Consumer<Diagnostic> diagnostics) {
    return of(expr, names, Extent.ALL, diagnostics);
  }

  /**
   * @param extent of how much of a range its comparisons must hold
   */
  public static Optional<Formula> of(
      Expr expr, Names names, Extent extent, Consumer<Diagnostic> diagnostics) {
    return of(expr, names, extent, diagnostics, false);
  }

  /** An expression that is true or false. */
  public static Optional<Formula> condition(
      Expr expr, Names names, Consumer<Diagnostic> diagnostics) {
    return of(expr, names, Extent.ALL, diagnostics, true);
  }

  /**
   * What an expression is worth, as far as that is known without running it; empty where something
   * is wrong with it, which is reported. It loads nothing of what runs expressions, so that {@link
   * #of} may still refuse one that this lets pass.
   */
  public static Optional<Shape> shape(Expr expr, Names names, Consumer<Diagnostic> diagnostics) {
    var variables = new Variables();
    return translated(expr, names, Extent.ALL, variables, diagnostics, false)
        .map(translated -> translated.piece().shape());
  }

  /** An expression as CEL, and what was worked out on the way. */
  private record Translated(Piece piece, Translator translator) {}

  private static Optional<Translated> translated(
      Expr expr,
      Names names,
      Extent extent,
      Variables variables,
      Consumer<Diagnostic> diagnostics,
      boolean isCondition) {
    if (isTooLong(expr)) {
      diagnostics.accept(tooLarge(expr));
      return Optional.empty();
    }
    var found = new Diagnostics();
    var translator = new Translator(names, variables, extent, found::add);
    Piece piece = closed(isCondition ? translator.condition(expr) : translator.value(expr));
    if (variables.isFull()) {
      diagnostics.accept(tooLarge(expr));
      return Optional.empty();
    }
    found.sorted().forEach(diagnostics);
    return piece.isBroken() || found.hasErrors()
        ? Optional.empty()
        : Optional.of(new Translated(piece, translator));
  }

  private static Optional<Formula> of(
      Expr expr,
      Names names,
      Extent extent,
      Consumer<Diagnostic> diagnostics,
      boolean isCondition) {
    var variables = new Variables();
    Optional<Translated> translated =
        translated(expr, names, extent, variables, diagnostics, isCondition);
    if (translated.isEmpty()) {
      return Optional.empty();
    }
    Piece piece = translated.get().piece();
    var parts = translated.get().translator().traced().values().stream().limit(MAX_PARTS).toList();
    return switch (Machine.compile(piece, variables.size())) {
      case Machine.Code code ->
          Optional.of(new Formula(expr, piece.shape(), names, variables, code, parts));
      case Machine.Refused(String why) -> {
        diagnostics.accept(Diagnostic.of(Code.SV6007, expr.span(), why));
        yield Optional.empty();
      }
      case Machine.TooDeep tooDeep -> {
        diagnostics.accept(tooLarge(expr));
        yield Optional.empty();
      }
    };
  }

  /**
   * A condition as CEL for somewhere else; empty where something cannot be said there. Nothing is
   * reported: that is done by {@link #condition}.
   */
  public static Optional<String> written(Expr expr, Names names, Extent extent, Dialect dialect) {
    if (isTooLong(expr)) {
      return Optional.empty();
    }
    Piece piece = new Translator(names, dialect, extent, ignored -> {}).condition(expr);
    return piece.isBroken() ? Optional.empty() : Optional.of(piece.text());
  }

  /** A text as CEL for somewhere else, with all that must be set for it. */
  public static Optional<Dialect.Read> writtenText(Expr expr, Names names, Dialect dialect) {
    if (isTooLong(expr)) {
      return Optional.empty();
    }
    Piece piece = new Translator(names, dialect, Extent.ALL, ignored -> {}).value(expr);
    return piece.isBroken()
        ? Optional.empty()
        : Optional.of(new Dialect.Read(piece.text(), piece.guard()));
  }

  public Names names() {
    return names;
  }

  public Expr expr() {
    return expr;
  }

  public Shape shape() {
    return shape;
  }

  /** The paths that it reads, the variable first. */
  public SequencedSet<List<String>> reads() {
    return variables.paths();
  }

  /**
   * @param values of the variables by name, in the form that {@link Shape} says; what is not set is
   *     not there
   */
  public Evaluation run(Map<String, Object> values) {
    var activation = variables.values(values);
    var functions = new Functions(names);
    activation.put(Machine.FUNCTIONS, functions);
    return new Evaluation(code.run(activation), () -> parts(activation));
  }

  private List<SubValue> parts(Map<String, Object> activation) {
    var values = new ArrayList<SubValue>();
    for (Piece part : parts) {
      if (Machine.compile(closed(part), variables.size()) instanceof Machine.Code run) {
        values.add(Shown.part(part, run.run(activation)));
      }
    }
    return values;
  }

  /** A condition is never unset, but false. */
  private static Piece closed(Piece piece) {
    return piece.shape() == Shape.Scalar.BOOL ? piece.closed() : piece;
  }

  private static boolean isTooLong(Expr expr) {
    return expr.span().end() - expr.span().start() > MAX_SOURCE;
  }

  private static Diagnostic tooLarge(Expr expr) {
    return Diagnostic.of(Code.SV6009, expr.span(), "this expression is too large to be worked out");
  }
}
