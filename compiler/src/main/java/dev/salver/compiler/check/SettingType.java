package dev.salver.compiler.check;

import dev.salver.compiler.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What a setting takes. */
sealed interface SettingType {
  /** "a size, or a range of sizes". */
  String expects();

  /** Empty when the value is one of these, otherwise what is wrong with it. */
  Optional<Problem> problem(Value value);

  /** Why a value does not fit. */
  enum Problem {
    TYPE,
    RANGE,
    ORDER,
    WORD
  }

  private static Optional<Problem> unless(boolean fits, Problem problem) {
    return fits ? Optional.empty() : Optional.of(problem);
  }

  /** A text, never empty. */
  record TextType() implements SettingType {
    @Override
    public String expects() {
      return "a text";
    }

    @Override
    public Optional<Problem> problem(Value value) {
      return value instanceof Value.Text text
          ? unless(!text.text().isBlank(), Problem.RANGE)
          : Optional.of(Problem.TYPE);
    }
  }

  /** A name as a word or in quotes: formats, service accounts. */
  record NameType() implements SettingType {
    @Override
    public String expects() {
      return "a name";
    }

    @Override
    public Optional<Problem> problem(Value value) {
      return switch (value) {
        case Value.Symbol symbol -> Optional.empty();
        case Value.Text text -> unless(!text.text().isBlank(), Problem.RANGE);
        default -> Optional.of(Problem.TYPE);
      };
    }
  }

  /** A text, a number, a truth value or a word: what ends as text in a label or a variable. */
  record Scalar() implements SettingType {
    @Override
    public String expects() {
      return "a text, a number, or `true` or `false`";
    }

    @Override
    public Optional<Problem> problem(Value value) {
      return switch (value) {
        case Value.Text text -> Optional.empty();
        case Value.Plain number -> Optional.empty();
        case Value.Bool bool -> Optional.empty();
        default -> Optional.of(Problem.TYPE);
      };
    }
  }

  /**
   * What a server's environment variable takes: a scalar, or a secret, of which it gets the key.
   */
  record Variable() implements SettingType {
    @Override
    public String expects() {
      return "a text, a number, `true` or `false`, or a secret";
    }

    @Override
    public Optional<Problem> problem(Value value) {
      return value instanceof Value.Secret ? Optional.empty() : new Scalar().problem(value);
    }
  }

  record Words(List<String> words) implements SettingType {
    static Words of(String... words) {
      return new Words(List.of(words));
    }

    @Override
    public String expects() {
      return words.size() == 1
          ? "`" + words.getFirst() + "`"
          : "`"
              + String.join("`, `", words.subList(0, words.size() - 1))
              + "` or `"
              + words.getLast()
              + "`";
    }

    @Override
    public Optional<Problem> problem(Value value) {
      return value instanceof Value.Symbol symbol
          ? unless(words.contains(symbol.name()), Problem.WORD)
          : Optional.of(Problem.TYPE);
    }
  }

  record BoolType() implements SettingType {
    @Override
    public String expects() {
      return "`true` or `false`";
    }

    @Override
    public Optional<Problem> problem(Value value) {
      return unless(value instanceof Value.Bool, Problem.TYPE);
    }
  }

  record Whole(long low, long high) implements SettingType {
    @Override
    public String expects() {
      return "a whole number from " + low + " to " + high;
    }

    @Override
    public Optional<Problem> problem(Value value) {
      return value instanceof Value.Plain number
          ? unless(Amounts.isWhole(number.value(), low, high), Problem.RANGE)
          : Optional.of(Problem.TYPE);
    }
  }

  /** In whole multiples of a unit. */
  record DurationType(long lowMillis, long highMillis, long unitMillis) implements SettingType {
    @Override
    public String expects() {
      return "a duration from "
          + Amounts.duration(lowMillis)
          + " to "
          + Amounts.duration(highMillis)
          + (unitMillis == 1000 ? " in whole seconds" : "");
    }

    @Override
    public Optional<Problem> problem(Value value) {
      return value instanceof Value.Duration duration
          ? unless(
              Amounts.isWhole(duration.millis(), lowMillis, highMillis)
                  && duration.millis().longValueExact() % unitMillis == 0,
              Problem.RANGE)
          : Optional.of(Problem.TYPE);
    }
  }

  record RateType(List<String> units) implements SettingType {
    @Override
    public String expects() {
      return "a rate such as `"
          + String.join("` or `", units.stream().map(u -> "40" + u).toList())
          + "`";
    }

    @Override
    public Optional<Problem> problem(Value value) {
      if (!(value instanceof Value.Rate rate) || !units.contains(rate.unit())) {
        return Optional.of(Problem.TYPE);
      }
      long high = rate.unit().startsWith("%") ? 100 : Integer.MAX_VALUE;
      return unless(Amounts.isWhole(rate.amount(), 1, high), Problem.RANGE);
    }
  }

  /** More than nothing, at most all. */
  record PercentType() implements SettingType {
    @Override
    public String expects() {
      return "a percentage such as `10%`, at most `100%`";
    }

    @Override
    public Optional<Problem> problem(Value value) {
      return value instanceof Value.Percent percent
          ? unless(
              percent.percent().signum() > 0
                  && percent.percent().compareTo(BigDecimal.valueOf(100)) <= 0,
              Problem.RANGE)
          : Optional.of(Problem.TYPE);
    }
  }

