package dev.salver.compiler;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.SourceUnit;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

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

  private final IdentityHashMap<SourceFile, NavigableMap<Integer, Span>> broken =
      new IdentityHashMap<>();
  private final Set<String> names = new HashSet<>();
  private boolean lost;

  private FollowOns(List<SourceUnit> units) {
    for (SourceUnit unit : units) {
      for (Span each : unit.damage().broken()) {
        broken.computeIfAbsent(each.file(), file -> new TreeMap<>()).put(each.start(), each);
      }
      lost |= unit.damage().isLost();
      for (Entry entry : unit.entries()) {
        if (isBroken(entry.span())) {
          names.add(name(entry));
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
        && !namesBroken(diagnostic.message());
  }

  /** Whether a message speaks of a declaration that could not be read whole. */
  private boolean namesBroken(String message) {
    String[] parts = message.split("`", -1);
    for (int i = 1; i < parts.length; i += 2) {
      if (names.contains(parts[i])) {
        return true;
      }
    }
    return false;
  }

  private boolean isBroken(Span span) {
    var spans = broken.get(span.file());
    var nearest = spans == null ? null : spans.floorEntry(span.start());
    return nearest != null && span.start() <= nearest.getValue().end();
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
