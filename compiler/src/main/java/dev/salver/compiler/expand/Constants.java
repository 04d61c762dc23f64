package dev.salver.compiler.expand;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Block;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.value.Evaluator;
import dev.salver.compiler.value.Scope;
import dev.salver.compiler.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is the same in every environment: literals, and params that no environment sets. Loops
 * repeat over such lists alone, so that every environment has the same declarations.
 */
final class Constants {
  /** Lists in lists of a param's value that names itself would not end otherwise. */
  private static final int MAX_DEPTH = 32;

  private static final int MAX_PARTS = 100_000;

  private final Map<String, Entry.Param> params;
  private final Map<String, Span> changed;
  private final Diagnostics diagnostics;
  private final Evaluator evaluator;
  private int parts;

  /**
   * @param params by name
   * @param changed where an environment sets a param
   */
  Constants(Map<String, Entry.Param> params, Map<String, Span> changed, Diagnostics diagnostics) {
    this.params = params;
    this.changed = changed;
    this.diagnostics = diagnostics;
    var values = new HashMap<String, Expr>();
    params.forEach(
        (name, param) -> {
          if (param.value() != null) {
            values.put(name, param.value());
          }
        });
    this.evaluator = new Evaluator(new Scope("", values), diagnostics::add);
  }

  /** The items of a list, each a constant; empty where it is none, which is reported. */
  List<Expr> items(Expr list) {
    Optional<Expr> constant = constant(list);
    if (constant.isEmpty() || constant.get() instanceof Expr.Missing) {
      return List.of();
    }
    if (!(constant.get() instanceof Expr.ListOf items)) {
      var diagnostic =
          Diagnostic.of(
              Code.SV1009,
              list.span(),
              "`for each` repeats over a list such as `[\"de\", \"fr\"]`, and this is none");
      diagnostics.add(asList(list).map(diagnostic::fixedBy).orElse(diagnostic));
      return List.of();
    }
    var seen = new HashMap<String, Span>();
    for (Expr item : items.items()) {
      Span earlier = seen.putIfAbsent(Literals.key(item), item.span());
      if (earlier != null) {
        var diagnostic =
            Diagnostic.of(
                    Code.SV1011,
                    item.span(),
                    "`" + item.span().text().strip() + "` stands twice in the list")
                .relating(earlier, "it stands here already");
        diagnostics.add(
            isItem(item.span()) && !item.span().equals(earlier)
                ? diagnostic.fixedBy(Fix.remove("remove the second", item.span()))
                : diagnostic);
        return List.of();
      }
    }
    return items.items();
  }

  /** One value is a list of one; a word may be the name of a list, mistyped. */
  private Optional<Fix> asList(Expr expr) {
    return switch (expr) {
      case Expr.Text text -> Optional.of(bracketed(text.span()));
      case Expr.MapOf map -> Optional.of(bracketed(map.span()));
      case Expr.Quantity one -> Optional.of(bracketed(one.span()));
      case Expr.Word word when !params.containsKey(word.text()) ->
          Spelling.nearest(word.text(), lists()).map(near -> Fix.replace(word.span(), near));
      default -> Optional.empty();
    };
  }

  private static Fix bracketed(Span span) {
    String text = span.text();
    String value = text.strip();
    int start = span.start() + text.indexOf(value);
    return new Fix(
        "make it a list of one",
        List.of(
            new Edit(new Span(span.file(), start, start), "["),
            new Edit(new Span(span.file(), start + value.length(), start + value.length()), "]")));
  }

  private List<String> lists() {
    return params.values().stream()
        .filter(each -> each.value() instanceof Expr.ListOf)
        .map(each -> each.name().text())
        .filter(each -> !changed.containsKey(each))
        .toList();
  }

  /** Whether it stands in a list itself, and not what a name in the list stands for. */
  private static boolean isItem(Span span) {
    String text = span.file().text();
    String before = text.substring(0, span.start()).stripTrailing();
    String behind = text.substring(span.end()).stripLeading();
    return (before.endsWith("[") || before.endsWith(","))
        && (behind.startsWith("]") || behind.startsWith(","));
  }

  /** An expression without params and holes; empty where it has no such form, which is reported. */
  Optional<Expr> constant(Expr expr) {
    var problem = new Variables(expr).problem();
    if (problem.isPresent()) {
      diagnostics.add(problem.get());
      return Optional.empty();
    }
    parts = 0;
    return Optional.of(folded(expr, 0));
  }

