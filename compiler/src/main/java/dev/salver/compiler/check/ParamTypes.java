package dev.salver.compiler.check;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.TypeRef;
import dev.salver.compiler.type.Dimension;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.value.Value;
import java.util.HashSet;
import java.util.Optional;

/**
 * Whether a value is of a param's type: an element type, a dimension such as {@code size}, a list
 * of one, or a record.
 */
final class ParamTypes {
  private static final int MAX_DEPTH = 16;

  private final Declarations declarations;

  ParamTypes(Declarations declarations) {
    this.declarations = declarations;
  }

  boolean fits(TypeRef type, Value value) {
    return fits(type, value, 0);
  }

  private boolean fits(TypeRef type, Value value, int depth) {
    if (depth > MAX_DEPTH || value instanceof Value.Broken) {
      return true;
    }
    return switch (type) {
      case TypeRef.Named named when named.dims().isEmpty() -> named(named, value, depth);
      case TypeRef.Named tensor -> value instanceof Value.Items;
      case TypeRef.ListOf list ->
          value instanceof Value.Items items
              && items.items().stream()
                  .allMatch(item -> fits(list.item(), item.value(), depth + 1));
      case TypeRef.RecordOf fields ->
          value instanceof Value.Entries entries && fields(fields, entries, depth);
      case TypeRef.Function signature -> false;
      case TypeRef.Missing missing -> true;
    };
  }

  private boolean fields(TypeRef.RecordOf type, Value.Entries value, int depth) {
    var names = new HashSet<String>();
    for (TypeRef.Field field : type.fields()) {
      names.add(field.name().text());
      var entry = value.entries().get(field.name().text());
      if (entry == null || !fits(field.type(), entry.value(), depth + 1)) {
        return false;
      }
    }
    return names.containsAll(value.entries().keySet());
  }

  private boolean named(TypeRef.Named named, Value value, int depth) {
    String name = named.name().text();
    Optional<Dimension> dimension = Dimension.of(name);
    if (dimension.isPresent()) {
      return Elements.holds(dimension.get(), value);
    }
    Optional<Element> element = Element.of(name);
    if (element.isPresent()) {
      return Elements.holds(element.get(), value);
    }
    Entry.TypeDecl declared = declarations.types().get(name);
    return declared == null || fits(declared.type(), value, depth + 1);
  }
}
