package dev.salver.compiler.cel;

import dev.salver.compiler.cel.Shape.Scalar;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Name;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls, CEL's macros, indexes and maps. */
final class Calls {
  private static final List<String> MACROS =
      List.of("all", "exists", "exists_one", "filter", "map");

  private final Translator translator;

  Calls(Translator translator) {
    this.translator = translator;
  }

  /** What a word that a macro binds is called in CEL. */
  static String variable(String word) {
    return "x_" + word.replace('-', '_');
  }

  static List<String> then(List<String> path, String key) {
    var longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }

  Piece call(Expr.Call call) {
    return switch (call.target()) {
      case Expr.Word word when word.text().equals("has") -> has(call);
      case Expr.Word word -> {
        Names.Function function = translator.names().functions().get(word.text());
        yield function == null
            ? builtin(call, word.text(), word.span(), null)
            : outside(call, word, function);
      }
      case Expr.Member member when MACROS.contains(member.name().text()) -> macro(call, member);
      case Expr.Member member -> {
        Piece receiver = translator.value(member.target());
        yield receiver.isBroken()
            ? Piece.broken(call)
            : builtin(call, member.name().text(), member.name().span(), receiver);
      }
      case Expr.Missing missing -> Piece.broken(call);
      default -> translator.problem(call, "this is no function that could be called");
    };
  }

  private Piece has(Expr.Call call) {
    if (call.arguments().size() != 1) {
      return wrong(call, "`has` takes a setting, such as `has(self.gpu)`");
    }
    Piece argument = translator.piece(call.arguments().getFirst().value(), null);
    if (argument.isBroken()) {
      return Piece.broken(call);
    }
    if (argument.isPath()) {
      return translator.trace(
          translator
              .dialect()
              .isSet(argument.path())
              .map(text -> Piece.of(call, "(" + text + ")", Scalar.BOOL))
              .orElseGet(() -> Piece.broken(call)));
    }
    String guard = argument.guard();
    return guard.isEmpty()
        ? wrong(call, "`has` takes a setting, such as `has(self.gpu)`")
        : translator.trace(Piece.of(call, "(" + guard + ")", Scalar.BOOL));
  }

  private Piece macro(Expr.Call call, Expr.Member member) {
    String macro = member.name().text();
    Piece list = translator.value(member.target());
    if (list.isBroken()) {
      return Piece.broken(call);
    }
    Shape item =
        switch (list.shape()) {
          case Shape.ListOf(Shape each) -> each;
          case Shape.MapOf map -> Scalar.TEXT;
          case Shape.Any any -> any;
          default -> null;
        };
    if (item == null) {
      return wrong(call, "`" + macro + "` goes over a list or a map, not " + list.shape().kind());
    }
    boolean fits =
        call.arguments().size() == 2
            && call.arguments().stream().allMatch(each -> each.name() == null)
            && call.arguments().getFirst().value() instanceof Expr.Word;
    if (!fits) {
      return wrong(
          call,
          "`"
              + macro
              + "` takes a word for each item and what it asks of it: `"
              + macro
              + "(x, x > 1)`");
    }
    var word = (Expr.Word) call.arguments().getFirst().value();
    Expr body = call.arguments().getLast().value();
    Piece each =
        translator.within(new Name(word.text(), word.span()), item, body, !macro.equals("map"));
    Shape shape =
        switch (macro) {
          case "map" -> new Shape.ListOf(each.shape());
          case "filter" -> list.shape();
          default -> Scalar.BOOL;
        };
    String text =
        list.text() + "." + macro + "(" + variable(word.text()) + ", " + each.text() + ")";
    Piece piece = Piece.of(call, text, shape, list);
    return each.isBroken() ? Piece.broken(call) : translator.trace(piece);
  }

