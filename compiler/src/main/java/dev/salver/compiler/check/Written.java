package dev.salver.compiler.check;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.memo.Memo;
import dev.salver.compiler.overlay.Doubles;
import dev.salver.compiler.overlay.Leaf;
import dev.salver.compiler.overlay.Leaves;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.value.Evaluator;
import dev.salver.compiler.value.Scope;
import dev.salver.compiler.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks every setting as it is written, whether or not an environment overrides it: that there is
 * one of this name, and that its value has the right type. Can be asked again as long as what
 * declarations share is the same.
 */
public final class Written {
  private static final String SCALE = "how many run is `scale.replicas = 1..4`";
  private static final String SOURCE =
      "its source stands in the header: `model NAME from \"…\" { }`";
  private static final String RUNTIME =
      "its runtime stands in the header: `model NAME on RUNTIME { }`";
  private static final String RESOURCES =
      "there are `cpu`, `memory` and `gpu`; `2..4` is a request and its limit";

  /** How others call it, and what it is here. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("replicas", SCALE),
          Map.entry("minReplicas", SCALE),
          Map.entry("maxReplicas", SCALE),
          Map.entry("min-replicas", SCALE),
          Map.entry("max-replicas", SCALE),
          Map.entry("min", SCALE),
          Map.entry("max", SCALE),
          Map.entry("source", SOURCE),
          Map.entry("uri", SOURCE),
          Map.entry("storageUri", SOURCE),
          Map.entry("runtime", RUNTIME),
          Map.entry("resources", RESOURCES),
          Map.entry("limits", RESOURCES),
          Map.entry("requests", RESOURCES),
          Map.entry("environment", "variables are `vars { NAME = value }`"));

  private final Scope scope;
  private final Memo<Entry, List<Diagnostic>> known = new Memo<>();

  /**
   * @param shared whose params and secrets the settings read
   */
  public Written(Declarations shared) {
    this.scope = Params.scope(shared);
  }

  public void check(Declarations declarations, Diagnostics diagnostics) {
    known.round();
    var entries = new ArrayList<Entry>();
    declarations.project().ifPresent(entries::add);
    entries.addAll(declarations.defaults());
    entries.addAll(declarations.models().values());
    entries.addAll(declarations.graphs().values());
    entries.addAll(declarations.runtimes().values());
    entries.addAll(declarations.accelerators().values());
    entries.addAll(declarations.rollouts().values());
    entries.addAll(declarations.secrets().values());
    entries.addAll(declarations.environments().values());
    for (Entry entry : entries) {
      diagnostics.addAll(known.of(entry, this::found));
    }
  }

  private List<Diagnostic> found(Entry entry) {
    var found = new Diagnostics();
    new Check(new Evaluator(scope, found::add), found).entry(entry);
    return found.found();
  }

  /** One declaration. */
  private record Check(Evaluator evaluator, Diagnostics diagnostics) {
    void entry(Entry entry) {
      switch (entry) {
        case Resource secret when secret.kind() == Kind.SECRET -> secret(secret);
        case Resource environment when environment.kind() == Kind.ENV -> {
          resource(environment, "");
          String where = " in `env " + environment.name() + "`";
          environment.body().forEach(each -> patch(each, where));
        }
        case Resource resource -> resource(resource, "");
        case Entry.Graph graph -> resource(graph.asResource(), "");
        default -> {}
      }
    }

    private void patch(Entry entry, String where) {
      if (entry instanceof Resource patch) {
        resource(patch, where);
      } else if (entry instanceof Entry.Graph graph) {
        resource(graph.asResource(), where);
      }
    }

    private void secret(Resource secret) {
      Span at = secret.name().span();
      if (secret.from() == null) {
        String source = " from \"kubernetes:" + secret.name() + "\"";
        diagnostics.add(
            Diagnostic.of(
                    Code.SV1014,
                    at,
                    "the secret `"
                        + secret.name()
                        + "` says nowhere what it is: `from"
                        + " \"kubernetes:SECRET/KEY\"`")
                .fixedBy(
                    Fix.insert("add `" + source.strip() + "`", at.file(), at.end(), source)
                        .suggested()));
      }
      evaluator.value(new Expr.Word(secret.name().text(), at));
    }

    /** A condition reads settings, which have no value here; but no secret has one anywhere. */
    private void compared(Expr condition) {
      switch (condition) {
        case Expr.Binary binary -> {
          compared(binary.left());
          compared(binary.right());
        }
        case Expr.Unary unary -> compared(unary.operand());
        case Expr.Word word when evaluator.value(word) instanceof Value.Secret secret ->
            diagnostics.add(
                Diagnostic.of(
                        Code.SV1013,
                        word.span(),
                        "the secret `" + word.text() + "` can't be compared")
                    .relating(secret.declared(), "it is declared here"));
        default -> {}
      }
    }

