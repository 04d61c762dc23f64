package dev.salver.compiler.schema;

import dev.salver.compiler.source.Span;
import dev.salver.compiler.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what {@code raw} writes against the fields that the emitted object has. */
public final class Fields {
  private final FieldTable table = FieldTable.instance();

  /** What is wrong with a value that is written into an object. */
  public sealed interface Problem {
    /**
     * There is no such field.
     *
     * @param keys from the object's root to the unknown one
     * @param known the fields that are there instead
     * @param at the place within a list, null for a key of the path itself
     */
    record Unknown(List<String> keys, Collection<String> known, @Nullable Span at)
        implements Problem {}

    /**
     * The field takes something else.
     *
     * @param instead the same in the words that the field takes; empty where there are none
     */
    record Mismatch(List<String> keys, String expects, Optional<String> instead, Span at)
        implements Problem {}
  }

  /**
   * @param kind of the emitted object, {@code InferenceService}
   * @param keys where the value goes
   * @return empty when the object has the place and the place takes the value, and for a kind whose
   *     fields are not known
   */
  public Optional<Problem> problem(String kind, List<String> keys, Value value, Span at) {
    Optional<Field> root = table.root(kind);
    if (root.isEmpty()) {
      return Optional.empty();
    }
    Field field = root.get();
    for (int i = 0; i < keys.size(); i++) {
      switch (field) {
        case Field.Fields fields -> {
          Integer node = fields.nodes().get(keys.get(i));
          if (node == null) {
            return Optional.of(
                new Problem.Unknown(keys.subList(0, i + 1), fields.nodes().keySet(), null));
          }
          field = table.at(node);
        }
        case Field.Keyed keyed -> field = table.at(keyed.node());
        case Field.Any any -> {
          return Optional.empty();
        }
        default -> {
          return Optional.of(
              new Problem.Mismatch(keys.subList(0, i), expects(field), Optional.empty(), at));
        }
      }
    }
    return problem(field, keys, value, at);
  }

  private Optional<Problem> problem(Field field, List<String> keys, Value value, Span at) {
    return switch (field) {
      case Field.Any any -> Optional.empty();
      case Field.Listed listed when value instanceof Value.Items items ->
          items.items().stream()
              .flatMap(
                  item ->
                      problem(table.at(listed.node()), keys, item.value(), item.span()).stream())
              .findFirst();
      case Field.Keyed keyed when value instanceof Value.Entries entries ->
          entries.entries().entrySet().stream()
              .flatMap(
                  each ->
                      problem(
                          table.at(keyed.node()),
                          then(keys, each.getKey()),
                          each.getValue().value(),
                          each.getValue().span())
                          .stream())
              .findFirst();
      case Field.Fields fields when value instanceof Value.Entries entries ->
          entries.entries().entrySet().stream()
              .flatMap(each -> entry(fields, keys, each.getKey(), each.getValue()).stream())
              .findFirst();
      case Field.Scalar scalar when takes(scalar.kind(), value) -> Optional.empty();
      case Field.Words words when text(value).filter(words.words()::contains).isPresent() ->
          Optional.empty();
      default ->
          Optional.of(new Problem.Mismatch(keys, expects(field), Instead.of(field, value, at), at));
    };
  }

  private Optional<Problem> entry(
      Field.Fields fields, List<String> keys, String key, Value.Located value) {
    Integer node = fields.nodes().get(key);
    List<String> longer = then(keys, key);
    return node == null
        ? Optional.of(new Problem.Unknown(longer, fields.nodes().keySet(), value.span()))
        : problem(table.at(node), longer, value.value(), value.span());
  }

  private static boolean takes(Field.Kind kind, Value value) {
    return switch (kind) {
      case TEXT -> text(value).isPresent();
      case INTEGER ->
          value instanceof Value.Plain number && number.value().stripTrailingZeros().scale() <= 0;
      case NUMBER -> value instanceof Value.Plain;
      case BOOLEAN -> value instanceof Value.Bool;
      case AMOUNT -> value instanceof Value.Plain || text(value).isPresent();
    };
  }

  private static Optional<String> text(Value value) {
    return switch (value) {
      case Value.Text text -> Optional.of(text.text());
      case Value.Symbol symbol -> Optional.of(symbol.name());
      case Value.Size size -> Optional.of(size.text());
      case Value.Cpu cpu -> Optional.of(cpu.millis() + "m");
      default -> Optional.empty();
    };
  }

  private static String expects(Field field) {
    return switch (field) {
      case Field.Scalar scalar -> scalar.kind().expects();
      case Field.Words words -> "one of `" + String.join("`, `", words.words()) + "`";
      case Field.Fields fields -> "a map";
      case Field.Keyed keyed -> "a map";
      case Field.Listed listed -> "a list";
      case Field.Any any -> "anything";
    };
  }

  private static List<String> then(List<String> keys, String key) {
    var longer = new ArrayList<>(keys);
    longer.add(key);
    return longer;
  }
}