  private Piece builtin(Expr.Call call, String name, Span at, @Nullable Piece receiver) {
    List<Builtin> known = Builtin.named(name, receiver != null);
    if (known.isEmpty()) {
      Collection<String> names = new ArrayList<>(Builtin.names(receiver != null));
      names.addAll(receiver == null ? translator.names().functions().keySet() : MACROS);
      var diagnostic = Diagnostic.of(Code.SV6008, at, "there is no function `" + name + "`");
      return translator.problem(
          call,
          Spelling.nearest(name, names)
              .map(near -> diagnostic.fixedBy(Fix.replace(at, near)))
              .orElse(diagnostic));
    }
    Optional<Builtin> fitting =
        receiver == null
            ? Optional.of(known.getFirst())
            : known.stream()
                .filter(
                    each ->
                        each.receiver() != null && Builtin.fits(each.receiver(), receiver.shape()))
                .findFirst();
    if (fitting.isEmpty()) {
      return wrong(
          call,
          "`" + name + "` is no function of " + (receiver == null ? "" : receiver.shape().kind()));
    }
    return apply(call, fitting.get(), receiver);
  }

  private Piece apply(Expr.Call call, Builtin function, @Nullable Piece receiver) {
    var names = function.parameters().stream().map(Builtin.Parameter::name).toList();
    List<@Nullable Expr> bound = bind(call, function.name(), names, function.required());
    if (bound == null) {
      return Piece.broken(call);
    }
    var pieces = new ArrayList<Piece>();
    for (int i = 0; i < bound.size(); i++) {
      Expr argument = bound.get(i);
      if (argument == null) {
        break;
      }
      Piece piece = translator.value(argument);
      String kind = function.parameters().get(i).kind();
      if (!piece.isBroken() && !Builtin.fits(kind, piece.shape())) {
        return wrong(
            call,
            "`"
                + function.name()
                + "` takes a "
                + kind
                + " as `"
                + names.get(i)
                + "`, not "
                + piece.shape().kind());
      }
      pieces.add(kind.equals("number") ? Operators.number(piece) : piece);
    }
    String text =
        function.written(
            receiver == null ? "" : receiver.text(),
            pieces.stream().map(Piece::text).toList(),
            translator.dialect().hasOwnFunctions());
    if (text.isEmpty() || pieces.stream().anyMatch(Piece::isBroken)) {
      return Piece.broken(call);
    }
    Shape first =
        receiver != null
            ? receiver.shape()
            : pieces.isEmpty() ? Shape.ANY : pieces.getFirst().shape();
    var parts = new ArrayList<>(pieces);
    if (receiver != null) {
      parts.add(receiver);
    }
    return translator.trace(
        Piece.of(call, text, function.gives(first), parts.toArray(new Piece[0])));
  }

  /** A function of the names: {@code _call(_functions, "name", {"parameter": value})}. */
  private Piece outside(Expr.Call call, Expr.Word word, Names.Function function) {
    var names = function.parameters().stream().map(Names.Parameter::name).toList();
    int required = (int) function.parameters().stream().filter(Names.Parameter::isRequired).count();
    List<@Nullable Expr> bound = bind(call, word.text(), names, required);
    if (bound == null) {
      return Piece.broken(call);
    }
    var pieces = new ArrayList<Piece>();
    var entries = new ArrayList<String>();
    for (int i = 0; i < bound.size(); i++) {
      Expr argument = bound.get(i);
      if (argument != null) {
        Piece piece = translator.value(argument);
        pieces.add(piece);
        entries.add(Literals.quoted(names.get(i)) + ": " + piece.text());
      }
    }
    String text =
        "_call(_functions, "
            + Literals.quoted(word.text())
            + ", {"
            + String.join(", ", entries)
            + "})";
    Piece piece =
        Piece.of(call, text, function.result(), pieces.toArray(new Piece[0]))
            .guardedBy("_isSet(" + text + ")");
    return piece.isBroken() ? piece : translator.trace(piece);
  }

  /** An argument for each parameter; null if something is wrong, which was reported. */
  private @Nullable List<@Nullable Expr> bind(
      Expr.Call call, String function, List<String> names, int required) {
    var bound = new ArrayList<@Nullable Expr>();
    names.forEach(name -> bound.add(null));
    int position = 0;
    for (Expr.Argument argument : call.arguments()) {
      Name name = argument.name();
      int at = name == null ? position++ : names.indexOf(name.text());
      if (at < 0 && name != null) {
        var diagnostic =
            Diagnostic.of(
                Code.SV6008, name.span(), "`" + function + "` has no parameter `" + name + "`");
        translator.problem(
            call,
            Spelling.nearest(name.text(), names)
                .map(near -> diagnostic.fixedBy(Fix.replace(name.span(), near)))
                .orElse(diagnostic));
        return null;
      }
      if (at >= names.size() || bound.get(at) != null) {
        wrong(call, takes(function, names, required));
        return null;
      }
      bound.set(at, argument.value());
    }
    for (int i = 0; i < required; i++) {
      if (bound.get(i) == null) {
        wrong(call, takes(function, names, required));
        return null;
      }
    }
    return bound;
  }