    /** What {@code where} adds to its name tells the title of its layer. */
    private void resource(Resource resource, String where) {
      if (resource.where() != null) {
        compared(resource.where());
      }
      Optional<Schema> schema = Schema.of(resource.kind());
      if (schema.isEmpty()) {
        return;
      }
      var unknown = new HashSet<String>();
      String name = resource.isSelector() ? "*" : resource.name().text();
      String title =
          "`" + resource.kind().word() + " " + name + conditional(resource) + "`" + where;
      for (Leaf leaf : Doubles.without(title, Leaves.of(resource, diagnostics), diagnostics)) {
        Optional<SettingType> type = schema.get().type(leaf.path());
        if (type.isEmpty() && isHeader(leaf)) {
          continue; // the binder has said that this kind has no such clause
        }
        if (type.isEmpty()) {
          if (unknown.add(leaf.path().first())) {
            unknown(resource, schema.get(), leaf);
          }
        } else {
          Fitting.problem(leaf, type.get(), evaluator.value(leaf.value()))
              .ifPresent(diagnostics::add);
        }
      }
    }

    private static boolean isCode(String word) {
      return Arrays.stream(Code.values()).anyMatch(code -> code.name().equals(word));
    }

    private static String conditional(Resource resource) {
      return resource.where() == null ? "" : " where";
    }

    /** Moves a source or a runtime to where it belongs. */
    private static Optional<Fix> header(Resource resource, Leaf leaf, String elsewhere) {
      boolean source = elsewhere.equals(SOURCE) && resource.from() == null;
      boolean runtime = elsewhere.equals(RUNTIME) && resource.on() == null;
      String value = leaf.value().span().text().strip();
      String written = source ? "from " + value : "on " + value.replace("\"", "");
      if (!(source || runtime)
          || resource.block() == null
          || resource.index() != null
          || !value.matches(source ? "\"[^\n]*\"" : "\"?[a-z][a-z0-9.-]*\"?")) {
        return Optional.empty();
      }
      Span block = resource.block().span();
      int at = runtime && resource.from() != null ? resource.from().span().end() : block.start();
      var edits = new ArrayList<Edit>();
      edits.add(
          new Edit(
              new Span(block.file(), at, at), at == block.start() ? written + " " : " " + written));
      edits.addAll(leaf.removalWithSections().edits());
      return Optional.of(new Fix("write `" + written + "` in the header", edits));
    }

    private static boolean isHeader(Leaf leaf) {
      return leaf.path().equals(Leaves.ON) || leaf.path().equals(Leaves.FROM);
    }

    private void unknown(Resource resource, Schema schema, Leaf leaf) {
      Path path = leaf.path();
      String kind = resource.kind().word();
      Path shown = path;
      while (shown.size() > 1 && schema.siblings(shown).isEmpty()) {
        shown = shown.before(shown.size() - 1);
      }
      if (shown.size() == 1 && schema.isSection(shown.first())) {
        String message =
            path.size() == 1
                ? "`" + path + "` of a " + kind + " is a section: `" + path + " { }`"
                : "`" + kind + "` has no setting `" + path + "`";
        diagnostics.add(Diagnostic.of(Code.SV1003, leaf.at(), message));
        return;
      }
      var diagnostic =
          Diagnostic.of(Code.SV1003, leaf.at(), "`" + kind + "` has no setting `" + shown + "`");
      String last = shown.keys().getLast();
      Span at = leaf.at();
      if (path.first().equals("lint") && isCode(last)) {
        diagnostics.add(
            Diagnostic.of(Code.SV1003, at, "`" + last + "` is no lint, its level is not a choice"));
        return;
      }
      String elsewhere = resource.kind() == Kind.MODEL ? ELSEWHERE.get(last) : null;
      if (elsewhere != null) {
        var other =
            Diagnostic.of(
                Code.SV1003, at, "`" + kind + "` has no setting `" + shown + "`: " + elsewhere);
        diagnostics.add(header(resource, leaf, elsewhere).map(other::fixedBy).orElse(other));
        return;
      }
      diagnostics.add(
          Spelling.nearest(last, schema.siblings(shown))
              .filter(near -> at.text().endsWith(last))
              .map(
                  near ->
                      diagnostic.fixedBy(
                          Fix.replace(
                              new Span(at.file(), at.end() - last.length(), at.end()), near)))
              .orElse(diagnostic));
    }
  }
}
