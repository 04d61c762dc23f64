package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Flow;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.typing.Calls;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which names steps may have, and where a graph names some. */
final class StepNames {
  /** Words that start a statement, which the grammar takes as a name before {@code =}. */
  private static final Set<String> KEYWORDS =
      Set.of(
          "import",
          "project",
          "model",
          "runtime",
          "accelerator",
          "env",
          "param",
          "secret",
          "type",
          "graph",
          "rollout",
          "policy",
          "test",
          "for",
          "each",
          "from",
          "on",
          "extends",
          "with",
          "where",
          "in",
          "final",
          "unset",
          "gate",
          "require",
          "deny",
          "expect",
          "stub",
          "switch",
          "split",
          "all",
          "by",
          "within",
          "retry",
          "or",
          "shadow",
          "at",
          "as",
          "else",
          "true",
          "false");

  private StepNames() {}

  /** What is wrong with a name that the program chose. */
  static Optional<Diagnostic> wrong(Name name, String graph, Scope scope) {
    String text = name.text();
    if (KEYWORDS.contains(text) || Calls.FUNCTIONS.contains(text)) {
      return Optional.of(
          Diagnostic.of(
              Code.SV2103,
              name.span(),
              "`"
                  + text
                  + "` is a "
                  + (KEYWORDS.contains(text) ? "keyword" : "built-in function")
                  + " and names no step"));
    }
    if (text.equals(graph)) {
      return Optional.of(
          Diagnostic.of(Code.SV2103, name.span(), "`" + text + "` is the graph itself"));
    }
    boolean whole = scope.find(text).map(each -> each.value().isRequest()).orElse(false);
    if (whole) {
      return Optional.of(
          Diagnostic.of(
              Code.SV2103, name.span(), "`" + text + "` is the name of all inputs together"));
    }
    return scope
        .find(text)
        .map(
            earlier ->
                Diagnostic.of(
                        Code.SV2103,
                        name.span(),
                        "`"
                            + text
                            + "` already names "
                            + (earlier.isInput() ? "an input" : "an earlier step"))
                    .relating(earlier.at(), "it has the name already"));
  }

  /** A name near another one that nothing has yet. */
  static String free(String name, Place place) {
    for (int i = 2; ; i++) {
      String next = name + "-" + i;
      if (place.scope().find(next).isEmpty()
          && !place.later().has(next)
          && place.callables().find(next).isEmpty()) {
        return next;
      }
    }
  }

  /** Every step that a graph names, wherever it stands. */
  static Map<String, Span> all(List<Entry.Step> statements) {
    var names = new HashMap<String, Span>();
    for (Entry.Step statement : statements) {
      if (statement.name() != null) {
        names.putIfAbsent(statement.name().text(), statement.name().span());
      }
      collect(statement.flow(), names);
    }
    return names;
  }

  private static void collect(Flow flow, Map<String, Span> names) {
    for (Flow.Stage stage : flow.stages()) {
      for (Flow.Modifier modifier : stage.modifiers()) {
        if (modifier instanceof Flow.Modifier.As as) {
          names.putIfAbsent(as.name().text(), as.name().span());
        }
      }
      switch (stage.node()) {
        case Flow.Node.Term(Expr.Call(Expr.Word word, var arguments, var all), var span) ->
            names.putIfAbsent(word.text(), word.span());
        case Flow.Node.Term(Expr.Word word, var span) ->
            names.putIfAbsent(word.text(), word.span());
        case Flow.Node.Term term -> {}
        case Flow.Node.Switch node -> node.branches().forEach(each -> collect(each, names));
        case Flow.Node.Split node -> node.branches().forEach(each -> collect(each, names));
        case Flow.Node.All node -> node.members().forEach(each -> collect(each, names));
      }
    }
  }

  private static void collect(Flow.Branch branch, Map<String, Span> names) {
    switch (branch) {
      case Flow.Branch.Case one -> collect(one.flow(), names);
      case Flow.Branch.Each each -> each.branches().forEach(inner -> collect(inner, names));
    }
  }

  private static void collect(Flow.Member member, Map<String, Span> names) {
    switch (member) {
      case Flow.Member.One one -> collect(one.flow(), names);
      case Flow.Member.Each each -> each.members().forEach(inner -> collect(inner, names));
    }
  }
}
