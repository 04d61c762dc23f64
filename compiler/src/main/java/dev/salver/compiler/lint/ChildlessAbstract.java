package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Entry.Resource;
import java.util.HashSet;
import java.util.function.Consumer;

/** An abstract environment that none extends. */
final class ChildlessAbstract implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    var parents = new HashSet<String>();
    for (Resource each : program.declarations().environments().values()) {
      if (each.parent() != null) {
        parents.add(each.parent().text());
      }
    }
    for (Resource each : program.declarations().environments().values()) {
      if (each.annotation("abstract").isPresent() && !parents.contains(each.name().text())) {
        findings.accept(Unused.of(Code.SV4010, "abstract environment", each.name(), program));
      }
    }
  }
}
