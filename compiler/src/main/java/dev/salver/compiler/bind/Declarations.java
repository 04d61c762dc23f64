package dev.salver.compiler.bind;

import dev.salver.compiler.expand.Families;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry.Graph;
import dev.salver.compiler.syntax.Entry.Param;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Entry.TypeDecl;
import dev.salver.compiler.syntax.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every declaration by kind and name; the project's hide the library's of the same name. */
public final class Declarations {
  private final SortedMap<String, Resource> models = new TreeMap<>();
  private final SortedMap<String, Resource> runtimes = new TreeMap<>();
  private final SortedMap<String, Resource> accelerators = new TreeMap<>();
  private final SortedMap<String, Resource> environments = new TreeMap<>();
  private final SortedMap<String, Resource> secrets = new TreeMap<>();
  private final SortedMap<String, Param> params = new TreeMap<>();
  private final SortedMap<String, TypeDecl> types = new TreeMap<>();
  private final SortedMap<String, Graph> graphs = new TreeMap<>();
  private final SortedMap<String, Resource> rollouts = new TreeMap<>();
  private final SortedMap<String, Resource> policies = new TreeMap<>();
  private final List<Resource> tests = new ArrayList<>();
  private final List<Resource> defaults = new ArrayList<>();
  private Families families = Families.NONE;
  private Set<String> unresolved = Set.of();
  private @Nullable Resource project;
  private @Nullable Resource libraryLocal;

  Declarations() {}

  public SortedMap<String, Resource> models() {
    return models;
  }

  public SortedMap<String, Resource> runtimes() {
    return runtimes;
  }

  public SortedMap<String, Resource> accelerators() {
    return accelerators;
  }

  /** The project's own, without the built-in {@code local}. */
  public SortedMap<String, Resource> environments() {
    return environments;
  }

  public SortedMap<String, Resource> secrets() {
    return secrets;
  }

  public SortedMap<String, Param> params() {
    return params;
  }

  public SortedMap<String, TypeDecl> types() {
    return types;
  }

  /** Templates among them. */
  public SortedMap<String, Graph> graphs() {
    return graphs;
  }

  public SortedMap<String, Resource> rollouts() {
    return rollouts;
  }

  public SortedMap<String, Resource> policies() {
    return policies;
  }

  /** In the order of files and lines; the name of a test is a sentence. */
  public List<Resource> tests() {
    return tests;
  }

  /** {@code model * { }} outside any environment. */
  public List<Resource> defaults() {
    return defaults;
  }

  /** Which declarations are members of a family. */
  public Families families() {
    return families;
  }

  public Optional<Resource> project() {
    return Optional.ofNullable(project);
  }

  /** The built-in {@code env local}. */
  public Resource libraryLocal() {
    if (libraryLocal == null) {
      throw new IllegalStateException("the standard library declares no env local");
    }
    return libraryLocal;
  }

  /**
   * Whether a name, or the part of it before a dot, is one that a failed import would have brought:
   * what it means is not known, and that is reported already.
   */
  public boolean isUnresolved(String name) {
    int dot = name.indexOf('.');
    return unresolved.contains(dot < 0 ? name : name.substring(0, dot));
  }

  /**
   * What a declaration of a model or graph may read beside itself: everything but models, graphs
   * and tests, which are not there. As long as it {@link #isSame is the same}, so is what becomes
   * of a model.
   */
  public Declarations shared() {
    var shared = new Declarations();
    shared.runtimes.putAll(runtimes);
    shared.accelerators.putAll(accelerators);
    shared.environments.putAll(environments);
    shared.secrets.putAll(secrets);
    shared.params.putAll(params);
    shared.types.putAll(types);
    shared.rollouts.putAll(rollouts);
    shared.policies.putAll(policies);
    shared.defaults.addAll(defaults);
    shared.families = families;
    shared.unresolved = unresolved;
    shared.project = project;
    shared.libraryLocal = libraryLocal;
    return shared;
  }

  /** Whether the same is declared at the same places of the same files. */
  public boolean isSame(Declarations other) {
    return all().equals(other.all());
  }

  private List<Object> all() {
    return List.of(
        Optional.ofNullable(project),
        params,
        secrets,
        types,
        runtimes,
        accelerators,
        environments,
        rollouts,
        policies,
        defaults,
        models,
        graphs,
        tests,
        families,
        unresolved,
        Optional.ofNullable(libraryLocal));
  }

  void unresolved(Set<String> names) {
    unresolved = names;
  }

  void families(Families found) {
    families = found;
  }

  void project(Resource declared) {
    project = declared;
  }

  void libraryLocal(Resource declared) {
    libraryLocal = declared;
  }

  int count() {
    return models.size()
        + runtimes.size()
        + accelerators.size()
        + environments.size()
        + secrets.size()
        + params.size()
        + types.size()
        + graphs.size()
        + rollouts.size()
        + policies.size()
        + tests.size()
        + defaults.size();
  }

  /** Where the service of a name is declared. */
  Optional<Span> service(String name) {
    if (models.containsKey(name)) {
      return Optional.of(models.get(name).name().span());
    }
    return Optional.ofNullable(graphs.get(name)).map(graph -> graph.name().span());
  }

  /** Where the family of services of a name is declared. */
  Optional<Span> family(String name) {
    return families.members(Kind.MODEL, name).values().stream()
        .flatMap(member -> service(member).stream())
        .findFirst();
  }
}
