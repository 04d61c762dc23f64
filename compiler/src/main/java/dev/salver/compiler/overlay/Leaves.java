package dev.salver.compiler.overlay;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Block;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.syntax.Name;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes declarations apart into leaves: sections and maps are paths, everything else is a value.
 */
public final class Leaves {
  public static final Path ON = Path.of("on");
  public static final Path FROM = Path.of("from");

  /** A record that a param takes is one value. */
  private static final Path PARAMS = Path.of("params");

  private final Diagnostics diagnostics;
  private final boolean isEnvironment;
  private final List<Leaf> found = new ArrayList<>();

  private Leaves(Diagnostics diagnostics, boolean isEnvironment) {
    this.diagnostics = diagnostics;
    this.isEnvironment = isEnvironment;
  }

  /** Header and body of a declaration or patch. */
  public static List<Leaf> of(Resource resource, Diagnostics diagnostics) {
    var leaves = new Leaves(diagnostics, resource.kind() == Kind.ENV);
    if (resource.on() != null) {
      Span at = resource.on().span();
      leaves.found.add(new Leaf(ON, new Expr.Word(resource.on().text(), at), at, false));
    }
    if (resource.from() != null) {
      leaves.found.add(new Leaf(FROM, resource.from(), resource.from().span(), false));
    }
    if (resource.block() != null) {
      leaves.block(
          resource.block(),
          new Path(List.of()),
          false,
          leaves.isEnvironment,
          resource.kind() == Kind.ROLLOUT);
    }
    return leaves.found;
  }

  private void block(Block block, Path path, boolean isFinal, boolean patches, boolean asserts) {
    for (Entry entry : block.entries()) {
      switch (entry) {
        case Entry.Setting setting -> {
          Path at = extend(path, setting.path());
          value(setting.value(), at, span(setting.path()), isFinal || setting.isFinal());
        }
        case Entry.Section section ->
            block(
                section.block(),
                extend(path, section.path()),
                isFinal || section.isFinal(),
                false,
                false);
        case Resource resource when patches && isPatch(resource) -> {}
        case Entry.Assertion assertion when asserts -> {}
        case Entry.Graph graph when patches -> {}
        default ->
            diagnostics.add(
                Diagnostic.of(Code.SV1007, start(entry), "only settings and sections stand here")
                    .fixedBy(Fix.remove("remove it", entry.span())));
      }
    }
  }

  private static boolean isPatch(Resource resource) {
    return switch (resource.kind()) {
      case MODEL, RUNTIME, ACCELERATOR, ROLLOUT -> true;
      default -> false;
    };
  }

  private void value(Expr value, Path path, Span at, boolean isFinal) {
    boolean param = isEnvironment && path.isWithin(PARAMS) && path.size() == 2;
    if (value instanceof Expr.MapOf map && !param) {
      block(map.block(), path, isFinal, false, false);
    } else {
      found.add(new Leaf(path, value, at, isFinal));
    }
  }

  private static Span start(Entry entry) {
    Span all = entry.span();
    return entry instanceof Resource resource
        ? new Span(all.file(), all.start(), Math.max(all.start(), resource.name().span().end()))
        : all;
  }

  private static Path extend(Path path, List<Name> names) {
    Path longer = path;
    for (Name name : names) {
      longer = longer.then(name.text());
    }
    return longer;
  }

  private static Span span(List<Name> names) {
    return names.getFirst().span().to(names.getLast().span());
  }
}
