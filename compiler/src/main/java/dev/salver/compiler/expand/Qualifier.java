package dev.salver.compiler.expand;

import dev.salver.compiler.syntax.Block;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.syntax.Name;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives what a project declares its full name, {@code platform.l4}, where it is declared and where
 * the project itself uses it, so that it means the same in the program that imports it.
 */
final class Qualifier extends Rewriter {
  private final String prefix;
  private final Map<Space, Set<String>> own = new EnumMap<>(Space.class);

  /** What a word may name here, beside params and secrets. */
  private @Nullable Space context;

  private LocalNames local = LocalNames.NONE;

  /**
   * @param prefix with the dot at its end
   */
  Qualifier(String prefix, List<Entry> declared) {
    this.prefix = prefix;
    for (Entry entry : declared) {
      Space.of(entry)
          .ifPresent(
              space ->
                  own.computeIfAbsent(space, key -> new TreeSet<>()).add(Space.name(entry).text()));
    }
  }

  /** A declaration at the top of the project, with its full name. */
  Entry declaration(Entry entry) {
    Entry inside = entry(entry);
    return Space.of(entry).isEmpty() ? inside : Space.named(inside, full(Space.name(entry)));
  }

  private Name full(Name name) {
    return new Name(prefix + name.text(), name.span());
  }

  private Name full(Name name, Space space) {
    return isOwn(name.text(), space) ? full(name) : name;
  }

  private boolean isOwn(String name, Space space) {
    return own.getOrDefault(space, Set.of()).contains(name);
  }

  @Override
  Expr word(Expr.Word word) {
    boolean known =
        !local.has(word.text())
            && (isOwn(word.text(), Space.PARAM)
                || (context != null && isOwn(word.text(), context)));
    return known ? new Expr.Word(prefix + word.text(), word.span()) : word;
  }

  @Override
  Entry setting(Entry.Setting setting) {
    return within(setting.path(), () -> super.setting(setting));
  }

  @Override
  Entry section(Entry.Section section) {
    return within(section.path(), () -> super.section(section));
  }

  private Entry within(List<Name> path, Supplier<Entry> inside) {
    Space before = context;
    Space own = Space.ofKey(path.getFirst().text());
    context = own == null ? before : own;
    Entry entry = inside.get();
    context = before;
    return entry;
  }

  /** In an environment: what changes the project's own services has no meaning outside of it. */
  @Override
  Block block(Block block) {
    var entries =
        block.entries().stream()
            .filter(entry -> !(entry instanceof Resource patch && isOwnService(patch)))
            .map(this::patch)
            .toList();
    return new Block(entries, block.span());
  }

  private boolean isOwnService(Resource patch) {
    return patch.kind() == Kind.MODEL && isOwn(patch.name().text(), Space.SERVICE);
  }

  private Entry patch(Entry entry) {
    Entry inside = entry(entry);
    return entry instanceof Resource patch
            && Space.of(patch).filter(space -> isOwn(patch.name().text(), space)).isPresent()
        ? Space.named(inside, full(patch.name()))
        : inside;
  }

  @Override
  Entry graph(Entry.Graph graph) {
    local = LocalNames.of(graph);
    context = Space.SERVICE;
    Entry inside = super.graph(graph);
    context = null;
    local = LocalNames.NONE;
    return inside;
  }

  @Override
  Name runtime(Name name) {
    return full(name, Space.RUNTIME);
  }

  @Override
  Name parent(Name name) {
    return full(name, Space.ENV);
  }

  @Override
  Name typeName(Name name) {
    return local.has(name.text()) ? name : full(name, Space.TYPE);
  }
}
