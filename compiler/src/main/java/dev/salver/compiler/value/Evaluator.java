package dev.salver.compiler.value;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.syntax.Block;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Works out expressions of settings: always ends, touches nothing but its scope. */
public final class Evaluator {
  private static final int MAX_DEPTH = 32;

  /** Params that double each other would otherwise grow without end. */
  private static final int MAX_TEXT = 65_536;

  private final Scope scope;
  private final Consumer<Diagnostic> diagnostics;

  /** Each param is worked out once, and never within itself. */
  private final Map<String, Value> params = new HashMap<>();

  private final Set<String> entered = new HashSet<>();
  private int depth;

  public Evaluator(Scope scope, Consumer<Diagnostic> diagnostics) {
    this.scope = scope;
    this.diagnostics = diagnostics;
  }

  public Value value(Expr expr) {
    return switch (expr) {
      case Expr.Quantity literal -> Units.read(literal.text(), literal.span(), diagnostics);
      case Expr.Bool bool -> new Value.Bool(bool.value());
      case Expr.Text text -> text(text);
      case Expr.Word word -> word(word);
      case Expr.Open open -> new Value.Open();
      case Expr.Unset unset -> new Value.Unset();
      case Expr.Missing missing -> new Value.Broken();
      case Expr.ListOf list ->
          new Value.Items(
              list.items().stream()
                  .map(item -> new Value.Located(value(item), item.span()))
                  .toList());
      case Expr.MapOf map -> new Value.Entries(entries(map.block()));
      case Expr.Unary unary -> negative(unary);
      case Expr.Binary binary -> binary(binary);
      case Expr.Member member -> new Value.Formula();
      case Expr.Call call -> new Value.Formula();
      case Expr.Index index -> new Value.Formula();
      case Expr.Conditional conditional -> new Value.Formula();
    };
  }

  private Value word(Expr.Word word) {
    if (word.text().equals("env")) {
      return new Value.Text(scope.environment());
    }
    Expr param = scope.params().get(word.text());
    @Nullable Value known = params.get(word.text());
    if (known != null) {
      return known;
    }
    if (param == null || depth > MAX_DEPTH || !entered.add(word.text())) {
      return new Value.Symbol(word.text());
    }
    depth++;
    Value value = value(param);
    depth--;
    entered.remove(word.text());
    params.put(word.text(), value);
    return value;
  }

  private Optional<String> meant(Expr.Word word) {
    return Spelling.nearest(word.text(), scope.params().keySet());
  }

  private Value text(Expr.Text text) {
    var out = new StringBuilder();
    boolean broken = false;
    for (Expr.Part part : text.parts()) {
      if (out.length() > MAX_TEXT) {
        break;
      }
      switch (part) {
        case Expr.Part.Literal literal -> out.append(literal.text());
        case Expr.Part.Hole hole -> {
          Value value = value(hole.expr());
          String shown = shown(value);
          if (shown == null && !(value instanceof Value.Broken)) {
            var diagnostic =
                Diagnostic.of(
                    Code.SV2006,
                    hole.expr().span(),
                    "`" + hole.expr().span().text().strip() + "` has no value when compiling");
            diagnostics.accept(
                hole.expr() instanceof Expr.Word word
                    ? meant(word)
                        .map(near -> diagnostic.fixedBy(Fix.replace(word.span(), near)))
                        .orElse(diagnostic)
                    : diagnostic);
          }
          broken |= shown == null;
          out.append(shown);
        }
      }
    }
    if (out.length() > MAX_TEXT) {
      diagnostics.accept(
          Diagnostic.of(
              Code.SV2003,
              text.span(),
              "a text has at most " + MAX_TEXT + " characters, its values put in"));
      return new Value.Broken();
    }
    return broken ? new Value.Broken() : new Value.Text(out.toString());
  }

  private static @Nullable String shown(Value value) {
    return switch (value) {
      case Value.Text text -> text.text();
      case Value.Plain number -> number.value().toPlainString();
      default -> null;
    };
  }

  private Value negative(Expr.Unary unary) {
    Value operand = value(unary.operand());
    return unary.operator().equals("-") && operand instanceof Value.Plain number
        ? new Value.Plain(number.value().negate())
        : new Value.Formula();
  }

  private Value binary(Expr.Binary binary) {
    return switch (binary.operator()) {
      case ".." -> new Value.Range(end(binary.left()), end(binary.right()));
      case "*" -> {
        Value left = value(binary.left());
        Value right = value(binary.right());
        yield right instanceof Value.Plain number
                && (left instanceof Value.Symbol || left instanceof Value.Items)
            ? new Value.Count(left, number.value())
            : arithmetic(left, right, binary.operator());
      }
      case "+", "-" -> arithmetic(value(binary.left()), value(binary.right()), binary.operator());
      default -> new Value.Formula();
    };
  }

  private static Value arithmetic(Value left, Value right, String operator) {
    if (left instanceof Value.Plain a && right instanceof Value.Plain b) {
      BigDecimal result =
          switch (operator) {
            case "*" -> a.value().multiply(b.value());
            case "+" -> a.value().add(b.value());
            default -> a.value().subtract(b.value());
          };
      return new Value.Plain(result);
    }
    return new Value.Formula();
  }

  private @Nullable Value end(Expr expr) {
    Value value = value(expr);
    return value instanceof Value.Open ? null : value;
  }

  private Map<String, Value.Located> entries(Block block) {
    var entries = new LinkedHashMap<String, Value.Located>();
    for (Entry entry : block.entries()) {
      switch (entry) {
        case Entry.Setting setting ->
            put(
                entries,
                setting.path().getFirst().text(),
                new Value.Located(value(setting.value()), setting.value().span()));
        case Entry.Section section ->
            put(
                entries,
                section.path().getFirst().text(),
                new Value.Located(new Value.Entries(entries(section.block())), section.span()));
        default -> diagnostics.accept(misplaced(entry));
      }
    }
    return entries;
  }

  private void put(Map<String, Value.Located> entries, String key, Value.Located value) {
    var earlier = entries.put(key, value);
    if (earlier != null) {
      diagnostics.accept(
          Diagnostic.of(Code.SV3001, value.span(), "`" + key + "` is written twice")
              .relating(earlier.span(), "it is written here already"));
    }
  }

  private static Diagnostic misplaced(Entry entry) {
    return Diagnostic.of(Code.SV1007, entry.span(), "a map holds settings `key = value` only");
  }
}