  /** A share of traffic, in whole percent. */
  record ShareType() implements SettingType {
    @Override
    public String expects() {
      return "a whole share from 0% to 100%";
    }

    @Override
    public Optional<Problem> problem(Value value) {
      return value instanceof Value.Percent percent
          ? unless(Amounts.isWhole(percent.percent(), 0, 100), Problem.RANGE)
          : Optional.of(Problem.TYPE);
    }
  }

  /** A list that is read item by item by whoever knows them. */
  record Formulas(String what) implements SettingType {
    @Override
    public String expects() {
      return "a list of " + what;
    }

    @Override
    public Optional<Problem> problem(Value value) {
      return unless(value instanceof Value.Items, Problem.TYPE);
    }
  }

  record MoneyType() implements SettingType {
    @Override
    public String expects() {
      return "money such as `$0.71/h`";
    }

    @Override
    public Optional<Problem> problem(Value value) {
      return unless(value instanceof Value.Money, Problem.TYPE);
    }
  }

  /** A value, or a range of them whose ends rise; {@code ?} leaves an end or all of it open. */
  record RangeOf(SettingType end, String plural) implements SettingType {
    @Override
    public String expects() {
      return end.expects() + ", or a range of " + plural;
    }

    @Override
    public Optional<Problem> problem(Value value) {
      if (value instanceof Value.Open) {
        return Optional.empty();
      }
      if (!(value instanceof Value.Range range)) {
        return end.problem(value);
      }
      for (Value each : new Value[] {range.low(), range.high()}) {
        if (each != null && end.problem(each).isPresent()) {
          return end.problem(each);
        }
      }
      return unless(
          range.low() == null
              || range.high() == null
              || Amounts.of(range.low()).compareTo(Amounts.of(range.high())) <= 0,
          Problem.ORDER);
    }
  }

  record SizeType() implements SettingType {
    @Override
    public String expects() {
      return "a size such as `4Gi`";
    }

    @Override
    public Optional<Problem> problem(Value value) {
      return value instanceof Value.Size size
          ? unless(
              size.bytes().signum() > 0 && size.bytes().stripTrailingZeros().scale() <= 0,
              Problem.RANGE)
          : Optional.of(Problem.TYPE);
    }
  }

  /** {@code 500m}, {@code 2}, {@code 0.5}; no finer than a thousandth. */
  record CpuType() implements SettingType {
    @Override
    public String expects() {
      return "a cpu such as `500m` or `2`";
    }

    @Override
    public Optional<Problem> problem(Value value) {
      return value instanceof Value.Cpu || value instanceof Value.Plain
          ? unless(Amounts.isWhole(Amounts.of(value), 1, 1_000_000_000L), Problem.RANGE)
          : Optional.of(Problem.TYPE);
    }
  }

  /** {@code l4}, {@code l4 * 2}, {@code [l4, a10]}, {@code [l4, a10] * 2}. */
  record GpuType() implements SettingType {
    @Override
    public String expects() {
      return "an accelerator, such as `l4` or `l4 * 2`";
    }

    @Override
    public Optional<Problem> problem(Value value) {
      if (value instanceof Value.Count count) {
        return Amounts.isWhole(count.count(), 1, 64)
            ? problem(count.of())
            : Optional.of(Problem.RANGE);
      }
      boolean named =
          value instanceof Value.Symbol
              || (value instanceof Value.Items items
                  && !items.items().isEmpty()
                  && items.items().stream().allMatch(each -> each.value() instanceof Value.Symbol));
      return unless(named, Problem.TYPE);
    }
  }

  /** One of them, or a list of them. */
  record ListOf(SettingType item, boolean orOne) implements SettingType {
    @Override
    public String expects() {
      return (orOne ? item.expects() + ", or " : "") + "a list: each " + item.expects();
    }

    @Override
    public Optional<Problem> problem(Value value) {
      if (value instanceof Value.Items items) {
        return items.items().stream()
            .flatMap(each -> item.problem(each.value()).stream())
            .findFirst();
      }
      return orOne ? item.problem(value) : Optional.of(Problem.TYPE);
    }
  }

  /** What somebody else judges: the value of a param is of the param's own type. */
  record Anything() implements SettingType {
    @Override
    public String expects() {
      return "a value";
    }

    @Override
    public Optional<Problem> problem(Value value) {
      return unless(!(value instanceof Value.Secret), Problem.TYPE);
    }
  }

  /** Anything that JSON can say. */
  record Json() implements SettingType {
    @Override
    public String expects() {
      return "what JSON can say: a text, a number, `true`, a list or a map";
    }

    @Override
    public Optional<Problem> problem(Value value) {
      return switch (value) {
        case Value.Items items ->
            items.items().stream().flatMap(each -> problem(each.value()).stream()).findFirst();
        case Value.Entries entries ->
            entries.entries().values().stream()
                .flatMap(each -> problem(each.value()).stream())
                .findFirst();
        case Value.Text text -> Optional.empty();
        case Value.Symbol symbol -> Optional.empty();
        case Value.Bool bool -> Optional.empty();
        case Value.Plain number -> Optional.empty();
        case Value.Size size -> Optional.empty();
        case Value.Cpu cpu -> Optional.empty();
        default -> Optional.of(Problem.TYPE);
      };
    }
  }
}
