package dev.salver.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads an object's fields strictly: what is missing, of another type or not known is refused with
 * its place.
 */
public final class FieldReader {
  private final JsonNode node;
  private final String path;

  private FieldReader(JsonNode node, String path) {
    this.node = node;
    this.path = path;
  }

  /** A refusal in words, {@code spec.steps[0].within: …}. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    public Refused(String words) {
      super(words, null, false, false);
    }

    public String words() {
      return String.valueOf(getMessage());
    }
  }

  /** Reads one element. */
  @FunctionalInterface
  public interface Reading<T> {
    T read(FieldReader element) throws Refused;
  }

  public static FieldReader of(JsonNode node, String path) {
    return new FieldReader(node, path);
  }

  public String path() {
    return path;
  }

  public JsonNode node() {
    return node;
  }

  /** An object with no fields but these. */
  public FieldReader knowing(Set<String> fields) throws Refused {
    if (!node.isObject()) {
      throw refuse("must be an object");
    }
    for (var entry : node.properties()) {
      if (!fields.contains(entry.getKey())) {
        throw at(entry.getKey()).refuse("unknown field");
      }
    }
    return this;
  }

  public boolean has(String field) {
    return node.hasNonNull(field);
  }

  public FieldReader at(String field) {
    return new FieldReader(node.path(field), path + "." + field);
  }

  public Refused refuse(String words) {
    return new Refused(path + ": " + words);
  }

  public String text(String field) throws Refused {
    JsonNode value = node.path(field);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw at(field).refuse(value.isMissingNode() ? "is required" : "must be a text");
    }
    return value.textValue();
  }

  public String text(String field, String otherwise) throws Refused {
    return has(field) ? text(field) : otherwise;
  }

  public boolean bool(String field) throws Refused {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      throw at(field).refuse("must be true or false");
    }
    return value.booleanValue();
  }

  /** A whole number within bounds. */
  public OptionalLong whole(String field, long low, long high) throws Refused {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalLong.empty();
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < low
        || value.longValue() > high) {
      throw at(field).refuse("must be a whole number from " + low + " to " + high);
    }
    return OptionalLong.of(value.longValue());
  }

  /** From 0 to 100, with at most four places. */
  public BigDecimal percent(String field) throws Refused {
    JsonNode value = node.path(field);
    BigDecimal percent = value.isNumber() ? value.decimalValue() : BigDecimal.valueOf(-1);
    if (percent.signum() < 0
        || percent.precision() > 40
        || percent.compareTo(BigDecimal.valueOf(100)) > 0
        || percent.stripTrailingZeros().scale() > 4) {
      throw at(field).refuse("must be a number from 0 to 100 with at most four places");
    }
    return percent;
  }

  /** Milliseconds, one at least. */
  public OptionalLong duration(String field) throws Refused {
    if (!has(field)) {
      return OptionalLong.empty();
    }
    OptionalLong millis = Durations.millis(text(field));
    if (millis.isEmpty() || millis.getAsLong() == 0) {
      throw at(field).refuse("must be a duration such as 250ms, 30s or 1h30m");
    }
    return millis;
  }

  public <T> T word(String field, Function<String, java.util.Optional<T>> words) throws Refused {
    String text = text(field);
    return words.apply(text).orElseThrow(() -> at(field).refuse("has no value \"" + text + "\""));
  }

  /** The elements of a list; none where there is no list. */
  public <T> List<T> list(String field, Reading<T> reading) throws Refused {
    JsonNode value = node.path(field);
    var result = new ArrayList<T>();
    if (value.isMissingNode() || value.isNull()) {
      return result;
    }
    if (!value.isArray()) {
      throw at(field).refuse("must be a list");
    }
    for (int i = 0; i < value.size(); i++) {
      result.add(reading.read(new FieldReader(value.path(i), path + "." + field + "[" + i + "]")));
    }
    return result;
  }

  public SequencedMap<String, String> texts(String field) throws Refused {
    JsonNode value = node.path(field);
    var result = new LinkedHashMap<String, String>();
    if (value.isMissingNode() || value.isNull()) {
      return result;
    }
    if (!value.isObject()) {
      throw at(field).refuse("must be a map of texts");
    }
    for (var entry : value.properties()) {
      if (!entry.getValue().isTextual()) {
        throw at(field).at(entry.getKey()).refuse("must be a text");
      }
      result.put(entry.getKey(), entry.getValue().textValue());
    }
    return result;
  }
}
