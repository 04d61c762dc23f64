package dev.salver.compiler;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.SourceUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Leaves out what is only said because of a syntax error elsewhere: findings in a declaration that
 * could not be read whole, findings about such a declaration, and, while it is unknown what is
 * declared, findings that depend on it.
 */
final class FollowOns {
  /** What is wrong whatever else is declared. */
  private static final Set<Code> INDEPENDENT =
      EnumSet.of(
          Code.SV1001,
          Code.SV1003,
          Code.SV1005,
          Code.SV1006,
          Code.SV1007,
          Code.SV2001,
          Code.SV2002,
          Code.SV2003,
          Code.SV2004,
          Code.SV3001);

  private final List<Span> broken = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private boolean lost;

  private FollowOns(List<SourceUnit> units) {
    for (SourceUnit unit : units) {
      broken.addAll(unit.damage().broken());
      lost |= unit.damage().isLost();
      for (Entry entry : unit.entries()) {
        if (isBroken(entry.span())) {
          names.add("`" + name(entry) + "`");
        }
      }
    }
  }

  static FollowOns of(List<SourceUnit> units) {
    return new FollowOns(units);
  }

  /** Those that stand by themselves; syntax errors always do. */
  List<Diagnostic> removedFrom(List<Diagnostic> diagnostics) {
    return broken.isEmpty() && !lost
        ? diagnostics
        : diagnostics.stream().filter(this::standsAlone).toList();
  }

  private boolean standsAlone(Diagnostic diagnostic) {
    Code code = diagnostic.code();
    if (code.compareTo(Code.SV1001) < 0) {
      return true;
    }
    boolean knows = !lost || INDEPENDENT.contains(code);
    return knows
        && !isBroken(diagnostic.span())
        && diagnostic.related().stream().noneMatch(each -> isBroken(each.span()))
        && names.stream().noneMatch(diagnostic.message()::contains);
  }

  private boolean isBroken(Span span) {
    return broken.stream()
        .anyMatch(
            each ->
                each.file() == span.file()
                    && each.start() <= span.start()
                    && span.start() < Math.max(each.end(), each.start() + 1));
  }

  private static String name(Entry entry) {
    return switch (entry) {
      case Entry.Resource resource -> resource.name().text();
      case Entry.TypeDecl type -> type.name().text();
      case Entry.Param param -> param.name().text();
      case Entry.Graph graph -> graph.name().text();
      case Entry.ForEach each -> each.name().text();
      default -> "";
    };
  }
}
