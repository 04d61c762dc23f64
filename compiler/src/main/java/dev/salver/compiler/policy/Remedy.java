package dev.salver.compiler.policy;

import dev.salver.compiler.cel.Formula;
import dev.salver.compiler.cel.Names;
import dev.salver.compiler.cel.Outcome;
import dev.salver.compiler.cel.Quantity;
import dev.salver.compiler.check.Settings;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.overlay.Effective;
import dev.salver.compiler.overlay.Leaf;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.policy.Comparisons.Wish;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.syntax.Block;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The setting that would keep a policy, where one comparison with a literal decides it. */
final class Remedy {
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");

  /** Settings of one value or range, in the words that a policy compares them with. */
  private static final Set<String> AMOUNTS = Set.of("cpu", "memory", "scale", "batch", "timeout");

  private static final Set<String> TEXTS = Set.of("labels", "annotations");
  private static final Set<String> WORDS = Set.of("expose", "mode", "wire", "log");

  private final Policy.Rule rule;
  private final View view;
  private final Map<String, Object> values;

  /**
   * @param values that the rule was run with
   */
  Remedy(Policy.Rule rule, View view, Map<String, Object> values) {
    this.rule = rule;
    this.view = view;
    this.values = values;
  }

  /** A suggestion; empty where none is known to help. */
  Optional<Fix> fix() {
    if (view.settings().isEmpty()) {
      return Optional.empty();
    }
    Settings settings = view.settings().get();
    return Comparisons.of(rule.assertion().expr(), !rule.isDeny()).stream()
        .flatMap(wish -> set(wish, settings).stream())
        .findFirst();
  }

  private Optional<Fix> set(Wish wish, Settings settings) {
    List<String> path = wish.path();
    if (value(path) instanceof Map<?, ?> range) {
      boolean isRange = range.containsKey("min") || range.containsKey("max");
      if (!isRange || wish.operator().equals("==")) {
        return Optional.empty();
      }
      path = new Path(path).then(wish.operator().startsWith("<") ? "max" : "min").keys();
    }
    Optional<String> literal = literal(wish);
    Optional<Object> bound = literal.flatMap(text -> value(wish.bound(), text));
    return bound.isPresent()
        ? set(path, literal.get(), like(value(path), bound.get()), settings)
        : Optional.empty();
  }

  /** A number as an amount of what is there. */
  private static Object like(@Nullable Object now, Object bound) {
    return switch (now) {
      case Quantity amount when bound instanceof Number number ->
          new Quantity(new BigDecimal(number.toString()));
      case Double amount when bound instanceof Number number -> number.doubleValue();
      case null, default -> bound;
    };
  }

  private Optional<Fix> set(List<String> path, String literal, Object bound, Settings settings) {
    boolean isEnd = isEnd(path);
    Path setting = ModelView.setting(isEnd ? above(path) : path);
    Optional<Leaf> leaf = settings.leaf(setting).map(Effective::leaf);
    Optional<Expr.Binary> range =
        leaf.map(Leaf::value)
            .filter(value -> isEnd && value instanceof Expr.Binary)
            .map(Expr.Binary.class::cast)
            .filter(value -> value.operator().equals("..") && fits(path, bound));
    if (!keeps(path, bound, isEnd && range.isEmpty())) {
      return Optional.empty();
    }
    if (leaf.isEmpty()) {
      return settings.declaration().map(model -> added(model, setting, literal).suggested());
    }
    if (!isOwn(leaf.get().at().file())) {
      return Optional.empty();
    }
    Expr replaced =
        range
            .map(each -> path.getLast().equals("min") ? each.left() : each.right())
            .orElse(leaf.get().value());
    String name = String.join(".", range.isPresent() ? path : setting.keys());
    var edit = new Edit(replaced.span(), literal);
    return Optional.of(
        new Fix("set `" + name + "` to `" + literal + "`", List.of(edit)).suggested());
  }

  private boolean isEnd(List<String> path) {
    return List.of("min", "max").contains(path.getLast()) && value(above(path)) instanceof Map;
  }

