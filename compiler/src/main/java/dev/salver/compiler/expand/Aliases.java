package dev.salver.compiler.expand;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Name;
import java.util.Map;
import java.util.Set;

/** {@code platform.l4} as one word, the full name of what is imported. */
final class Aliases extends Rewriter {
  private final Map<String, Project> projects;
  private final Set<String> unresolved;
  private final Diagnostics diagnostics;
  private LocalNames local = LocalNames.NONE;

  /**
   * @param projects by the name that stands behind {@code import}
   * @param unresolved such names of imports that failed
   */
  Aliases(Map<String, Project> projects, Set<String> unresolved, Diagnostics diagnostics) {
    this.projects = projects;
    this.unresolved = unresolved;
    this.diagnostics = diagnostics;
  }

  @Override
  Expr member(Expr.Member member) {
    if (!(member.target() instanceof Expr.Word alias) || local.has(alias.text())) {
      return super.member(member);
    }
    if (unresolved.contains(alias.text())) {
      return new Expr.Missing(member.span());
    }
    Project project = projects.get(alias.text());
    if (project == null) {
      return member;
    }
    Name name = member.name();
    if (project.has(name.text())) {
      return new Expr.Word(project.prefix() + name, member.span());
    }
    diagnostics.add(unknown(project, alias.text(), name));
    return new Expr.Missing(member.span());
  }

  private static Diagnostic unknown(Project project, String alias, Name name) {
    String reason = project.reasonToStay(name.text()).map(each -> ": " + each).orElse("");
    var diagnostic =
        Diagnostic.of(
            reason.isEmpty() ? Code.SV1002 : Code.SV7004,
            name.span(),
            reason.isEmpty()
                ? "`" + alias + "` declares no `" + name + "`"
                : "`" + name + "` can't be imported" + reason);
    return reason.isEmpty()
        ? Spelling.nearest(name.text(), project.names())
            .map(near -> diagnostic.fixedBy(Fix.replace(name.span(), near)))
            .orElse(diagnostic)
        : diagnostic;
  }

  @Override
  Entry graph(Entry.Graph graph) {
    local = LocalNames.of(graph);
    Entry inside = super.graph(graph);
    local = LocalNames.NONE;
    return inside;
  }

  /** Whether there is such a one is told where the name is looked up. */
  @Override
  Name reference(Name name) {
    int dot = name.text().indexOf('.');
    Project project = dot < 0 ? null : projects.get(name.text().substring(0, dot));
    return project == null
        ? name
        : new Name(project.prefix() + name.text().substring(dot + 1), name.span());
  }
}
