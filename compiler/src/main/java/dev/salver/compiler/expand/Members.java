package dev.salver.compiler.expand;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Block;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.syntax.Name;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** {@code ner["de"]} as the name {@code ner-de}, wherever an expression, a flow or a patch has it. */
final class Members extends Rewriter {
  private final Families families;
  private final Constants constants;
  private final Diagnostics diagnostics;

  /** The graph that is looked at, whose own names hide families. */
  private @Nullable LocalNames local;

  Members(Families families, Constants constants, Diagnostics diagnostics) {
    this.families = families;
    this.constants = constants;
    this.diagnostics = diagnostics;
  }

  static boolean mayBeFamily(Kind kind) {
    return kind == Kind.MODEL
        || kind == Kind.RUNTIME
        || kind == Kind.ACCELERATOR
        || kind == Kind.ENV
        || kind == Kind.ROLLOUT;
  }

  /** Whether there is anything to look for. */
  boolean isNeeded(List<Entry> entries) {
    return !families.isEmpty()
        || entries.stream()
            .anyMatch(
                entry ->
                    entry instanceof Resource each
                        && each.kind() == Kind.ENV
                        && each.body().stream()
                            .anyMatch(
                                inner -> inner instanceof Resource patch && patch.index() != null));
  }

  @Override
  Entry graph(Entry.Graph graph) {
    local = LocalNames.of(graph);
    Entry rewritten = super.graph(graph);
    local = null;
    return rewritten;
  }

  /** A patch of one member. */
  @Override
  Entry resource(Resource resource) {
    Expr written = resource.index();
    if (written == null || !mayBeFamily(resource.kind())) {
      return super.resource(resource);
    }
    Resource plain = with(resource, resource.name(), null, resource.block());
    Name name = resource.name();
    SortedMap<String, String> members = families.members(resource.kind(), name.text());
    String index = constants.constant(written).map(Substitution::text).orElse(null);
    if (index == null) {
      diagnostics.add(noIndex(written.span()));
    } else if (members.isEmpty()) {
      unknownFamily(resource.kind(), name);
    } else if (!members.containsKey(index)) {
      unknown(name.text(), index, members, written.span());
    } else {
      plain = with(plain, new Name(members.get(index), name.span()), null, plain.block());
      return super.resource(plain);
    }
    // Reported: left without a body, it changes nothing.
    return with(plain, new Name("*", name.span()), null, null);
  }

  @Override
  Expr index(Expr.Index index) {
    if (index.target() instanceof Expr.Word family
        && index.arguments().size() == 1
        && (local == null || !local.has(family.text()))) {
      SortedMap<String, String> members = families.members(family.text());
      Expr argument = index.arguments().getFirst().value();
      if (!members.isEmpty()) {
        String key = constants.constant(argument).map(Substitution::text).orElse(null);
        if (key == null) {
          diagnostics.add(noIndex(argument.span()));
        } else if (!members.containsKey(key)) {
          unknown(family.text(), key, members, argument.span());
        } else {
          return new Expr.Word(members.get(key), index.span());
        }
        return new Expr.Missing(index.span());
      }
    }
    return super.index(index);
  }

  private void unknownFamily(Kind kind, Name name) {
    var diagnostic =
        Diagnostic.of(
            Code.SV1010, name.span(), "there is no family of " + kind.word() + "s `" + name + "`");
    diagnostics.add(
        Spelling.nearest(name.text(), families.names(kind))
            .map(near -> diagnostic.fixedBy(Fix.replace(name.span(), near)))
            .orElse(diagnostic));
  }

  private void unknown(
      String family, String index, SortedMap<String, String> members, Span span) {
    var diagnostic =
        Diagnostic.of(
            Code.SV1010,
            span,
            "the family `" + family + "` has no member `" + index + "`" + some(members));
    diagnostics.add(
        Spelling.nearest(index, members.keySet())
            .filter(near -> span.text().startsWith("\""))
            .map(near -> diagnostic.fixedBy(Fix.replace(span, "\"" + near + "\"")))
            .orElse(diagnostic));
  }

  private static String some(SortedMap<String, String> members) {
    var first = members.keySet().stream().limit(4).map(each -> "`" + each + "`").toList();
    return ", but " + String.join(", ", first) + (members.size() > 4 ? " and others" : "");
  }

  static Diagnostic noIndex(Span span) {
    return Diagnostic.of(
        Code.SV1010, span, "the index of a family is a text or a whole number that is known here");
  }

  static Resource with(
      Resource it, Name name, @Nullable Expr index, @Nullable Block block) {
    return new Resource(
        it.kind(),
        name,
        index,
        it.type(),
        it.on(),
        it.from(),
        it.parent(),
        it.where(),
        block,
        it.annotations(),
        it.span());
  }
}
