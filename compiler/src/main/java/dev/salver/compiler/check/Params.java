package dev.salver.compiler.check;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.overlay.Leaf;
import dev.salver.compiler.overlay.Leaves;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry.Param;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.TypeRef;
import dev.salver.compiler.value.Evaluator;
import dev.salver.compiler.value.Scope;
import dev.salver.compiler.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The values of params, as the program gives them and as environments do: of the param's type, and
 * one of its list. A value put together of others is known in its environment only, and passes.
 */
public final class Params {
  private static final Path PARAMS = Path.of("params");

  private final Declarations declarations;
  private final Diagnostics diagnostics;
  private final Evaluator evaluator = new Evaluator(new Scope("", Map.of()), ignored -> {});

  private Params(Declarations declarations, Diagnostics diagnostics) {
    this.declarations = declarations;
    this.diagnostics = diagnostics;
  }

  public static void check(Declarations declarations, Diagnostics diagnostics) {
    var params = new Params(declarations, diagnostics);
    for (Param param : declarations.params().values()) {
      if (param.value() != null) {
        params.value(param, param.value());
      }
    }
    for (Resource environment : declarations.environments().values()) {
      for (Leaf leaf : Leaves.of(environment, new Diagnostics())) {
        if (leaf.path().isWithin(PARAMS) && leaf.path().keys().size() == 2) {
          params.given(leaf);
        }
      }
    }
  }

  private void given(Leaf leaf) {
    String name = leaf.path().keys().getLast();
    Param param = declarations.params().get(name);
    if (param != null) {
      value(param, leaf.value());
      return;
    }
    Span at = leaf.at();
    var diagnostic =
        Diagnostic.of(Code.SV3002, at, "there is no param `" + name + "` that this could set");
    diagnostics.add(
        Spelling.nearest(name, declarations.params().keySet())
            .filter(near -> at.text().endsWith(name))
            .map(
                near ->
                    diagnostic.fixedBy(
                        Fix.replace(new Span(at.file(), at.end() - name.length(), at.end()), near)))
            .orElse(diagnostic));
  }

  private void value(Param param, Expr expr) {
    if (!isLiteral(expr)) {
      return;
    }
    Value value = evaluator.value(expr);
    if (value instanceof Value.Broken) {
      return; // the evaluator says so where the param is used
    }
    if (!fits(param.type(), value)) {
      diagnostics.add(
          Diagnostic.of(
                  Code.SV2001,
                  expr.span(),
                  "`"
                      + param.name()
                      + "` is a `"
                      + param.type().span().text()
                      + "`, not "
                      + value.kind())
              .relating(param.name().span(), "the param is declared here"));
    } else if (param.options() instanceof Expr.ListOf options) {
      oneOf(param, options, value, expr.span());
    }
  }

  private void oneOf(Param param, Expr.ListOf options, Value value, Span at) {
    if (!options.items().stream().allMatch(Params::isLiteral)
        || options.items().stream().anyMatch(each -> evaluator.value(each).equals(value))) {
      return;
    }
    List<String> words = new ArrayList<>();
    options.items().forEach(each -> words.add(each.span().text()));
    var diagnostic =
        Diagnostic.of(
                Code.SV2004,
                at,
                "`" + param.name() + "` is one of `" + String.join("`, `", words) + "`")
            .relating(param.name().span(), "the param is declared here");
    diagnostics.add(
        Spelling.nearest(at.text(), words)
            .map(near -> diagnostic.fixedBy(Fix.replace(at, near)))
            .orElse(diagnostic));
  }

  private static boolean isLiteral(Expr expr) {
    return switch (expr) {
      case Expr.Text text -> text.parts().stream().allMatch(Expr.Part.Literal.class::isInstance);
      case Expr.Quantity quantity -> true;
      case Expr.Bool bool -> true;
      default -> false;
    };
  }

  /** Types without a literal of their own take anything. */
  private static boolean fits(TypeRef type, Value value) {
    return !(type instanceof TypeRef.Named named && named.dims().isEmpty())
        || switch (named.name().text()) {
          case "string" -> value instanceof Value.Text;
          case "bool" -> value instanceof Value.Bool;
          case "u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64", "f16", "bf16", "f32", "f64" ->
              value instanceof Value.Plain;
          default -> true;
        };
  }
}