  private Expr folded(Expr expr, int depth) {
    if (depth > MAX_DEPTH || ++parts > MAX_PARTS) {
      if (parts == MAX_PARTS + 1) {
        diagnostics.add(
            Diagnostic.of(
                Code.SV2011,
                expr.span(),
                "this list has more than " + MAX_PARTS + " values in it"));
      }
      return new Expr.Missing(expr.span());
    }
    return switch (expr) {
      case Expr.Quantity literal -> literal;
      case Expr.Bool literal -> literal;
      case Expr.Missing missing -> missing;
      case Expr.Text text when text.plainText().isPresent() -> text;
      case Expr.ListOf list ->
          new Expr.ListOf(
              list.items().stream().map(item -> folded(item, depth + 1)).toList(), list.span());
      case Expr.MapOf map -> new Expr.MapOf(folded(map.block(), depth + 1), map.span());
      case Expr.Word word -> {
        Entry.Param param = params.get(word.text());
        yield param == null || param.value() == null ? word : folded(param.value(), depth + 1);
      }
      default -> literal(evaluator.value(expr), expr);
    };
  }

  private Block folded(Block block, int depth) {
    var entries = new ArrayList<Entry>();
    for (Entry entry : block.entries()) {
      entries.add(
          entry instanceof Entry.Setting setting
              ? new Entry.Setting(
                  setting.path(), folded(setting.value(), depth), setting.isFinal(), setting.span())
              : entry);
    }
    return new Block(entries, block.span());
  }

  private Expr literal(Value value, Expr expr) {
    Span span = expr.span();
    return switch (value) {
      case Value.Text text -> new Expr.Text(List.of(new Expr.Part.Literal(text.text())), span);
      case Value.Plain number -> new Expr.Quantity(number.value().toPlainString(), span);
      case Value.Bool bool -> new Expr.Bool(bool.value(), span);
      case Value.Symbol symbol -> new Expr.Word(symbol.name(), span);
      case Value.Items items ->
          new Expr.ListOf(
              items.items().stream()
                  .map(item -> literal(item.value(), new Expr.Missing(item.span())))
                  .toList(),
              span);
      case Value.Broken broken -> new Expr.Missing(span);
      default -> expr;
    };
  }

  /** Looks for what differs between environments. */
  private final class Variables extends Rewriter {
    private final Set<String> seen = new HashSet<>();
    private final Expr whole;
    private Optional<Diagnostic> found = Optional.empty();

    Variables(Expr whole) {
      this.whole = whole;
    }

    Optional<Diagnostic> problem() {
      expr(whole);
      return found;
    }

    /** The list that the param has by itself, for the loop alone. */
    private Diagnostic repeated(Diagnostic diagnostic, Expr.Word word, Entry.Param param) {
      if (!word.span().equals(whole.span()) || !(param.value() instanceof Expr.ListOf list)) {
        return diagnostic;
      }
      var edit = new Edit(word.span(), list.span().text().strip());
      String title = "repeat over what `" + word.text() + "` is by itself";
      return diagnostic.fixedBy(new Fix(title, List.of(edit)).suggested());
    }

    @Override
    Expr word(Expr.Word word) {
      Entry.Param param = params.get(word.text());
      if (found.isPresent() || !seen.add(word.text())) {
        return word;
      }
      if (word.text().equals("env")) {
        found =
            Optional.of(
                Diagnostic.of(
                    Code.SV1012, word.span(), "a list to repeat over can't depend on `env`"));
      } else if (param != null && changed.containsKey(word.text())) {
        found =
            Optional.of(
                repeated(
                    Diagnostic.of(
                            Code.SV1012,
                            word.span(),
                            "a list to repeat over can't depend on `"
                                + word.text()
                                + "`, which an environment sets")
                        .relating(changed.get(word.text()), "it is set here")
                        .relating(param.name().span(), "the param is declared here"),
                    word,
                    param));
      } else if (param != null && param.value() == null) {
        found =
            Optional.of(
                Diagnostic.of(
                        Code.SV1012,
                        word.span(),
                        "a list to repeat over can't depend on `"
                            + word.text()
                            + "`, which has no value of its own")
                    .relating(param.name().span(), "the param is declared here"));
      } else if (param != null && param.value() != null) {
        expr(param.value());
      }
      return word;
    }
  }
}
