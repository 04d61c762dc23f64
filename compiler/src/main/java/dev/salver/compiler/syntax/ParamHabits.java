package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Habit.Leaves;
import dev.salver.compiler.syntax.Surroundings.Scope;
import dev.salver.dsl.ServeLexer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values with names under another language's word, or without their type. */
final class ParamHabits {
  private static final List<String> VALUES =
      List.of("const", "let", "local", "parameter", "set", "val", "var", "variable");

  private final Surroundings around;

  ParamHabits(Surroundings around) {
    this.around = around;
  }

  @Nullable Habit at(int at) {
    boolean param = around.type(at) == ServeLexer.PARAM;
    return around.scope(at) == Scope.TOP
            && (param || around.isWord(at, VALUES))
            && around.isFirst(at)
            && around.follows(at + 1)
        ? value(at, param)
        : null;
  }

  /** {@code const region = "eu"}, {@code param region = "eu"}, {@code variable "region" { … }}. */
  private @Nullable Habit value(int at, boolean param) {
    boolean name = around.is(at + 1, ServeLexer.NAME, ServeLexer.STRING);
    int after = at + 2;
    if (!name) {
      return null;
    }
    if (around.type(after) == ServeLexer.LBRACE && !param) {
      return variable(at);
    }
    boolean typed = around.type(after) == ServeLexer.COLON;
    if (around.type(at + 1) == ServeLexer.STRING
        || !(around.type(after) == ServeLexer.EQ || (typed && !param))) {
      return null;
    }
    String type = typed ? "" : type(after + 1);
    String meant =
        "param "
            + around.text(at + 1)
            + (typed ? ": " + around.text(after + 1) : ": " + (type.isEmpty() ? "TYPE" : type))
            + " = …";
    var read = new ArrayList<Word>();
    read.add(around.words.get(at).as(ServeLexer.PARAM));
    read.add(around.words.get(at + 1));
    var edits = new ArrayList<Edit>(List.of(new Edit(around.span(at), "param")));
    int end = around.words.get(at + 1).end();
    if (!typed) {
      read.add(around.behind(at + 1, ServeLexer.COLON));
      read.add(around.behind(at + 1, ServeLexer.NAME));
      edits.add(new Edit(new Span(around.file, end, end), ": " + type));
    }
    var diagnostic =
        param
            ? Diagnostic.of(
                Code.SV0109, around.span(at + 1), "a param says its type: `" + meant + "`")
            : Diagnostic.of(
                Code.SV0109,
                around.span(at),
                "`"
                    + around.text(at)
                    + "` begins no declaration, a value with a name is `"
                    + meant
                    + "`");
    return new Habit(
        at + 2,
        read,
        typed || !type.isEmpty()
            ? diagnostic.fixedBy(new Fix("write `" + meant + "`", edits))
            : diagnostic);
  }

  /** The type of a literal, as a param has it; empty where that is not plain. */
  private String type(int at) {
    String text = around.text(at);
    return switch (around.type(at)) {
      case ServeLexer.STRING -> "string";
      case ServeLexer.TRUE, ServeLexer.FALSE -> "bool";
      case ServeLexer.NUMBER -> text.matches("[0-9_]+") ? "i64" : "f64";
      case ServeLexer.QUANTITY ->
          text.matches(".*(Ki|Mi|Gi|Ti)")
              ? "size"
              : text.matches(".*[0-9](ms|s|min|h|d)") ? "duration" : "";
      default -> "";
    };
  }

  private @Nullable Habit variable(int at) {
    int close = around.partner(at + 2);
    if (close < 0) {
      return null;
    }
    String name = around.text(at + 1).replace("\"", "");
    int given = -1;
    for (int i = at + 3; i < Math.min(close, at + Surroundings.FAR); i++) {
      boolean is = around.isWord(i, List.of("default")) && around.type(i + 1) == ServeLexer.EQ;
      given = is ? i + 2 : given;
    }
    String type = given < 0 ? "" : type(given);
    boolean whole = given >= 0 && (close == at + 6 || type(around.type(at + 3), close, at, given));
    String meant = "param " + name + ": " + (type.isEmpty() ? "TYPE" : type);
    Span all = around.span(at, close);
    var diagnostic =
        Diagnostic.of(
            Code.SV0109,
            around.span(at),
            "`"
                + around.text(at)
                + "` begins no declaration, a value with a name is `"
                + meant
                + " = …`");
    String text = given < 0 ? "" : meant + " = " + around.text(given);
    return new Habit(
            close + 1,
            List.of(),
            whole && !type.isEmpty() ? diagnostic.fixedBy(Fix.replace(all, text)) : diagnostic)
        .leaving(Leaves.NAMES);
  }

  /** Whether beside its default a variable says its type alone. */
  private boolean type(int first, int close, int at, int given) {
    return first == ServeLexer.TYPE
        && around.type(at + 4) == ServeLexer.EQ
        && given == at + 8
        && close == at + 9;
  }
}
