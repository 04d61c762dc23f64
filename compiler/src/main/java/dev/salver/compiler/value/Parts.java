package dev.salver.compiler.value;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Block;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Maps, and what is read out of maps, lists and ranges. */
final class Parts {
  private final Evaluator evaluator;
  private final Consumer<Diagnostic> diagnostics;

  Parts(Evaluator evaluator, Consumer<Diagnostic> diagnostics) {
    this.evaluator = evaluator;
    this.diagnostics = diagnostics;
  }

  Value member(Expr.Member member) {
    Value target = evaluator.value(member.target());
    if (target instanceof Value.Broken) {
      return target;
    }
    if (target instanceof Value.Range range) {
      return end(range, member.name().text());
    }
    if (!(target instanceof Value.Entries map)) {
      return new Value.Formula();
    }
    Value.Located entry = map.entries().get(member.name().text());
    if (entry == null) {
      Span span = member.name().span();
      var diagnostic =
          Diagnostic.of(
              Code.SV1002,
              span,
              "`" + member.target().span().text().strip() + "` has no `" + member.name() + "`");
      diagnostics.accept(
          Spelling.nearest(member.name().text(), map.entries().keySet())
              .map(near -> diagnostic.fixedBy(Fix.replace(span, near)))
              .orElse(diagnostic));
      return new Value.Broken();
    }
    return entry.value();
  }

  /** {@code min} and {@code max} of a range; an open one is not set. */
  private static Value end(Value.Range range, String name) {
    return switch (name) {
      case "min" -> end(range.low());
      case "max" -> end(range.high());
      default -> new Value.Formula();
    };
  }

  private static Value end(@Nullable Value value) {
    return value == null ? new Value.Unset() : value;
  }

  Value index(Expr.Index index) {
    Value target = evaluator.value(index.target());
    if (index.arguments().size() != 1
        || !(target instanceof Value.Items || target instanceof Value.Entries)) {
      return target instanceof Value.Broken ? target : new Value.Formula();
    }
    Expr argument = index.arguments().getFirst().value();
    Value at = evaluator.value(argument);
    if (at instanceof Value.Broken) {
      return at;
    }
    Value found = null;
    if (target instanceof Value.Items(List<Value.Located> items)
        && at instanceof Value.Plain number
        && number.value().signum() >= 0
        && number.value().stripTrailingZeros().scale() <= 0
        && number.value().compareTo(BigDecimal.valueOf(items.size())) < 0) {
      found = items.get(number.value().intValueExact()).value();
    } else if (target instanceof Value.Entries(Map<String, Value.Located> entries)
        && at instanceof Value.Text text
        && entries.containsKey(text.text())) {
      found = entries.get(text.text()).value();
    }
    if (found == null) {
      var diagnostic =
          Diagnostic.of(
              Code.SV2010,
              argument.span(),
              "`" + index.target().span().text().strip() + "` has no such element");
      diagnostics.accept(present(argument, target, at).map(diagnostic::fixedBy).orElse(diagnostic));
      return new Value.Broken();
    }
    return found;
  }

  /** A key nearly of this spelling; the last element of a list that is counted from one. */
  private static Optional<Fix> present(Expr argument, Value target, Value at) {
    if (target instanceof Value.Entries entries
        && at instanceof Value.Text text
        && argument instanceof Expr.Text) {
      return Spelling.nearest(text.text(), entries.entries().keySet())
          .map(near -> Fix.replace(argument.span(), "\"" + near + "\""));
    }
    boolean counted =
        argument instanceof Expr.Quantity
            && target instanceof Value.Items(List<Value.Located> items)
            && !items.isEmpty()
            && at instanceof Value.Plain number
            && number.value().compareTo(BigDecimal.valueOf(items.size())) == 0;
    return counted
        ? Optional.of(
            Fix.replace(
                    argument.span(), Integer.toString(((Value.Items) target).items().size() - 1))
                .suggested())
        : Optional.empty();
  }

  Map<String, Value.Located> entries(Block block) {
    var entries = new LinkedHashMap<String, Value.Located>();
    for (Entry entry : block.entries()) {
      switch (entry) {
        case Entry.Setting setting ->
            put(
                entries,
                setting.path().getFirst().text(),
                new Value.Located(evaluator.value(setting.value()), setting.value().span()));
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
