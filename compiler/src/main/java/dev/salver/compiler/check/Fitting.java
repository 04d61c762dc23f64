package dev.salver.compiler.check;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.overlay.Leaf;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.value.Evaluator;
import dev.salver.compiler.value.Scope;
import dev.salver.compiler.value.Value;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Says what is wrong with a value that does not fit its setting, and what would fit. */
final class Fitting {
  /** What KServe calls, or once called, the modes. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "serverless", "knative",
          "raw", "standard",
          "rawdeployment", "standard");

  private static final Map<String, String> TRUTHS =
      Map.of(
          "true", "true", "yes", "true", "on", "true", "false", "false", "no", "false", "off",
          "false");

  /** What other languages call the lack of a value. */
  private static final Set<String> NOTHING = Set.of("null", "none", "nil", "undefined");

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+)*");

  private static final Pattern QUANTITY = Pattern.compile("[0-9]+(?:\\.[0-9]+)?[A-Za-z%]*");

  private Fitting() {}

  /** Empty when it fits, or when what is wrong was reported already. */
  static Optional<Diagnostic> problem(Leaf leaf, SettingType type, Value value) {
    if (value instanceof Value.Broken || value instanceof Value.Unset) {
      return Optional.empty();
    }
    Span span = leaf.value().span();
    Optional<Value.Located> secret = secret(new Value.Located(value, span));
    if (secret.isPresent() && type.problem(value).isPresent()) {
      return Optional.of(misplaced(secret.get(), leaf));
    }
    return type.problem(value)
        .map(
            problem ->
                switch (problem) {
                  case TYPE -> mismatch(leaf, type, value, span);
                  case RANGE ->
                      Diagnostic.of(
                          Code.SV2003,
                          span,
                          "`"
                              + leaf.path()
                              + "` takes "
                              + type.expects()
                              + ", not "
                              + written(span));
                  case ORDER ->
                      turned(
                          Diagnostic.of(
                              Code.SV2003,
                              span,
                              "`" + leaf.path() + "` starts above its end: " + written(span)));
                  case WORD -> word(leaf, type, span);
                });
  }

  /** With its ends in order. */
  private static Diagnostic turned(Diagnostic diagnostic) {
    String[] ends = diagnostic.span().text().split("\\.\\.", -1);
    return ends.length == 2
        ? diagnostic.fixedBy(
            Fix.replace(diagnostic.span(), ends[1].strip() + ".." + ends[0].strip()))
        : diagnostic;
  }

  /** The first secret in a value. */
  private static Optional<Value.Located> secret(Value.Located located) {
    return switch (located.value()) {
      case Value.Secret secret -> Optional.of(located);
      case Value.Items items ->
          items.items().stream().flatMap(each -> secret(each).stream()).findFirst();
      case Value.Entries entries ->
          entries.entries().values().stream().flatMap(each -> secret(each).stream()).findFirst();
      case Value.Count count -> secret(new Value.Located(count.of(), located.span()));
      default -> Optional.empty();
    };
  }

  private static Diagnostic misplaced(Value.Located located, Leaf leaf) {
    Value.Secret secret = (Value.Secret) located.value();
    var diagnostic =
        Diagnostic.of(
                Code.SV1013, located.span(), "`" + leaf.path() + "` takes no secret; `vars` does")
            .relating(secret.declared(), "`" + secret.name() + "` is declared here");
    boolean whole = located.span().equals(leaf.value().span());
    boolean together = leaf.at().file() == located.span().file() && !leaf.at().file().isLibrary();
    return whole && together
        ? diagnostic.fixedBy(leaf.removalWithSections().suggested())
        : diagnostic;
  }

  private static Diagnostic mismatch(Leaf leaf, SettingType type, Value value, Span span) {
    var diagnostic =
        Diagnostic.of(
            Code.SV2001,
            span,
            "`" + leaf.path() + "` takes " + type.expects() + ", not " + value.kind());
    if (value instanceof Value.Symbol symbol
        && NOTHING.contains(symbol.name().toLowerCase(Locale.ROOT))) {
      return diagnostic
          .labelled("no value is `unset`")
          .fixedBy(Fix.replace(span, "unset").suggested())
          .fixedBy(leaf.removalWithSections().suggested());
    }
    return repair(type, value, span).map(diagnostic::fixedBy).orElse(diagnostic);
  }

  private static Optional<Fix> repair(SettingType type, Value value, Span span) {
    if (type instanceof SettingType.DurationType && value instanceof Value.Cpu cpu) {
      return Optional.of(Fix.replace(span, cpu.millis().toPlainString() + "min"));
    }
    if (type instanceof SettingType.DurationType && value instanceof Value.Plain number) {
      return Optional.of(Fix.replace(span, number.value().toPlainString() + "s"));
    }
    if (value instanceof Value.Text text
        && type instanceof SettingType.Words words
        && words.words().contains(text.text())) {
      return Optional.of(Fix.replace(span, text.text()));
    }
    if (value instanceof Value.Symbol symbol && type instanceof SettingType.BoolType) {
      return Optional.ofNullable(TRUTHS.get(symbol.name().toLowerCase(Locale.ROOT)))
          .map(meant -> Fix.replace(span, meant));
    }
    if (value instanceof Value.Text text && type instanceof SettingType.BoolType) {
      return Optional.ofNullable(TRUTHS.get(text.text().toLowerCase(Locale.ROOT)))
          .map(meant -> Fix.replace(span, meant));
    }
    if (value instanceof Value.Symbol symbol && isText(type)) {
      return Optional.of(Fix.replace(span, "\"" + symbol.name() + "\""));
    }
    if (value instanceof Value.Text text && fitsUnquoted(type, text.text(), span)) {
      return Optional.of(Fix.replace(span, text.text()));
    }
    return Optional.empty();
  }

  private static boolean isText(SettingType type) {
    return type instanceof SettingType.TextType
        || type instanceof SettingType.Scalar
        || type instanceof SettingType.Variable;
  }

  /** Whether what stands in quotes would fit without them. */
  private static boolean fitsUnquoted(SettingType type, String text, Span span) {
    if (NAME.matcher(text).matches()) {
      return type.problem(new Value.Symbol(text)).isEmpty();
    }
    String[] ends = text.split("\\.\\.", -1);
    if (ends.length > 2 || !Arrays.stream(ends).allMatch(QUANTITY.asMatchPredicate())) {
      return false;
    }
    Expr first = new Expr.Quantity(ends[0], span);
    Expr meant =
        ends.length == 1
            ? first
            : new Expr.Binary("..", first, new Expr.Quantity(ends[1], span), span);
    var literals = new Evaluator(new Scope("", Map.of()), ignored -> {});
    return type.problem(literals.value(meant)).isEmpty();
  }

  private static Diagnostic word(Leaf leaf, SettingType type, Span span) {
    var diagnostic =
        Diagnostic.of(
            Code.SV2004,
            span,
            "`" + leaf.path() + "` is " + type.expects() + ", not " + written(span));
    return type instanceof SettingType.Words words
        ? Optional.ofNullable(OTHER_NAMES.get(span.text()))
            .filter(words.words()::contains)
            .or(() -> Spelling.nearest(span.text(), words.words()))
            .map(near -> diagnostic.fixedBy(Fix.replace(span, near)))
            .orElse(diagnostic)
        : diagnostic;
  }

  private static String written(Span span) {
    String text = span.text().strip();
    return "`" + (text.length() > 40 ? text.substring(0, 40) + "…" : text).replace('\n', ' ') + "`";
  }
}
