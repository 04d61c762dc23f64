package dev.salver.compiler.expand;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Name;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts values in the place of loop variables and of a template's parameters. What is put in takes
 * the span of the use, so that a diagnostic about it points at the line that has to change; {@code
 * x.name} of a map is the entry, {@code on x}, and {@code f32[x]} take it as a word.
 */
@SuppressWarnings("ReferenceEquality") // an object is a part as it was, or not
final class Substitution extends Rewriter {
  private final Map<String, Expr> values;
  private final Consumer<Diagnostic> diagnostics;

  /**
   * @param values constants, or the names of models
   */
  Substitution(Map<String, Expr> values, Consumer<Diagnostic> diagnostics) {
    this.values = Map.copyOf(values);
    this.diagnostics = diagnostics;
  }

  @Override
  Expr word(Expr.Word word) {
    Expr value = values.get(word.text());
    return value == null ? word : at(value, word.span());
  }

  @Override
  Expr member(Expr.Member member) {
    Expr target = expr(member.target());
    if (target == member.target()) {
      return member;
    }
    return target instanceof Expr.MapOf map
        ? entry(map, member)
        : new Expr.Member(target, member.name(), member.span());
  }

  private Expr entry(Expr.MapOf map, Expr.Member member) {
    var keys = new ArrayList<String>();
    for (Entry entry : map.block().entries()) {
      if (entry instanceof Entry.Setting setting && setting.path().size() == 1) {
        String key = setting.path().getFirst().text();
        if (key.equals(member.name().text())) {
          return at(setting.value(), member.span());
        }
        keys.add(key);
      }
    }
    Name name = member.name();
    var diagnostic =
        Diagnostic.of(
            Code.SV1002,
            name.span(),
            "`"
                + member.target().span().text()
                + "` has no `"
                + name
                + "` in this item of the list");
    diagnostics.accept(
        Spelling.nearest(name.text(), keys)
            .map(near -> diagnostic.fixedBy(Fix.replace(name.span(), near)))
            .orElse(diagnostic));
    return new Expr.Missing(member.span());
  }

  @Override
  Name dim(Name name) {
    return reference(name);
  }

  @Override
  Name reference(Name name) {
    int dot = name.text().indexOf('.');
    Expr value = values.get(dot < 0 ? name.text() : name.text().substring(0, dot));
    if (value == null) {
      return name;
    }
    Expr found =
        dot >= 0 && value instanceof Expr.MapOf map
            ? entry(
                map,
                new Expr.Member(
                    new Expr.Word(name.text().substring(0, dot), head(name.span(), dot)),
                    new Name(name.text().substring(dot + 1), tail(name.span(), dot + 1)),
                    name.span()))
            : value;
    String text = text(found);
    return text == null ? name : new Name(text, name.span());
  }

  private static Span head(Span span, int length) {
    return new Span(span.file(), span.start(), Math.min(span.end(), span.start() + length));
  }

  private static Span tail(Span span, int from) {
    return new Span(span.file(), Math.min(span.end(), span.start() + from), span.end());
  }

  /** As a name: a text without holes, a word or a number; null for anything else. */
  static @Nullable String text(Expr expr) {
    return switch (expr) {
      case Expr.Text text -> text.plainText().orElse(null);
      case Expr.Word word -> word.text();
      case Expr.Quantity quantity -> quantity.text();
      default -> null;
    };
  }

  private static Expr at(Expr value, Span span) {
    return switch (value) {
      case Expr.Text text -> new Expr.Text(text.parts(), span);
      case Expr.Word word -> new Expr.Word(word.text(), span);
      case Expr.Quantity quantity -> new Expr.Quantity(quantity.text(), span);
      case Expr.Bool bool -> new Expr.Bool(bool.value(), span);
      case Expr.ListOf list -> new Expr.ListOf(list.items(), span);
      case Expr.MapOf map -> new Expr.MapOf(map.block(), span);
      case Expr.Missing missing -> new Expr.Missing(span);
      default -> value;
    };
  }
}
