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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Declarations under another language's word, or with another's header. */
final class DeclarationHabits {
  private static final List<String> FUNCTIONS =
      List.of("chain", "dag", "def", "fn", "func", "fun", "function", "flow", "workflow");

  private static final List<String> RECORDS =
      List.of("class", "data", "interface", "message", "record", "schema", "struct", "typedef");

  private static final Pattern NAME = Pattern.compile("\"[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*\"");

  private final Surroundings around;

  DeclarationHabits(Surroundings around) {
    this.around = around;
  }

  @Nullable Habit at(int at) {
    Scope scope = around.scope(at);
    if (scope != Scope.TOP && scope != Scope.SETTINGS) {
      return null;
    }
    boolean follows = around.follows(at + 1);
    if (around.isFirst(at) && scope == Scope.TOP && follows) {
      if (around.isWord(at, FUNCTIONS)
          && around.type(at + 1) == ServeLexer.NAME
          && around.is(at + 2, ServeLexer.LPAREN, ServeLexer.LBRACK, ServeLexer.COLON)) {
        return retyped(at, ServeLexer.GRAPH);
      }
      if (around.isWord(at, RECORDS)
          && around.is(at + 1, ServeLexer.NAME, ServeLexer.TYPENAME)
          && around.is(at + 2, ServeLexer.LBRACE, ServeLexer.EQ)) {
        return record(at);
      }
      if (around.isWord(at, List.of("enum"))) {
        return words(at);
      }
      if (around.isWord(at, List.of("if", "when", "unless"))) {
        return conditional(at);
      }
    }
    if (around.type(at) == ServeLexer.MINUS && scope == Scope.TOP) {
      return ruler(at);
    }
    return named(at, scope);
  }

  /** What stands behind the word that declares, or behind the name. */
  private @Nullable Habit named(int at, Scope scope) {
    int kind = around.type(at - 1);
    boolean quoted =
        around.type(at) == ServeLexer.STRING
            && kind >= ServeLexer.PROJECT
            && kind <= ServeLexer.POLICY
            && around.isFirst(at - 1)
            && around.follows(at)
            && NAME.matcher(around.text(at)).matches();
    if (quoted && !around.is(at + 1, ServeLexer.EQ, ServeLexer.DOT)) {
      return quoted(at);
    }
    if (!around.isFirst(at - 2) || !TokenKinds.isDeclaration(around.type(at - 2))) {
      return around.type(at - 1) == ServeLexer.RPAREN ? output(at) : null;
    }
    int head = around.type(at - 2);
    if (around.type(at - 1) != ServeLexer.NAME && around.type(at - 1) != ServeLexer.STRING) {
      return null;
    }
    if (head == ServeLexer.MODEL
        && around.is(at, ServeLexer.EQ, ServeLexer.COLON)
        && around.type(at + 1) == ServeLexer.STRING) {
      return instead(
          at,
          at,
          ServeLexer.FROM,
          " from",
          "a model's source stands behind `from`: `model "
              + around.text(at - 1)
              + " from "
              + around.text(at + 1)
              + "`");
    }
    boolean extended =
        head == ServeLexer.ENV
            && around.is(at, ServeLexer.COLON, ServeLexer.LT)
            && around.type(at + 1) == ServeLexer.NAME;
    if (extended) {
      return instead(
          at,
          at,
          ServeLexer.EXTENDS,
          " extends",
          "an environment lies over another with `extends`: `env "
              + around.text(at - 1)
              + " extends "
              + around.text(at + 1)
              + "`");
    }
    boolean equals =
        around.type(at) == ServeLexer.EQ
            && around.type(at + 1) == ServeLexer.LBRACE
            && head != ServeLexer.TYPE
            && head != ServeLexer.GRAPH
            && head != ServeLexer.PARAM
            && scope == Scope.TOP;
    return equals
        ? new Habit(
            at + 1,
            List.of(),
            Diagnostic.of(
                    Code.SV0109,
                    around.span(at),
                    "a declaration has no `=`: `"
                        + around.text(at - 2)
                        + " "
                        + around.text(at - 1)
                        + " { … }`")
                .fixedBy(
                    Fix.delete(
                        "remove it",
                        new Span(
                            around.file,
                            around.words.get(at).start(),
                            around.words.get(at + 1).start()))))
        : null;
  }

  /** The output of a graph behind a colon or {@code =>}. */
  private @Nullable Habit output(int at) {
    int kind = around.partner(at - 1) - 2;
    boolean graph = around.type(kind) == ServeLexer.GRAPH && around.head(at) == ServeLexer.GRAPH;
    boolean header =
        kind >= 0
            && around.isFirst(kind)
            && !around.isFlow(at)
            && (graph || around.isWord(kind, FUNCTIONS));
    return header && around.is(at, ServeLexer.COLON, ServeLexer.FATARROW)
        ? instead(
            at,
            at,
            ServeLexer.ARROW,
            around.type(at) == ServeLexer.COLON ? " ->" : "->",
            "what a graph gives stands behind `->`: `graph NAME(…) -> TYPE`")
        : null;
  }