  private static String takes(String function, List<String> names, int required) {
    if (names.isEmpty()) {
      return "`" + function + "` takes no arguments";
    }
    var words = new ArrayList<String>();
    for (int i = 0; i < names.size(); i++) {
      words.add(i < required ? names.get(i) : names.get(i) + "?");
    }
    return "`" + function + "` takes `" + String.join(", ", words) + "`, each once";
  }

  Piece index(Expr.Index index) {
    boolean one = index.arguments().size() == 1 && index.arguments().getFirst().name() == null;
    if (!one) {
      return wrong(index, "an index is one value between the brackets");
    }
    Expr key = index.arguments().getFirst().value();
    Piece target = translator.piece(index.target(), null);
    if (target.isBroken()) {
      return Piece.broken(index);
    }
    Optional<String> plain = key.plainText().filter(text -> !text.isEmpty());
    if (plain.isPresent() && !(target.shape() instanceof Shape.ListOf)) {
      return translator.below(index, target, new Name(plain.get(), key.span()));
    }
    Piece read = translator.use(target);
    Piece at = translator.value(key);
    if (read.isBroken() || at.isBroken()) {
      return Piece.broken(index);
    }
    Shape item =
        switch (read.shape()) {
          case Shape.ListOf list when Builtin.fits("whole", at.shape()) -> list.item();
          case Shape.MapOf map when Builtin.fits("text", at.shape()) -> map.value();
          case Shape.Any any -> any;
          default -> null;
        };
    if (item == null) {
      return wrong(index, read.shape().kind() + " has no place " + at.shape().kind() + " names");
    }
    Piece piece = at(index, read, at.text(), item);
    at.guards().forEach(piece.guards()::add);
    return piece;
  }

  /** The value at a key or place of another, and that there is one. */
  Piece at(Expr from, Piece target, String key, Shape shape) {
    if (target.isBroken()) {
      return Piece.broken(from);
    }
    if (translator.dialect().hasOwnFunctions()) {
      String text = "_at(" + target.text() + ", " + key + ")";
      return translator.trace(
          Piece.of(from, text, shape, target).guardedBy("_isSet(" + text + ")"));
    }
    String text = target.text() + "[" + key + "]";
    String guard =
        target.shape() instanceof Shape.ListOf
            ? "(" + key + " >= 0 && size(" + target.text() + ") > " + key + ")"
            : "(" + key + " in " + target.text() + ")";
    return Piece.of(from, text, shape, target).guardedBy(guard);
  }

  Piece map(Expr.MapOf map) {
    var pieces = new ArrayList<Piece>();
    var entries = new ArrayList<String>();
    for (Entry entry : map.block().entries()) {
      if (!(entry instanceof Entry.Setting setting) || setting.path().size() != 1) {
        return translator.problem(map, "a map holds `key = value` only");
      }
      Piece value = translator.value(setting.value());
      pieces.add(value);
      entries.add(Literals.quoted(setting.path().getFirst().text()) + ": " + value.text());
    }
    return Piece.of(
        map,
        "{" + String.join(", ", entries) + "}",
        new Shape.MapOf(Shape.ANY),
        pieces.toArray(new Piece[0]));
  }

  /** A value within a text; empty where CEL has no text for it. */
  Optional<String> asText(Piece piece) {
    if (Operators.isText(piece.shape())) {
      return Optional.of(piece.text());
    }
    if (translator.dialect().hasOwnFunctions()) {
      return Optional.of("_text(" + piece.text() + ")");
    }
    return Operators.isQuantity(piece.shape())
        ? Optional.empty()
        : Optional.of("string(" + piece.text() + ")");
  }

  private Piece wrong(Expr from, String message) {
    return translator.problem(from, Diagnostic.of(Code.SV6008, from.span(), message));
  }
}
