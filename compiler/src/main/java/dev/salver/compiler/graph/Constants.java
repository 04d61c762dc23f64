package dev.salver.compiler.graph;

import dev.salver.compiler.check.Elements;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.syntax.TypeRef;
import dev.salver.compiler.type.Dimension;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.value.Value;
import java.util.Optional;

/** Values between a template's brackets. */
final class Constants {
  private Constants() {}

  /** The dimension that a parameter is of, {@code share: percent}; empty for an element type. */
  static Optional<Dimension> dimension(TypeRef type) {
    return type instanceof TypeRef.Named named && named.dims().isEmpty()
        ? Dimension.of(named.name().text())
        : Optional.empty();
  }

  /** Whether a value is of a parameter's type. */
  static boolean fits(TypeRef type, Value value) {
    if (value instanceof Value.Broken) {
      return true;
    }
    return switch (type) {
      case TypeRef.ListOf list ->
          value instanceof Value.Items items
              && items.items().stream().allMatch(each -> fits(list.item(), each.value()));
      case TypeRef.Named named ->
          Dimension.of(named.name().text())
              .map(each -> Elements.holds(each, value))
              .or(() -> Element.of(named.name().text()).map(each -> Elements.holds(each, value)))
              .orElse(true);
      default -> true;
    };
  }

  static Diagnostic unfit(Name name, TypeRef type, Value value, Span at) {
    String took = value instanceof Value.Items ? "not all of these are" : "this is " + value.kind();
    var diagnostic =
        Diagnostic.of(
            Code.SV2131, at, "`" + name + "` takes `" + type.span().text() + "`, and " + took);
    return Amended.argument(type, value, at).map(diagnostic::fixedBy).orElse(diagnostic);
  }
}
