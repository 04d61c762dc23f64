package dev.salver.compiler.check;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.random.Draw;
import dev.salver.compiler.syntax.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Values that a setting takes, and values that it does not, drawn by its type. */
public final class SchemaValues {
  private SchemaValues() {}

  /** A value that is refused, with the code that says so. */
  public record Wrong(String value, Code code) {}

  /** Every setting of a kind; {@code labels.*} is a map. */
  public static Set<String> paths(Kind kind) {
    return Schema.of(kind).orElseThrow().paths();
  }

  private static SettingType type(Kind kind, String path) {
    int quote = path.indexOf('"');
    Path at =
        quote < 0
            ? Path.of(path.split("\\."))
            : Path.of(path.substring(0, quote - 1).split("\\.")).then(path.substring(quote));
    return Schema.of(kind).orElseThrow().type(at).orElseThrow();
  }

  /**
   * A value for a setting.
   *
   * @param path {@code scale.replicas}, {@code labels.tier}
   */
  public static String right(Kind kind, String path, Draw draw) {
    return right(type(kind, path), draw);
  }

  /** Values that are none for it. */
  public static List<Wrong> wrong(Kind kind, String path) {
    return wrong(type(kind, path));
  }

  private static String right(SettingType type, Draw draw) {
    return switch (type) {
      case SettingType.TextType text -> "\"text-" + draw.below(100) + "\"";
      case SettingType.NameType name ->
          draw.oneIn(2) ? "word-" + draw.below(100) : "\"word-" + draw.below(100) + "\"";
      case SettingType.Scalar scalar -> scalar(draw);
      case SettingType.Variable variable -> scalar(draw);
      case SettingType.Words words -> draw.of(words.words());
      case SettingType.BoolType bool -> draw.of("true", "false");
      case SettingType.Whole whole -> whole(whole, draw);
      case SettingType.DurationType duration -> duration(duration, draw);
      case SettingType.RateType rate -> draw.between(1, 90) + draw.of(rate.units());
      case SettingType.PercentType percent -> draw.of("12.5%", "100%", "0.1%", "50%");
      case SettingType.ShareType share -> draw.between(0, 100) + "%";
      case SettingType.Formulas formulas -> "[]";
      case SettingType.MoneyType money ->
          "$" + draw.between(0, 9) + "." + draw.between(10, 99) + "/h";
      case SettingType.RangeOf range -> range(range, draw);
      case SettingType.SizeType size -> draw.between(1, 64) + draw.of("Mi", "Gi", "Ti", "Ki");
      case SettingType.CpuType cpu ->
          draw.of(draw.between(1, 64) + "", draw.between(1, 4000) + "m", "0.5", "1.25");
      case SettingType.GpuType gpu -> draw.of("l4", "a10 * 2", "[t4, l4]", "[l4, h100] * 4");
      case SettingType.ListOf list -> "[" + right(list.item(), draw) + "]";
      case SettingType.Anything anything -> draw.of("1", "\"x\"", "10s");
      case SettingType.Json json -> draw.of("\"x\"", "1", "true", "[1, 2]", "{ a = [{ b = 1 }] }");
    };
  }

  private static String scalar(Draw draw) {
    return draw.of("\"v" + draw.below(100) + "\"", draw.below(1000) + "", "0.5", "true", "false");
  }

  private static String whole(SettingType.Whole whole, Draw draw) {
    return Long.toString(
        draw.oneIn(8)
            ? draw.of(whole.low(), whole.high())
            : draw.between(whole.low(), Math.min(whole.high(), whole.low() + 50)));
  }

  private static String duration(SettingType.DurationType type, Draw draw) {
    long unit = type.unitMillis();
    long millis = draw.between(type.lowMillis() / unit, type.highMillis() / unit) * unit;
    return Amounts.duration(draw.oneIn(8) ? draw.of(type.lowMillis(), type.highMillis()) : millis);
  }

  private static String range(SettingType.RangeOf range, Draw draw) {
    return switch (draw.below(6)) {
      case 0 -> "?";
      case 1 -> right(range.end(), draw) + "..?";
      case 2 -> "?.." + right(range.end(), draw);
      default -> right(range.end(), draw);
    };
  }

  private static List<Wrong> wrong(SettingType type) {
    return switch (type) {
      case SettingType.TextType text ->
          List.of(mismatch("12"), mismatch("[\"a\"]"), outside("\"\""), outside("\" \""));
      case SettingType.NameType name -> List.of(mismatch("4Gi"), mismatch("12"), outside("\"\""));
      case SettingType.Scalar scalar -> List.of(mismatch("4Gi"), mismatch("10s"), mismatch("[1]"));
      case SettingType.Variable variable -> List.of(mismatch("4Gi"), mismatch("$5"));
      case SettingType.Words words ->
          List.of(
              new Wrong("nothing-like-it", Code.SV2004),
              mismatch("12"),
              mismatch("\"" + words.words().getFirst() + "\""));
      case SettingType.BoolType bool -> List.of(mismatch("\"true\""), mismatch("1"));
      case SettingType.Whole whole ->
          List.of(
              mismatch("\"1\""),
              mismatch("4Gi"),
              outside("1.5"),
              outside(Long.toString(whole.low() - 1)),
              outside(Long.toString(whole.high() + 1)));
      case SettingType.DurationType duration ->
          List.of(
              mismatch("10"),
              mismatch("5m"),
              mismatch("4Gi"),
              outside(Amounts.duration(duration.highMillis() + duration.unitMillis())),
              outside("0s"));
      case SettingType.RateType rate ->
          List.of(mismatch("10"), mismatch("10s"), outside("0" + rate.units().getFirst()));
      case SettingType.PercentType percent ->
          List.of(mismatch("10"), outside("0%"), outside("101%"));
      case SettingType.ShareType share ->
          List.of(mismatch("10"), outside("12.5%"), outside("101%"));
      case SettingType.Formulas formulas -> List.of(mismatch("12"), mismatch("\"p99 < 1s\""));
      case SettingType.MoneyType money -> List.of(mismatch("12"), mismatch("4Gi"));
      case SettingType.RangeOf range -> turned(range);
      case SettingType.SizeType size -> List.of(mismatch("12"), mismatch("10s"), outside("0Gi"));
      case SettingType.CpuType cpu -> List.of(mismatch("4Gi"), outside("0"), outside("0.0001"));
      case SettingType.GpuType gpu ->
          List.of(
              mismatch("4Gi"),
              outside("l4 * 0"),
              outside("l4 * 65"),
              new Wrong("no-such-gpu", Code.SV1002));
      case SettingType.ListOf list ->
          list.orOne() ? wrong(list.item()) : List.of(mismatch("12"), mismatch("\"--flag\""));
      case SettingType.Anything anything -> List.of();
      case SettingType.Json json -> List.of(mismatch("10s"), mismatch("5%"));
    };
  }

  private static List<Wrong> turned(SettingType.RangeOf range) {
    var wrong = new ArrayList<>(wrong(range.end()));
    wrong.add(
        switch (range.end()) {
          case SettingType.SizeType size -> outside("4Gi..2Gi");
          case SettingType.CpuType cpu -> outside("4..500m");
          default -> outside("9..2");
        });
    return wrong;
  }

  private static Wrong mismatch(String value) {
    return new Wrong(value, Code.SV2001);
  }

  private static Wrong outside(String value) {
    return new Wrong(value, Code.SV2003);
  }
}
