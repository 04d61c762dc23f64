package dev.salver.compiler.cel;

import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What kind of value an expression has, known without running it. In brackets, what stands for it
 * at run time.
 */
public sealed interface Shape {
  /** As a sentence needs it: "a size". */
  String kind();

  /** Values without parts. Two of different dimensions are never compared or added. */
  enum Scalar implements Shape {
    /** [{@link Boolean}]. */
    BOOL("`true` or `false`"),
    /** [{@link Long}]. */
    WHOLE("a whole number"),
    /** [{@link Double}]. */
    NUMBER("a number"),
    /** [{@link String}]. */
    TEXT("a text"),
    /** Bytes [{@link Quantity}]. */
    SIZE("a size"),
    /** [{@link Quantity}]. */
    CPU("a cpu"),
    /** Either of the two above, as {@code quantity("…")} makes them [{@link Quantity}]. */
    QUANTITY("a quantity"),
    /** [{@link java.time.Duration}]. */
    DURATION("a duration"),
    /** Hundredths, so that {@code 12.5%} is 12.5 [{@link Double}]. */
    PERCENT("a percentage"),
    /** Dollars [{@link Double}]. */
    MONEY("money"),
    /** Dollars an hour [{@link Double}]. */
    PRICE("money per hour");

    private final String kind;

    Scalar(String kind) {
      this.kind = kind;
    }

    @Override
    public String kind() {
      return kind;
    }

    boolean isQuantity() {
      return this == SIZE || this == CPU || this == QUANTITY;
    }

    /** Whether CEL has a plain number for it. */
    boolean isNumber() {
      return switch (this) {
        case WHOLE, NUMBER, PERCENT, MONEY, PRICE -> true;
        default -> false;
      };
    }
  }

  /**
   * A text that the language writes as a word [{@link String}].
   *
   * @param words all there are; empty where they are not known
   */
  record Words(List<String> words) implements Shape {
    public Words {
      words = List.copyOf(words);
    }

    @Override
    public String kind() {
      return "a name";
    }
  }

  /** So many of a unit: {@code rps}, {@code concurrent}, {@code cpu}, {@code memory} [Double]. */
  record Rate(String unit) implements Shape {
    @Override
    public String kind() {
      return "a rate in " + unit;
    }
  }

  /** Ends {@code min} and {@code max}, either may be missing [{@link java.util.Map}]. */
  record RangeOf(Shape end) implements Shape {
    @Override
    public String kind() {
      return "a range";
    }
  }

  /** [{@link java.util.List}]. */
  record ListOf(Shape item) implements Shape {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys of the user's choice [{@link java.util.Map}]. */
  record MapOf(Shape value) implements Shape {
    @Override
    public String kind() {
      return "a map";
    }
  }

  /** Known keys, each of which may be missing [{@link java.util.Map}]. */
  record Fields(SequencedMap<String, Shape> fields) implements Shape {
    public Fields {
      fields = Collections.unmodifiableSequencedMap(new TreeMap<>(fields));
    }

    @Override
    public String kind() {
      return "a section";
    }
  }

  /** Known when it runs: what a model answers, a field of a manifest [any of the above]. */
  record Any() implements Shape {
    @Override
    public String kind() {
      return "a value";
    }
  }

  Any ANY = new Any();
}
