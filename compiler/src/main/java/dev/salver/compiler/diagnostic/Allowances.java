package dev.salver.compiler.diagnostic;

import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code @allow(SV4102, "reason")} accepts: a warning within the declaration it stands on. */
public final class Allowances {
  private final List<Allowance> all;
  private final Map<SourceFile, List<Allowance>> byFile = new HashMap<>();

  /**
   * @param scope the declaration
   * @param at the annotation
   */
  public record Allowance(Code code, Span scope, Span at, String reason) {}

  public Allowances(List<Allowance> all) {
    this.all = List.copyOf(all);
    for (Allowance each : all) {
      byFile.computeIfAbsent(each.scope().file(), file -> new ArrayList<>()).add(each);
    }
  }

  /** In the order written. */
  public List<Allowance> all() {
    return all;
  }

  /** The allowance that a diagnostic falls under; errors fall under none. */
  public Optional<Allowance> of(Diagnostic diagnostic) {
    if (diagnostic.isError()) {
      return Optional.empty();
    }
    Span span = diagnostic.span();
    return byFile.getOrDefault(span.file(), List.of()).stream()
        .filter(each -> each.code() == diagnostic.code())
        .filter(each -> each.scope().start() <= span.start() && span.end() <= each.scope().end())
        .findFirst();
  }
}
