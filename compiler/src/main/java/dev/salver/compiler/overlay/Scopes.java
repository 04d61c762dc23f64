package dev.salver.compiler.overlay;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry.Param;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.value.Scope;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What params and secrets stand for. */
public final class Scopes {
  private static final Path PARAMS = Path.of("params");

  private static final int MAX_OFFERED = 4;

  private Scopes() {}

  /** In an environment, whose own values come before those of the program. */
  static Scope of(
      Declarations declarations, String environment, SortedMap<Path, Effective> settings) {
    var params = new TreeMap<String, Expr>();
    var required = new TreeMap<String, Scope.Required>();
    for (Param param : declarations.params().values()) {
      if (param.value() == null) {
        required.put(param.name().text(), new Scope.Required(param.name().span(), defaults(param)));
      } else {
        params.put(param.name().text(), param.value());
      }
    }
    settings.forEach(
        (path, effective) -> {
          if (path.isWithin(PARAMS) && path.size() == 2) {
            params.put(path.keys().get(1), effective.leaf().value());
          }
        });
    required.keySet().removeAll(params.keySet());
    return new Scope(environment, params, required, secrets(declarations));
  }

  /**
   * Outside of every environment: a param without a value of its own gets one there, and is nothing
   * here rather than a name.
   */
  public static Scope of(Declarations declarations) {
    var params = new TreeMap<String, Expr>();
    for (Param param : declarations.params().values()) {
      params.put(
          param.name().text(),
          param.value() == null ? new Expr.Missing(param.span()) : param.value());
    }
    return new Scope("env", params, Map.of(), secrets(declarations));
  }

  /** Each of the values that the param may have, if those are a few written out. */
  private static List<Fix> defaults(Param param) {
    if (!(param.options() instanceof Expr.ListOf(List<Expr> options, Span span))
        || options.size() > MAX_OFFERED
        || param.name().span().file().isLibrary()) {
      return List.of();
    }
    return options.stream()
        .filter(each -> !(each instanceof Expr.Missing))
        .map(each -> each.span().text().strip())
        .map(
            text ->
                Fix.insert("add `= " + text + "`", span.file(), span.end(), " = " + text)
                    .suggested())
        .toList();
  }

  private static Map<String, Scope.Secret> secrets(Declarations declarations) {
    var secrets = new TreeMap<String, Scope.Secret>();
    for (Resource secret : declarations.secrets().values()) {
      Span at = secret.name().span();
      secrets.put(
          secret.name().text(),
          new Scope.Secret(at, secret.from() == null ? new Expr.Missing(at) : secret.from()));
    }
    return secrets;
  }
}
