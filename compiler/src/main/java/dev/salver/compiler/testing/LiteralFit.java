package dev.salver.compiler.testing;

import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.type.Dim;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Fit;
import dev.salver.compiler.type.Type;
import dev.salver.compiler.value.Evaluator;
import dev.salver.compiler.value.Scope;
import dev.salver.compiler.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a value that is written out fits the type that is asked for. A plain value stands for a
 * tensor of one element; what is not written out is looked at when the test runs.
 */
final class LiteralFit {
  /**
   * @param at the part that does not fit
   * @param reason in a few words
   */
  record Problem(Span at, String reason) {}

  private static final Evaluator LITERALS = new Evaluator(new Scope("", Map.of()), ignored -> {});

  private final Fit fit;

  /**
   * @param fit of the call, so that a symbol means one size in all of it
   */
  LiteralFit(Fit fit) {
    this.fit = fit;
  }

  Optional<Problem> problem(Expr expr, Type type) {
    return switch (type) {
      case Type.Tensor tensor -> tensor(expr, tensor);
      case Type.Fields record when expr instanceof Expr.MapOf map -> fields(map, record);
      default -> Optional.empty();
    };
  }

  private Optional<Problem> fields(Expr.MapOf map, Type.Fields record) {
    for (Entry entry : map.block().entries()) {
      if (entry instanceof Entry.Setting setting && setting.path().size() == 1) {
        Type type = record.fields().get(setting.path().getFirst().text());
        if (type == null) {
          return Optional.of(
              new Problem(setting.path().getFirst().span(), "there is no such field"));
        }
        Optional<Problem> problem = problem(setting.value(), type);
        if (problem.isPresent()) {
          return problem;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Problem> tensor(Expr expr, Type.Tensor wanted) {
    List<Long> sizes = sizes(expr);
    Optional<Problem> inside = items(expr, sizes, 0, wanted.element());
    if (inside.isPresent()) {
      return inside;
    }
    boolean plain = sizes.isEmpty();
    boolean known = !plain || isLiteral(expr);
    if (!known || (plain && holdsOne(wanted))) {
      return Optional.empty();
    }
    List<Dim> dims = new ArrayList<>();
    sizes.forEach(size -> dims.add(new Dim.Size(size)));
    return plain
        ? Optional.of(new Problem(expr.span(), "one value is no " + wanted))
        : fit.problem(new Type.Tensor(wanted.element(), dims), wanted)
            .map(reason -> new Problem(expr.span(), reason));
  }

  /** Of the first list of each depth. */
  private static List<Long> sizes(Expr expr) {
    var sizes = new ArrayList<Long>();
    Expr at = expr;
    while (at instanceof Expr.ListOf list) {
      sizes.add((long) list.items().size());
      if (list.items().isEmpty()) {
        break;
      }
      at = list.items().getFirst();
    }
    return sizes;
  }

  /** Whether a tensor may have one element. */
  static boolean holdsOne(Type.Tensor tensor) {
    return tensor.dims().stream()
        .allMatch(dim -> !(dim instanceof Dim.Size(long size)) || size == 1);
  }

  private Optional<Problem> items(Expr expr, List<Long> sizes, int depth, Element element) {
    if (!(expr instanceof Expr.ListOf list)) {
      return depth < sizes.size() && isLiteral(expr)
          ? Optional.of(new Problem(expr.span(), "a value among lists"))
          : leaf(expr, element);
    }
    if (depth >= sizes.size()) {
      return Optional.of(new Problem(expr.span(), "a list among values"));
    }
    if (list.items().size() != sizes.get(depth)) {
      return Optional.of(
          new Problem(
              expr.span(),
              "a list of " + list.items().size() + " beside one of " + sizes.get(depth)));
    }
    for (Expr item : list.items()) {
      Optional<Problem> problem = items(item, sizes, depth + 1, element);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static boolean isLiteral(Expr expr) {
    return switch (expr) {
      case Expr.Quantity literal -> true;
      case Expr.Bool literal -> true;
      case Expr.Text literal -> true;
      case Expr.Unary unary -> unary.operand() instanceof Expr.Quantity;
      default -> false;
    };
  }

  private static Optional<Problem> leaf(Expr expr, Element element) {
    if (!isLiteral(expr)) {
      return Optional.empty();
    }
    boolean fits =
        switch (element) {
          case BOOL -> expr instanceof Expr.Bool;
          case STRING, BYTES -> expr instanceof Expr.Text;
          default ->
              LITERALS.value(expr) instanceof Value.Plain number
                  && Numbers.fits(number.value(), element);
        };
    return fits
        ? Optional.empty()
        : Optional.of(new Problem(expr.span(), "`" + shown(expr) + "` is no " + element.word()));
  }

  private static String shown(Expr expr) {
    String text = expr.span().text().strip();
    return text.length() > 30 ? text.substring(0, 29) + "…" : text;
  }

  /** What a number type holds. */
  static final class Numbers {
    private Numbers() {}

    static boolean fits(BigDecimal number, Element element) {
      return switch (element) {
        case F16, BF16, F32, F64 -> true;
        case U8 -> whole(number, 8, false);
        case U16 -> whole(number, 16, false);
        case U32 -> whole(number, 32, false);
        case U64 -> whole(number, 64, false);
        case I8 -> whole(number, 8, true);
        case I16 -> whole(number, 16, true);
        case I32 -> whole(number, 32, true);
        case I64 -> whole(number, 64, true);
        case BOOL, STRING, BYTES -> false;
      };
    }

    private static boolean whole(BigDecimal number, int bits, boolean signed) {
      BigDecimal end = BigDecimal.TWO.pow(signed ? bits - 1 : bits);
      return number.stripTrailingZeros().scale() <= 0
          && number.compareTo(end) < 0
          && number.compareTo(signed ? end.negate() : BigDecimal.ZERO) >= 0;
    }
  }
}
