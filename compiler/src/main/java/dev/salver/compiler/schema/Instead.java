package dev.salver.compiler.schema;

import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.value.Value;
import java.util.Optional;
import java.util.regex.Pattern;

/** A value in the words that a field takes. */
final class Instead {
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");

  private Instead() {}

  /**
   * @param at where the value is written
   */
  static Optional<String> of(Field field, Value value, Span at) {
    return switch (field) {
      case Field.Scalar scalar -> scalar(scalar.kind(), value, at.text().strip());
      case Field.Words words when value instanceof Value.Text text ->
          Spelling.nearest(text.text(), words.words()).map(near -> "\"" + near + "\"");
      case Field.Words words when value instanceof Value.Symbol symbol ->
          Spelling.nearest(symbol.name(), words.words()).map(near -> "\"" + near + "\"");
      case Field.Listed listed when isScalar(value) -> Optional.of("[" + at.text().strip() + "]");
      default -> Optional.empty();
    };
  }

  private static Optional<String> scalar(Field.Kind kind, Value value, String written) {
    return switch (kind) {
      case TEXT ->
          value instanceof Value.Plain || value instanceof Value.Bool
              ? Optional.of("\"" + written + "\"").filter(text -> written.indexOf('"') < 0)
              : Optional.empty();
      case INTEGER -> inside(value).filter(text -> WHOLE.matcher(text).matches());
      case NUMBER -> inside(value).filter(text -> NUMBER.matcher(text).matches());
      case BOOLEAN ->
          switch (value instanceof Value.Plain ? written : inside(value).orElse("")) {
            case "1", "true" -> Optional.of("true");
            case "0", "false" -> Optional.of("false");
            default -> Optional.empty();
          };
      case AMOUNT -> Optional.empty();
    };
  }

  private static Optional<String> inside(Value value) {
    return value instanceof Value.Text(String text) ? Optional.of(text.strip()) : Optional.empty();
  }

  private static boolean isScalar(Value value) {
    return value instanceof Value.Text
        || value instanceof Value.Plain
        || value instanceof Value.Bool;
  }
}