  private static List<String> above(List<String> path) {
    return path.subList(0, path.size() - 1);
  }

  private static List<String> otherEnd(List<String> path) {
    return new Path(above(path)).then(path.getLast().equals("min") ? "max" : "min").keys();
  }

  /** How the bound is written as a setting; empty where it is no literal, or excluded. */
  private static Optional<String> literal(Wish wish) {
    String written = wish.bound().span().text().strip();
    String first = wish.path().getFirst();
    boolean fits =
        switch (wish.bound()) {
          case Expr.Quantity quantity -> AMOUNTS.contains(first);
          case Expr.Text text -> TEXTS.contains(first) && written.indexOf('$') < 0;
          case Expr.Word word -> WORDS.contains(first);
          default -> false;
        };
    if (!fits) {
      return Optional.empty();
    }
    return switch (wish.operator()) {
      case "<", ">" ->
          WHOLE.matcher(written).matches()
              ? Optional.of(
                  Long.toString(Long.parseLong(written) + (wish.operator().equals("<") ? -1 : 1)))
              : Optional.empty();
      default -> Optional.of(written);
    };
  }

  private static Optional<Object> value(Expr bound, String literal) {
    if (bound instanceof Expr.Word) {
      return Optional.of(literal);
    }
    Expr expr = bound instanceof Expr.Quantity ? new Expr.Quantity(literal, bound.span()) : bound;
    return Formula.of(expr, Names.NONE, ignored -> {})
        .map(formula -> formula.run(Map.of()).outcome())
        .flatMap(
            outcome ->
                outcome instanceof Outcome.Value(Object value)
                    ? Optional.of(value)
                    : Optional.empty());
  }

  private @Nullable Object value(List<String> path) {
    Object at = values.get("self");
    for (String key : path) {
      at = at instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return at;
  }

  /** Whether one end may become that while the other stays. */
  private boolean fits(List<String> path, Object bound) {
    Object other = value(otherEnd(path));
    int order = other == null ? 0 : compare(bound, other);
    return path.getLast().equals("min") ? order <= 0 : order >= 0;
  }

  private static int compare(Object bound, Object other) {
    return switch (bound) {
      case Long one when other instanceof Number two -> Double.compare(one, two.doubleValue());
      case Double one when other instanceof Number two -> Double.compare(one, two.doubleValue());
      case Quantity one when other instanceof Quantity two -> one.amount().compareTo(two.amount());
      default -> 0;
    };
  }

  /** Whether the rule would hold with that value. */
  private boolean keeps(List<String> path, Object bound, boolean bothEnds) {
    var changed = new HashMap<>(values);
    Object self = with(values.get("self"), path, bound);
    if (bothEnds) {
      self = with(self, otherEnd(path), bound);
    }
    changed.put("self", self);
    return rule.condition().run(changed).holds() != rule.isDeny();
  }

  private static Object with(@Nullable Object at, List<String> path, Object value) {
    if (path.isEmpty()) {
      return value;
    }
    var changed = new HashMap<Object, Object>();
    if (at instanceof Map<?, ?> map) {
      changed.putAll(map);
    }
    String key = path.getFirst();
    changed.put(key, with(changed.get(key), path.subList(1, path.size()), value));
    return changed;
  }

  /** Writes it into the declaration, into the section of its first key where there is one. */
  private static Fix added(Entry.Resource model, Path setting, String literal) {
    Block block = model.block();
    if (block == null) {
      return Fix.begin(model.span(), setting + " = " + literal);
    }
    for (Entry entry : block.entries()) {
      if (entry instanceof Entry.Section section
          && section.path().size() == 1
          && setting.keys().size() > 1
          && section.path().getFirst().text().equals(setting.first())) {
        return Fix.append(section.block().span(), setting.after(1) + " = " + literal);
      }
    }
    return Fix.append(block.span(), setting + " = " + literal);
  }

  private static boolean isOwn(SourceFile file) {
    return !file.isLibrary() && file.importedBy().isEmpty();
  }
}
