package dev.salver.compiler.overlay;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Works out which environments there are and what each inherits. */
public final class Environments {
  private final Declarations declarations;
  private final Diagnostics diagnostics;

  private Environments(Declarations declarations, Diagnostics diagnostics) {
    this.declarations = declarations;
    this.diagnostics = diagnostics;
  }

  /** By name: those of the project that are not abstract, and {@code local}. */
  public static SortedMap<String, Environment> of(
      Declarations declarations, Diagnostics diagnostics) {
    var environments = new Environments(declarations, diagnostics);
    var result = new TreeMap<String, Environment>();
    for (Resource declared : declarations.environments().values()) {
      if (declared.annotation("abstract").isEmpty()) {
        result.put(declared.name().text(), environments.environment(declared));
      } else {
        environments.chain(declared);
      }
    }
    result.computeIfAbsent(
        Environment.LOCAL, name -> environments.environment(declarations.libraryLocal()));
    return result;
  }

  private Environment environment(Resource declared) {
    List<Resource> chain = chain(declared);
    var layers = new ArrayList<Layer>();
    for (Resource each : chain) {
      layers.add(new Layer("`env " + each.name() + "`", true, Leaves.of(each, diagnostics)));
    }
    var settings = Layering.of(layers, diagnostics);
    String name = declared.name().text();
    return new Environment(
        name, chain, settings, Scopes.of(declarations, name, settings), declared.name().span());
  }

  private List<Resource> chain(Resource declared) {
    var chain = new ArrayList<Resource>();
    var seen = new HashSet<String>();
    Resource at = declared;
    while (at != null) {
      if (!seen.add(at.name().text())) {
        circle(at);
        break;
      }
      chain.addFirst(at);
      at = at.parent() == null ? null : declarations.environments().get(at.parent().text());
    }
    Resource local = declarations.libraryLocal();
    boolean ofProject = !declared.span().file().isLibrary();
    if (declared.name().text().equals(Environment.LOCAL) && ofProject) {
      chain.addFirst(local);
    }
    return chain;
  }

  /** One circle is one mistake, told at the first of its names. */
  private void circle(Resource within) {
    var names = new TreeMap<String, Resource>();
    Resource at = within;
    while (at != null && at.parent() != null && names.put(at.name().text(), at) == null) {
      at = declarations.environments().get(at.parent().text());
    }
    Resource first = names.firstEntry().getValue();
    var diagnostic =
        Diagnostic.of(
            Code.SV3004, first.name().span(), "`env " + first.name() + "` extends itself");
    for (Resource other : names.tailMap(first.name().text(), false).values()) {
      diagnostic = diagnostic.relating(other.name().span(), "through `env " + other.name() + "`");
    }
    Name parent = first.parent();
    diagnostics.add(
        parent == null
            ? diagnostic
            : diagnostic.fixedBy(Fix.removeClause("extends", parent.span())));
  }
}
