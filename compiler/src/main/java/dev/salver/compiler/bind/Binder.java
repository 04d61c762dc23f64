package dev.salver.compiler.bind;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.expand.Expansion;
import dev.salver.compiler.expand.Families;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.syntax.SourceUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects the declarations of a program and reports names that clash or are none. */
public final class Binder {
  private static final int MAX_DECLARATIONS = 10_000;

  private final Declarations declarations = new Declarations();
  private final Diagnostics diagnostics;
  private boolean full;
  private @Nullable Span bound;

  private Binder(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /**
   * @param unresolved names of imports that failed
   */
  public static Declarations bind(
      Expansion program,
      Set<String> unresolved,
      List<SourceUnit> library,
      Diagnostics diagnostics) {
    var binder = new Binder(diagnostics);
    binder.declarations.unresolved(unresolved);
    binder.declarations.families(program.families());
    program.entries().forEach(binder::declare);
    binder.families(program.families());
    for (SourceUnit unit : library) {
      unit.entries().forEach(binder::provide);
    }
    References.check(binder.declarations, program.entries(), diagnostics);
    return binder.declarations;
  }

  /** A patch of {@code ner} could mean a model or a whole family otherwise. */
  private void families(Families families) {
    for (String family : families.names(Kind.MODEL)) {
      declarations
          .service(family)
          .ifPresent(
              plain ->
                  diagnostics.add(
                      Diagnostic.of(Code.SV1001, plain, "`" + family + "` is the name of a family")
                          .relating(
                              declarations.family(family).orElse(plain), "it is declared here")));
    }
  }

  private void provide(Entry entry) {
    if (entry instanceof Resource resource) {
      switch (resource.kind()) {
        case RUNTIME -> declarations.runtimes().putIfAbsent(resource.name().text(), resource);
        case ACCELERATOR ->
            declarations.accelerators().putIfAbsent(resource.name().text(), resource);
        case ENV -> declarations.libraryLocal(resource);
        default -> throw new IllegalStateException("the library declares " + resource.span());
      }
    }
  }

  private void declare(Entry entry) {
    if (!full && declarations.count() >= MAX_DECLARATIONS) {
      full = true;
      diagnostics.add(
          Diagnostic.of(
              Code.SV0005,
              entry.span(),
              "a program has at most " + MAX_DECLARATIONS + " declarations"));
    }
    if (full) {
      return;
    }
    bound = entry.span();
    switch (entry) {
      case Resource resource -> resource(resource);
      case Entry.Param param -> {
        Names.check(param.name(), diagnostics);
        var clash = declarations.secrets().get(param.name().text());
        if (clash == null) {
          add(declarations.params(), param.name(), param, Entry.Param::name);
        } else {
          twice(param.name(), clash.name().span());
        }
      }
      case Entry.TypeDecl type -> {
        Names.checkType(type.name(), diagnostics);
        add(declarations.types(), type.name(), type, Entry.TypeDecl::name);
      }
      case Entry.Graph graph -> {
        Names.check(graph.name(), diagnostics);
        if (service(graph.name())) {
          declarations.graphs().put(graph.name().text(), graph);
        }
      }
      case Entry.ForEach each -> throw new IllegalStateException("not unrolled: " + each.span());
      case Entry.Import imported ->
          throw new IllegalStateException("not linked: " + imported.span());
      case Entry.Setting setting -> misplaced(setting.path().getFirst().span());
      case Entry.Section section -> misplaced(section.path().getFirst().span());
      case Entry.Assertion assertion -> misplaced(assertion.word().span());
      case Entry.Stub stub -> misplaced(stub.span());
    }
  }

  private void resource(Resource resource) {
    Name name = resource.name();
    Kind kind = resource.kind();
    boolean selector = resource.isSelector() && kind == Kind.MODEL;
    if (!selector && kind != Kind.TEST) {
      Names.check(name, diagnostics);
    }
    Names.checkHeader(resource, selector, diagnostics);
    switch (kind) {
      case PROJECT -> project(resource);
      case MODEL -> {
        if (selector) {
          declarations.defaults().add(resource);
        } else if (service(name)) {
          declarations.models().put(name.text(), resource);
        }
      }
      case RUNTIME -> add(declarations.runtimes(), name, resource, Resource::name);
      case ACCELERATOR -> add(declarations.accelerators(), name, resource, Resource::name);
      case ENV -> add(declarations.environments(), name, resource, Resource::name);
      case SECRET -> {
        var clash = declarations.params().get(name.text());
        if (clash == null) {
          add(declarations.secrets(), name, resource, Resource::name);
        } else {
          twice(name, clash.name().span());
        }
      }
      case ROLLOUT -> add(declarations.rollouts(), name, resource, Resource::name);
      case POLICY -> add(declarations.policies(), name, resource, Resource::name);
      case GRAPH -> throw new IllegalStateException("no resource: " + resource.span());
      case TEST -> declarations.tests().add(resource);
    }
  }

  private void project(Resource resource) {
    declarations
        .project()
        .ifPresentOrElse(
            first ->
                diagnostics.add(
                    onlyProject(resource)
                        .relating(
                            first.name().span(),
                            "`"
                                + first.name()
                                + "` is declared here; a project within it stands"
                                + " in a folder with its own `project.serve`")),
            () -> declarations.project(resource));
  }

  /** An empty one can go. */
  private static Diagnostic onlyProject(Resource resource) {
    var diagnostic =
        Diagnostic.of(Code.SV1005, resource.name().span(), "a program has one project");
    return resource.body().isEmpty()
        ? diagnostic.fixedBy(Fix.remove("remove this project", resource.span()))
        : diagnostic;
  }

  private boolean service(Name name) {
    var earlier = declarations.service(name.text());
    earlier.ifPresent(span -> twice(name, span));
    return earlier.isEmpty();
  }

  private <T> void add(Map<String, T> into, Name name, T declared, Function<T, Name> nameOf) {
    T earlier = into.putIfAbsent(name.text(), declared);
    if (earlier != null) {
      twice(name, nameOf.apply(earlier).span());
    }
  }

  private void twice(Name name, Span earlier) {
    var diagnostic =
        Diagnostic.of(Code.SV1001, name.span(), "`" + name + "` is declared twice")
            .relating(earlier, "it is declared here already");
    Span copy = bound;
    diagnostics.add(
        copy != null && Duplicates.isCopy(copy, name.span(), earlier)
            ? diagnostic.fixedBy(Fix.remove("remove this copy", copy))
            : diagnostic);
  }

  private void misplaced(Span span) {
    diagnostics.add(
        Diagnostic.of(
            Code.SV1007, span, "outside of a declaration stands no setting, only declarations do"));
  }
}
