package dev.salver.compiler;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.SourceUnit;
import dev.salver.compiler.syntax.Token;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

  private static final int MOST_DOUBTFUL = 200;

  /** What is said of a name that is declared nowhere. */
  private static final Set<Code> UNKNOWN =
      EnumSet.of(Code.SV1002, Code.SV1010, Code.SV2006, Code.SV2100, Code.SV2101, Code.SV3002);

  private final IdentityHashMap<SourceFile, NavigableMap<Integer, Span>> broken =
      new IdentityHashMap<>();
  private final IdentityHashMap<SourceFile, NavigableMap<Integer, Span>> unknown =
      new IdentityHashMap<>();
  private final Set<String> names = new HashSet<>();

  /** Words beside an error, one of which may be, or begin, the name of a declaration. */
  private final Set<String> doubtful = new HashSet<>();

  private final Tainted tainted;
  private boolean lost;

  private FollowOns(List<SourceUnit> units) {
    for (SourceUnit unit : units) {
      unit.damage().broken().forEach(each -> put(broken, each));
      unit.damage().unknown().forEach(each -> put(unknown, each));
      lost |= unit.damage().isLost();
      for (Entry entry : unit.entries()) {
        if (isIn(broken, entry.span())) {
          declared(entry);
        }
      }
      doubtful(unit);
    }
    tainted = Tainted.of(units, names);
  }

  private void declared(Entry entry) {
    String name = name(entry);
    if (!name.isEmpty()) {
      names.add(name);
    }
    if (entry instanceof Entry.ForEach each) {
      each.block().entries().forEach(this::declared);
    }
  }

  private void doubtful(SourceUnit unit) {
    var lines = unit.file().lines();
    var wrong = new HashSet<Integer>();
    for (Diagnostic each : unit.diagnostics()) {
      if (each.isError() && isIn(broken, each.span())) {
        wrong.add(lines.lineAt(each.span().start()));
        wrong.add(lines.lineAt(each.span().end()));
      }
    }
    for (Token token : wrong.isEmpty() ? List.<Token>of() : unit.tokens()) {
      boolean word =
          switch (token.kind()) {
            case NAME, TYPE_NAME, NUMBER -> true;
            default -> false;
          };
      if (word && doubtful.size() < MOST_DOUBTFUL && wrong.contains(lines.lineAt(token.start()))) {
        doubtful.add(unit.file().text().substring(token.start(), token.end()));
      }
    }
  }

  static FollowOns of(List<SourceUnit> units) {
    return new FollowOns(units);
  }

  /** Those that stand by themselves; syntax errors always do. */
  List<Diagnostic> removedFrom(List<Diagnostic> diagnostics) {
    return broken.isEmpty() && unknown.isEmpty() && !lost
        ? diagnostics
        : diagnostics.stream().filter(this::standsAlone).toList();
  }

  /** Tests call graphs: those that have mistakes of their own run no steps. */
  static List<Diagnostic> withoutIdleStubs(
      List<Diagnostic> common, Collection<List<Diagnostic>> byEnvironment) {
    boolean fail =
        Stream.concat(common.stream(), byEnvironment.stream().flatMap(List::stream))
            .anyMatch(each -> each.isError() && isFrom(each.code(), Code.SV2100, Code.SV2131));
    return fail ? common.stream().filter(each -> each.code() != Code.SV6104).toList() : common;
  }

  private boolean standsAlone(Diagnostic diagnostic) {
    Code code = diagnostic.code();
    if (code.compareTo(Code.SV1001) < 0) {
      return true;
    }
    boolean knows = !lost || (INDEPENDENT.contains(code) && !mayName(diagnostic));
    return knows
        && !isBroken(diagnostic.span())
        && !(ofFlows(code) && isTainted(diagnostic))
        && !(UNKNOWN.contains(code) && isDoubtful(diagnostic.message()))
        && diagnostic.related().stream().noneMatch(each -> isBroken(each.span()))
        && !namesBroken(diagnostic.message());
  }

  /** Whether the value at fault is a name, which may be of what is lost. */
  private static boolean mayName(Diagnostic diagnostic) {
    String text = diagnostic.span().text();
    return diagnostic.code() == Code.SV2001
        && !text.isEmpty()
        && Character.isLetter(text.charAt(0));
  }

  /** Whether it is about what flows through graphs, or about tests of that. */
  private static boolean ofFlows(Code code) {
    return isFrom(code, Code.SV2100, Code.SV2131) || isFrom(code, Code.SV6001, Code.SV6108);
  }

  private static boolean isFrom(Code code, Code first, Code last) {
    return code.compareTo(first) >= 0 && code.compareTo(last) <= 0;
  }

  private boolean isTainted(Diagnostic diagnostic) {
    return tainted.holds(diagnostic.span())
        || quoted(diagnostic.message()).anyMatch(tainted::names);
  }

  private boolean isDoubtful(String message) {
    return !doubtful.isEmpty()
        && quoted(message)
            .limit(1)
            .anyMatch(
                name ->
                    doubtful.stream()
                        .anyMatch(each -> each.startsWith(name) || each.endsWith(name)));
  }

  /** What stands in backquotes. */
  private static Stream<String> quoted(String message) {
    String[] parts = message.split("`", -1);
    return IntStream.range(0, parts.length / 2).mapToObj(i -> parts[2 * i + 1]);
  }

  /** Whether a message speaks of a declaration that could not be read whole. */
  private boolean namesBroken(String message) {
    return quoted(message).anyMatch(names::contains);
  }

  private boolean isBroken(Span span) {
    return isIn(broken, span) || isIn(unknown, span);
  }

  private static void put(
      IdentityHashMap<SourceFile, NavigableMap<Integer, Span>> spans, Span span) {
    spans.computeIfAbsent(span.file(), file -> new TreeMap<>()).put(span.start(), span);
  }

  private static boolean isIn(
      IdentityHashMap<SourceFile, NavigableMap<Integer, Span>> spans, Span span) {
    var own = spans.get(span.file());
    var nearest = own == null ? null : own.floorEntry(span.start());
    return nearest != null && span.start() <= nearest.getValue().end();
  }

  /** Empty where an entry declares nothing. */
  static String name(Entry entry) {
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
