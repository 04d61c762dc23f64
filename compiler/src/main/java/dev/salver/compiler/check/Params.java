package dev.salver.compiler.check;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.overlay.Environment;
import dev.salver.compiler.overlay.Leaf;
import dev.salver.compiler.overlay.Leaves;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.overlay.Scopes;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry.Param;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.value.Comparison;
import dev.salver.compiler.value.Evaluator;
import dev.salver.compiler.value.Scope;
import dev.salver.compiler.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The values of params, as the program gives them and as environments do: of the param's type, and
 * one of its list. Literals are checked as they stand, values put together of others in each
 * environment.
 */
public final class Params {
  private static final Path PARAMS = Path.of("params");

  private final Declarations declarations;
  private final Diagnostics diagnostics;
  private final ParamTypes types;
  private final Evaluator evaluator;

  private Params(Declarations declarations, Scope scope, Diagnostics diagnostics) {
    this.declarations = declarations;
    this.diagnostics = diagnostics;
    this.types = new ParamTypes(declarations);
    this.evaluator = new Evaluator(scope, diagnostics::add);
  }

  /** Outside of every environment; a param whose value is not of its type has none. */
  static Scope scope(Declarations declarations) {
    Scope scope = Scopes.of(declarations);
    return scope.without(new Params(declarations, scope, new Diagnostics()).wrong(scope));
  }

  /** The environments as they are; there too, a param whose value is not of its type has none. */
  public static List<Environment> check(
      Declarations declarations, Collection<Environment> environments, Diagnostics diagnostics) {
    var program = new Params(declarations, Scopes.of(declarations), diagnostics);
    var sound = new ArrayList<Environment>();
    for (Param param : declarations.params().values()) {
      program.options(param);
      if (param.value() != null && isLiteral(param.value())) {
        program.value(param, param.value());
      }
    }
    for (Resource environment : declarations.environments().values()) {
      for (Leaf leaf : given(environment)) {
        program.given(leaf);
      }
    }
    for (Environment environment : environments) {
      var own = new Params(declarations, environment.scope(), diagnostics);
      environment
          .scope()
          .params()
          .forEach(
              (name, value) -> {
                Param param = declarations.params().get(name);
                if (param != null && !isLiteral(value)) {
                  own.value(param, value);
                }
              });
      var quiet = new Params(declarations, environment.scope(), new Diagnostics());
      sound.add(environment.in(environment.scope().without(quiet.wrong(environment.scope()))));
    }
    return sound;
  }

  private Set<String> wrong(Scope scope) {
    var wrong = new HashSet<String>();
    scope
        .params()
        .forEach(
            (name, expr) -> {
              Param param = declarations.params().get(name);
              if (param != null && !fits(param, evaluator.value(expr))) {
                wrong.add(name);
              }
            });
    return wrong;
  }

  private boolean fits(Param param, Value value) {
    return value instanceof Value.Broken
        || (!(value instanceof Value.Symbol) && types.fits(param.type(), value));
  }

  private static List<Leaf> given(Resource environment) {
    return Leaves.of(environment, new Diagnostics()).stream()
        .filter(leaf -> leaf.path().isWithin(PARAMS) && leaf.path().size() > 1)
        .toList();
  }

  private void given(Leaf leaf) {
    String name = leaf.path().keys().get(1);
    Param param = declarations.params().get(name);
    if (param != null) {
      if (leaf.path().size() == 2 && isLiteral(leaf.value())) {
        value(param, leaf.value());
      }
      return;
    }
    if (declarations.isUnresolved(name)) {
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

  /** A list of values that a param may have, each of its type. */
  private void options(Param param) {
    if (param.options() == null) {
      return;
    }
    Value options = evaluator.value(param.options());
    if (options instanceof Value.Items(List<Value.Located> items)) {
      for (Value.Located option : items) {
        if (option.value() instanceof Value.Symbol || !types.fits(param.type(), option.value())) {
          mismatch(param, option.value(), option.span());
        }
      }
    } else if (!(options instanceof Value.Broken)) {
      diagnostics.add(
          Diagnostic.of(
              Code.SV2001,
              param.options().span(),
              "behind `in` stands a list of values, not " + options.kind()));
    }
  }

  private void value(Param param, Expr expr) {
    Value value = evaluator.value(expr);
    switch (value) {
      case Value.Broken broken -> {}
      case Value.Symbol symbol -> evaluator.unknown(symbol, expr.span(), param.name().text());
      case Value fine when types.fits(param.type(), fine) -> oneOf(param, fine, expr.span());
      default -> mismatch(param, value, expr.span());
    }
  }

  private void mismatch(Param param, Value value, Span at) {
    String type = "`" + param.type().span().text() + "`";
    diagnostics.add(
        Diagnostic.of(
                Code.SV2001,
                at,
                "`"
                    + param.name()
                    + "` is a "
                    + type
                    + (isOfKind(param, value)
                        ? ", and this does not fit in one"
                        : ", not " + value.kind()))
            .relating(param.name().span(), "the param is declared here"));
  }

  /** A list for a list, whose items do not fit. */
  private static boolean isOfKind(Param param, Value value) {
    return value instanceof Value.Items
        || value instanceof Value.Entries
        || (value instanceof Value.Plain && param.type().span().text().matches("[ui](8|16|32|64)"));
  }

  private void oneOf(Param param, Value value, Span at) {
    if (param.options() == null
        || !(evaluator.value(param.options()) instanceof Value.Items(List<Value.Located> items))
        || items.stream().anyMatch(each -> each.value() instanceof Value.Broken)
        || items.stream().anyMatch(each -> Comparison.same(each.value(), value))) {
      return;
    }
    List<String> words = new ArrayList<>();
    items.forEach(each -> words.add(each.span().text().strip()));
    var diagnostic =
        Diagnostic.of(
                Code.SV2004,
                at,
                "`" + param.name() + "` is one of `" + String.join("`, `", words) + "`")
            .relating(param.name().span(), "the param is declared here");
    Optional<String> near = Spelling.nearest(at.text(), words);
    diagnostics.add(near.map(word -> diagnostic.fixedBy(Fix.replace(at, word))).orElse(diagnostic));
  }

  private static boolean isLiteral(Expr expr) {
    return switch (expr) {
      case Expr.Text text -> text.plainText().isPresent();
      case Expr.Quantity quantity -> true;
      case Expr.Bool bool -> true;
      case Expr.ListOf list -> list.items().stream().allMatch(Params::isLiteral);
      default -> false;
    };
  }
}
