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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code ner["de"]} as the name {@code ner-de}, wherever an expression, a flow or a patch has it.
 */
final class Members extends Rewriter {
  private final Families families;
  private final Constants constants;
  private final Diagnostics diagnostics;

  /** The graph that is looked at, whose own names hide families. */
  private LocalNames local = LocalNames.NONE;

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
    local = LocalNames.NONE;
    return rewritten;
  }

  /** A patch of one member has its name; one of none is left out. */
  @Override
  List<Entry> entries(List<Entry> entries) {
    if (entries.stream().noneMatch(Members::isPatch)) {
      return super.entries(entries);
    }
    var named = new ArrayList<Entry>();
    for (Entry entry : entries) {
      if (isPatch(entry)) {
        Resource patch = (Resource) entry;
        member(patch)
            .ifPresent(name -> named.add(resource(with(patch, name, null, patch.block()))));
      } else {
        named.add(entry(entry));
      }
    }
    return named;
  }

  private static boolean isPatch(Entry entry) {
    return entry instanceof Resource each && each.index() != null && mayBeFamily(each.kind());
  }

  private Optional<Name> member(Resource patch) {
    Expr written = Objects.requireNonNull(patch.index());
    Name name = patch.name();
    SortedMap<String, String> members = families.members(patch.kind(), name.text());
    if (members.isEmpty() && families.isBroken(name.text())) {
      return Optional.empty();
    }
    String index = constants.constant(written).map(Substitution::text).orElse(null);
    if (index == null) {
      noIndex(written).ifPresent(diagnostics::add);
    } else if (members.isEmpty()) {
      unknownFamily(patch.kind(), name);
    } else if (!members.containsKey(index)) {
      unknown(name.text(), index, members, written.span());
    } else {
      return Optional.of(new Name(members.get(index), name.span()));
    }
    return Optional.empty();
  }

  @Override
  Expr index(Expr.Index index) {
    if (index.target() instanceof Expr.Word family
        && index.arguments().size() == 1
        && !local.has(family.text())) {
      SortedMap<String, String> members = families.members(family.text());
      Expr argument = index.arguments().getFirst().value();
      if (members.isEmpty() && families.isBroken(family.text())) {
        return new Expr.Missing(index.span());
      }
      if (!members.isEmpty()) {
        String key = constants.constant(argument).map(Substitution::text).orElse(null);
        if (key == null) {
          noIndex(argument).ifPresent(diagnostics::add);
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

  private void unknown(String family, String index, SortedMap<String, String> members, Span span) {
    var diagnostic =
        Diagnostic.of(
            Code.SV1010,
            span,
            "the family `" + family + "` has no member `" + index + "`" + some(members));
    diagnostics.add(
        Spelling.nearest(index, members.keySet())
            .filter(near -> isWritten(span.text(), index))
            .map(near -> diagnostic.fixedBy(Fix.replace(span, "\"" + near + "\"")))
            .orElse(diagnostic));
  }

  /** Whether an index stands there itself, and no param of that value. */
  private static boolean isWritten(String text, String index) {
    return text.startsWith("\"") || text.strip().equals(index);
  }

  private static String some(SortedMap<String, String> members) {
    var first = members.keySet().stream().limit(4).map(each -> "`" + each + "`").toList();
    return ", but " + String.join(", ", first) + (members.size() > 4 ? " and others" : "");
  }

  /** Empty where the index is not there at all, which is reported. */
  static Optional<Diagnostic> noIndex(Expr index) {
    return index instanceof Expr.Missing
        ? Optional.empty()
        : Optional.of(
            Diagnostic.of(
                Code.SV1010, index.span(), "the index of a family is a text or a whole number"));
  }

  static Resource with(Resource it, Name name, @Nullable Expr index, @Nullable Block block) {
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