  private Habit instead(int at, int last, int type, String text, String message) {
    Span span = around.span(at, last);
    boolean apart = !around.touches(at);
    Word word = around.words.get(at);
    return new Habit(
        last + 1,
        List.of(new Word(type, word.start(), word.start())),
        Diagnostic.of(Code.SV0109, span, message)
            .fixedBy(Fix.replace(span, apart ? text.strip() : text)));
  }

  private Habit quoted(int at) {
    Word word = around.words.get(at);
    String text = around.text(at);
    String name = text.substring(1, text.length() - 1);
    int type =
        Character.isUpperCase(name.charAt(0)) && name.indexOf('-') < 0
            ? ServeLexer.TYPENAME
            : ServeLexer.NAME;
    return new Habit(
        at + 1,
        List.of(new Word(type, word.start() + 1, word.end() - 1)),
        Diagnostic.of(Code.SV0109, around.span(at), "a name stands without quotes: `" + name + "`")
            .fixedBy(Fix.replace(around.span(at), name)));
  }

  private Habit retyped(int at, int type) {
    String meant = Words.literal(type);
    return new Habit(
        at + 1,
        List.of(around.words.get(at).as(type)),
        Diagnostic.of(
                Code.SV0109,
                around.span(at),
                "`" + around.text(at) + "` begins no declaration, a flow is a `" + meant + "`")
            .fixedBy(Fix.replace(around.span(at), meant)));
  }

  private Habit record(int at) {
    boolean equals = around.type(at + 2) == ServeLexer.EQ;
    var edits = new ArrayList<Edit>(List.of(new Edit(around.span(at), "type")));
    int end = around.words.get(at + 1).end();
    var read = new ArrayList<Word>();
    read.add(around.words.get(at).as(ServeLexer.TYPE));
    read.add(around.words.get(at + 1));
    if (!equals) {
      read.add(around.behind(at + 1, ServeLexer.EQ));
      edits.add(new Edit(new Span(around.file, end, end), " ="));
    }
    String meant = "type " + around.text(at + 1) + " = …";
    return new Habit(
        at + 2,
        read,
        Diagnostic.of(
                Code.SV0109,
                around.span(at),
                "`" + around.text(at) + "` begins no declaration, a record is `" + meant + "`")
            .fixedBy(new Fix("write `" + meant + "`", edits)));
  }

  private @Nullable Habit words(int at) {
    int close = around.type(at + 2) == ServeLexer.LBRACE ? around.partner(at + 2) : -1;
    return close < 0
        ? null
        : new Habit(
                close + 1,
                List.of(),
                Diagnostic.of(
                    Code.SV0109,
                    around.span(at),
                    "there is no `enum`: a param takes one of several words with `param NAME:"
                        + " string in [\"…\", \"…\"]`"))
            .leaving(Leaves.NAMES);
  }

  /** Declarations under a condition are read as if it held. */
  private @Nullable Habit conditional(int at) {
    int open = at + 1;
    while (open < at + Surroundings.FAR
        && around.follows(open)
        && around.type(open) != ServeLexer.LBRACE) {
      open++;
    }
    int close = around.partner(open);
    if (around.type(open) != ServeLexer.LBRACE || close < 0 || open == at + 1) {
      return null;
    }
    boolean otherwise = around.type(close + 1) == ServeLexer.ELSE;
    var habit =
        new Habit(
            open + 1,
            List.of(),
            Diagnostic.of(
                Code.SV0109,
                around.span(at),
                "no condition stands around declarations: `env NAME { model NAME { deploy = false } }`"
                    + " leaves one out where it is not wanted"));
    habit = habit.replacing(close);
    return otherwise ? habit.leaving(Leaves.NAMES) : habit;
  }

  /** {@code ---} between the documents of a YAML file. */
  private @Nullable Habit ruler(int at) {
    int end = at;
    while (around.type(end) == ServeLexer.MINUS && (end == at || around.touches(end))) {
      end++;
    }
    boolean alone = around.layout.startsLine(at) && around.layout.startsLine(end);
    if (end < at + 3 || !alone || around.layout.column(at) > 0) {
      return null;
    }
    Span span = around.span(at, end - 1);
    return new Habit(
        end,
        List.of(),
        Diagnostic.of(Code.SV0109, span, "nothing stands between declarations, no `---`")
            .fixedBy(Fix.remove("remove it", span)));
  }
}
