package dev.salver.compiler.check;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.schema.Fields;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.value.Value;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code raw} writes fields that the emitted object has, with values that they take. */
final class RawFields {
  private final String kind;
  private final Diagnostics diagnostics;

  private RawFields(String kind, Diagnostics diagnostics) {
    this.kind = kind;
    this.diagnostics = diagnostics;
  }

  /**
   * @param kind of the emitted object, {@code InferenceService}
   */
  static void check(Settings settings, String kind, Diagnostics diagnostics) {
    Map<Path, Value> raw = settings.below("raw");
    if (raw.isEmpty()) {
      return;
    }
    var check = new RawFields(kind, diagnostics);
    var fields = new Fields();
    raw.forEach(
        (path, value) -> {
          var leaf = settings.leaf(Path.of("raw").then(path)).orElseThrow().leaf();
          fields
              .problem(kind, path.keys(), value, leaf.value().span())
              .ifPresent(problem -> check.report(problem, path, leaf.at()));
        });
  }

  private void report(Fields.Problem problem, Path path, Span key) {
    diagnostics.add(
        switch (problem) {
          case Fields.Problem.Mismatch(
                  List<String> keys,
                  String expects,
                  Optional<String> instead,
                  Span at) -> {
            var diagnostic =
                Diagnostic.of(
                    Code.SV8004,
                    at,
                    "`" + String.join(".", keys) + "` of " + kind + " takes " + expects);
            yield instead.map(text -> diagnostic.fixedBy(Fix.replace(at, text))).orElse(diagnostic);
          }
          case Fields.Problem.Unknown(
                  List<String> keys,
                  Collection<String> known,
                  @Nullable Span within) ->
              unknown(keys, known, within, path, key);
        });
  }

  private Diagnostic unknown(
      List<String> keys, Collection<String> known, @Nullable Span within, Path path, Span key) {
    var diagnostic =
        Diagnostic.of(
            Code.SV8003,
            within == null ? key : within,
            kind + " has no field `" + String.join(".", keys) + "`");
    String last = keys.getLast();
    var near = Spelling.nearest(last, known);
    if (near.isEmpty()) {
      return diagnostic;
    }
    boolean atKey = within == null && keys.size() == path.size() && key.text().endsWith(last);
    return atKey
        ? diagnostic.fixedBy(
            Fix.replace(new Span(key.file(), key.end() - last.length(), key.end()), near.get()))
        : diagnostic.labelled("did you mean `" + near.get() + "`?");
  }
}
