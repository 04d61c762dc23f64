package dev.salver.compiler.check;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.overlay.Effective;
import dev.salver.compiler.overlay.Leaf;
import dev.salver.compiler.overlay.Overlay;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.value.Evaluator;
import dev.salver.compiler.value.Scope;
import dev.salver.compiler.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings of a declaration in an environment, worked out and of the right types. */
public final class Settings {
  private final SortedMap<Path, Effective> effective;
  private final Schema schema;
  private final Values values;
  private final Span declared;
  private final @Nullable Resource declaration;

  /** Each value is worked out once, and what is wrong with it told once. */
  private static final class Values {
    final Evaluator evaluator;
    final IdentityHashMap<Leaf, Optional<Value>> known = new IdentityHashMap<>();
    private @Nullable Diagnostics diagnostics;

    Values(Scope scope, Diagnostics diagnostics) {
      this.evaluator = new Evaluator(scope, this::tell);
      this.diagnostics = diagnostics;
    }

    void tell(Diagnostic diagnostic) {
      if (diagnostics != null) {
        diagnostics.add(diagnostic);
      }
    }
  }

  /**
   * @param declaration what the settings are of, where this program may write more of them into it
   */
  Settings(
      Resource declaration,
      SortedMap<Path, Effective> effective,
      Scope scope,
      Diagnostics diagnostics) {
    this(
        declaration.kind(),
        effective,
        scope,
        declaration.name().span(),
        isOwn(declaration.span().file()) ? declaration : null,
        diagnostics);
  }

  Settings(
      Kind kind,
      SortedMap<Path, Effective> effective,
      Scope scope,
      Span declared,
      Diagnostics diagnostics) {
    this(kind, effective, scope, declared, null, diagnostics);
  }

  private Settings(
      Kind kind,
      SortedMap<Path, Effective> effective,
      Scope scope,
      Span declared,
      @Nullable Resource declaration,
      Diagnostics diagnostics) {
    this.effective = effective;
    this.schema = Schema.of(kind).orElseThrow();
    this.values = new Values(scope, diagnostics);
    this.declared = declared;
    this.declaration = declaration;
  }

  private Settings(Settings whole, SortedMap<Path, Effective> effective) {
    this.effective = effective;
    this.schema = whole.schema;
    this.values = whole.values;
    this.declared = whole.declared;
    this.declaration = null;
  }

  private static boolean isOwn(SourceFile file) {
    return !file.isLibrary() && file.importedBy().isEmpty();
  }

  /** What lies below a key, as settings of their own: paths start below it. */
  public Settings section(String key) {
    var below = new TreeMap<Path, Effective>();
    Path above = Path.of(key);
    for (var each : effective.tailMap(above).entrySet()) {
      if (!each.getKey().isWithin(above)) {
        break;
      }
      if (each.getKey().size() > 1) {
        below.put(each.getKey().after(1), each.getValue());
      }
    }
    return new Settings(this, below);
  }

  /** All of them but one. */
  public Settings without(Path path) {
    var rest = new TreeMap<>(effective);
    rest.remove(path);
    return new Settings(this, rest);
  }

  public boolean isEmpty() {
    return effective.isEmpty();
  }

  /** Every setting that holds, by path. */
  public Collection<Effective> all() {
    return effective.values();
  }

  /** Where the first of the settings is written; the declaration's name if there is none. */
  public Span first() {
    return effective.values().stream()
        .findFirst()
        .map(each -> Overlay.shown(each, declared))
        .orElse(declared);
  }

  /** What is said of this declaration by name. */
  List<Leaf> own() {
    return effective.values().stream()
        .filter(each -> each.layer().named() && !each.leaf().at().file().isLibrary())
        .map(Effective::leaf)
        .toList();
  }

  /** The first of these settings that is set by the project itself. */
  Optional<Leaf> firstOf(List<Path> paths) {
    return paths.stream()
        .flatMap(path -> leaf(path).stream())
        .filter(each -> each.layer().named())
        .map(Effective::leaf)
        .findFirst();
  }

  /** Where the declaration's name stands. */
  public Span declared() {
    return declared;
  }

  /** The leaf that holds, with its origin and what it overrides. */
  public Optional<Effective> leaf(Path path) {
    return Optional.ofNullable(effective.get(path));
  }

  /** Where a setting is written; the declaration's name if it is not, or in the library. */
  public Span at(Path path) {
    return leaf(path).map(each -> Overlay.shown(each, declared)).orElse(declared);
  }

  /** With the fix that takes the setting out, where this program writes it. */
  Diagnostic removable(Diagnostic diagnostic, Path path) {
    return removal(path).map(diagnostic::fixedBy).orElse(diagnostic);
  }

  /** Takes a setting out, where this program writes it. */
  public Optional<Fix> removal(Path path) {
    return written(path).map(Leaf::removal);
  }

  /** The leaf that holds, where this program writes it in one place. */
  public Optional<Leaf> written(Path path) {
    return leaf(path)
        .map(Effective::leaf)
        .filter(leaf -> isOwn(leaf.at().file()) && leaf.at().file() == leaf.value().span().file());
  }

  /**
   * Takes out all that is said below a key and nothing else; empty where it is said in several
   * places.
   */
  Optional<Fix> removalOf(String key) {
    var own = effective.values().stream().filter(each -> each.leaf().path().isWithin(Path.of(key)));
    List<Entry> places =
        declaration == null
            ? List.of()
            : declaration.body().stream().filter(each -> begins(each, key)).toList();
    boolean all =
        places.size() == 1
            && own.allMatch(each -> within(each.leaf().at(), places.getFirst().span()));
    return all
        ? Optional.of(Fix.remove("remove `" + key + "`", places.getFirst().span()))
        : Optional.empty();
  }

