package dev.salver.compiler.overlay;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.SortedMap;

/**
 * What an environment makes of a declaration. The layers, in order: {@code model *} of imported
 * projects, {@code model *} outside any environment, the declaration, and for each environment from
 * root to leaf its labels, {@code model *}, {@code model * where}, patches of its family and
 * patches by name.
 */
public final class Overlay {
  private static final Path LABELS = Path.of("labels");

  private final Declarations declarations;
  private final Diagnostics diagnostics;
  private final IdentityHashMap<Resource, List<Leaf>> leaves = new IdentityHashMap<>();
  private final IdentityHashMap<Resource, PatchIndex> patches = new IdentityHashMap<>();

  public Overlay(Declarations declarations, Diagnostics diagnostics) {
    this.declarations = declarations;
    this.diagnostics = diagnostics;
  }

  /**
   * Takes apart what an environment says of many declarations, so that what is wrong with it is
   * told whichever of them there are.
   */
  public void read(Environment environment) {
    declarations.defaults().forEach(this::leaves);
    for (Resource each : environment.chain()) {
      leaves(each);
      patches(each).byTarget().values().forEach(patches -> patches.forEach(this::leaves));
    }
  }

  /** The settings that hold for a runtime, accelerator or rollout in an environment. */
  public SortedMap<Path, Effective> settings(Environment environment, Resource declaration) {
    return settings(environment, declaration, diagnostics);
  }

  /**
   * The settings that hold for a declaration in an environment.
   *
   * @param found what is wrong with this declaration; what is wrong with patches of it is told
   *     where the environment is read
   */
  public SortedMap<Path, Effective> settings(
      Environment environment, Resource declaration, Diagnostics found) {
    List<Leaf> own = Leaves.of(declaration, found);
    var layers = new ArrayList<Layer>();
    boolean model = declaration.kind() == Kind.MODEL;
    if (model && !declarations.defaults().isEmpty()) {
      add(layers, layer("`model *` of imports", false, defaults(true)));
      add(layers, layer("`model *`", false, defaults(false)));
    }
    String name = declaration.name().text();
    layers.add(new Layer("`" + declaration.kind().word() + " " + name + "`", true, own));
    for (Resource each : environment.chain()) {
      String where = "`env " + each.name() + "`";
      if (model || declaration.kind() == Kind.GRAPH) {
        add(layers, new Layer("`labels` of " + where, false, labels(each)));
      }
      PatchIndex patches = patches(each);
      List<Resource> selectors = patches.selectors(declaration.kind());
      add(
          layers,
          layer(
              "`model *` in " + where,
              false,
              selected(selectors, false, declaration, own, environment, found)));
      add(
          layers,
          layer(
              "`model * where` in " + where,
              false,
              selected(selectors, true, declaration, own, environment, found)));
      declarations
          .families()
          .family(declaration.kind(), name)
          .ifPresent(family -> named(layers, patches, declaration.kind(), family, where));
      named(layers, patches, declaration.kind(), name, where);
    }
    return Layering.of(layers, found);
  }

  /** A declaration, and what the environment writes of it by name, root first. */
  public List<Resource> written(Environment environment, Resource declaration) {
    var all = new ArrayList<Resource>();
    all.add(declaration);
    for (Resource each : environment.chain()) {
      all.addAll(patches(each).named(declaration.kind(), declaration.name().text()));
    }
    return all;
  }

  /** Each once: that one is written twice is told of the environment itself. */
  private List<Leaf> labels(Resource environment) {
    var seen = new HashSet<Path>();
    return leaves(environment).stream()
        .filter(leaf -> leaf.path().isWithin(LABELS) && seen.add(leaf.path()))
        .toList();
  }

  private List<Resource> defaults(boolean imported) {
    return declarations.defaults().stream()
        .filter(each -> each.span().file().importedBy().isPresent() == imported)
        .toList();
  }

  private void named(List<Layer> layers, PatchIndex patches, Kind kind, String name, String where) {
    add(
        layers,
        layer("`" + kind.word() + " " + name + "` in " + where, true, patches.named(kind, name)));
  }

  /** Whether {@code model * where} speaks of a declaration. */
  private List<Resource> selected(
      List<Resource> selectors,
      boolean conditional,
      Resource declaration,
      List<Leaf> own,
      Environment environment,
      Diagnostics found) {
    return selectors.stream()
        .filter(patch -> (patch.where() != null) == conditional)
        .filter(
            patch ->
                patch.where() == null
                    || new Condition(declaration, own, environment.scope(), found)
                        .holds(patch.where()))
        .toList();
  }

  private PatchIndex patches(Resource environment) {
    return patches.computeIfAbsent(environment, PatchIndex::of);
  }

  private Layer layer(String title, boolean named, List<Resource> resources) {
    var all = new ArrayList<Leaf>();
    for (Resource resource : resources) {
      all.addAll(leaves(resource));
    }
    return new Layer(title, named, all);
  }

  private List<Leaf> leaves(Resource resource) {
    return leaves.computeIfAbsent(resource, each -> Leaves.of(each, diagnostics));
  }

  private static void add(List<Layer> layers, Layer layer) {
    if (!layer.leaves().isEmpty()) {
      layers.add(layer);
    }
  }

  /**
   * Where a leaf may be pointed at: itself, or a place of the project if it is not the project's.
   */
  public static Span shown(Effective effective, Span otherwise) {
    Span at = effective.leaf().at();
    boolean own = !at.file().isLibrary() && at.file().importedBy().isEmpty();
    return own ? at : otherwise;
  }
}