  private static boolean begins(Entry entry, String key) {
    return switch (entry) {
      case Entry.Setting setting -> setting.path().getFirst().text().equals(key);
      case Entry.Section section -> section.path().getFirst().text().equals(key);
      default -> false;
    };
  }

  private static boolean within(Span inner, Span outer) {
    return inner.file() == outer.file()
        && outer.start() <= inner.start()
        && inner.end() <= outer.end();
  }

  /** What they are of, where this program may write more of them into it. */
  public Optional<Resource> declaration() {
    return Optional.ofNullable(declaration);
  }

  /** Says a setting anew: where this program says it, else in the declaration. */
  public Optional<Fix> said(String key, String value) {
    Path path = Path.of(key);
    if (leaf(path).isPresent()) {
      Span written = leaf(path).get().leaf().value().span();
      return isOwn(written.file())
          ? Optional.of(
              new Fix("write `" + key + " = " + value + "`", List.of(new Edit(written, value))))
          : Optional.empty();
    }
    return declaration == null
        ? Optional.empty()
        : Optional.of(declaration.adding(key + " = " + value));
  }

  /** Puts a clause of the header where it belongs, behind name and type. */
  Optional<Fix> on(String runtime) {
    return Optional.ofNullable(declaration)
        .map(
            model ->
                Fix.insert(
                    "add `on " + runtime + "`", declared.file(), header(model), " on " + runtime));
  }

  private static int header(Resource declaration) {
    String text = declaration.span().file().text();
    int end = declaration.name().span().end();
    boolean indexed = end < text.length() && text.charAt(end) == '[';
    return declaration.type() != null
        ? declaration.type().span().end()
        : indexed ? text.indexOf(']', end) + 1 : end;
  }

  /** The value of a setting; empty where there is none or it was reported. */
  public Optional<Value> value(Path path) {
    return leaf(path).flatMap(this::value);
  }

  private Optional<Value> value(Effective each) {
    return value(each.leaf());
  }

  private Optional<Value> value(Leaf leaf) {
    Optional<Value> known = values.known.get(leaf);
    if (known == null) {
      known = worked(leaf);
      values.known.put(leaf, known);
    }
    return known;
  }

  private Optional<Value> worked(Leaf leaf) {
    Value value = values.evaluator.value(leaf.value());
    Optional<SettingType> type = schema.type(leaf.path());
    if (type.isEmpty() || value instanceof Value.Broken) {
      return Optional.empty();
    }
    var problem = Fitting.problem(leaf, type.get(), value);
    problem.ifPresent(values::tell);
    return problem.isPresent() ? Optional.empty() : Optional.of(value);
  }

  /**
   * Works out all that is left and tells what is wrong with it. From here on nothing is told any
   * more: what is wrong with a declaration does not depend on who looks at it later.
   */
  void settle() {
    effective.keySet().stream().filter(path -> schema.type(path).isPresent()).forEach(this::value);
    seal();
  }

  /** The same, but gives what is wrong with what nobody asked for. */
  List<Diagnostic> settledApart() {
    var apart = new Diagnostics();
    values.diagnostics = apart;
    settle();
    return apart.found();
  }

  /** Nothing is told any more, and what nobody asked for does not matter. */
  void seal() {
    values.diagnostics = null;
  }

  /** What lies below a map's key, by path below it. */
  public Map<Path, Value> below(String key) {
    var values = new LinkedHashMap<Path, Value>();
    Path above = Path.of(key);
    for (var each : effective.tailMap(above).entrySet()) {
      Path path = each.getKey();
      if (!path.isWithin(above)) {
        break;
      }
      if (path.size() > 1) {
        value(each.getValue()).ifPresent(value -> values.put(path.after(1), value));
      }
    }
    return values;
  }

  /** A text, a name or a number as text. */
  public Optional<String> text(String... path) {
    return value(Path.of(path)).map(Settings::text);
  }

  public Optional<Boolean> bool(String... path) {
    return value(Path.of(path))
        .flatMap(
            value ->
                value instanceof Value.Bool bool ? Optional.of(bool.value()) : Optional.empty());
  }

  public Optional<Long> whole(String... path) {
    return value(Path.of(path))
        .flatMap(
            value ->
                value instanceof Value.Plain number
                    ? Optional.of(number.value().longValueExact())
                    : Optional.empty());
  }

  /** Milliseconds. */
  public Optional<Long> duration(String... path) {
    return value(Path.of(path))
        .flatMap(
            value ->
                value instanceof Value.Duration duration
                    ? Optional.of(duration.millis().longValueExact())
                    : Optional.empty());
  }

  /** A list of names or texts; one value is a list of one. */
  public List<String> texts(String... path) {
    var texts = new ArrayList<String>();
    value(Path.of(path))
        .ifPresent(
            value -> {
              if (value instanceof Value.Items items) {
                items.items().forEach(each -> texts.add(text(each.value())));
              } else {
                texts.add(text(value));
              }
            });
    return texts;
  }

  /** How a scalar is written into a label, an argument or a variable. */
  public static String text(Value value) {
    return switch (value) {
      case Value.Text text -> text.text();
      case Value.Symbol symbol -> symbol.name();
      case Value.Plain number -> number.value().toPlainString();
      case Value.Bool bool -> Boolean.toString(bool.value());
      default -> throw new IllegalArgumentException(value.kind());
    };
  }
}
