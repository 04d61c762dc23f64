package dev.salver.compiler.overlay;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.value.Evaluator;
import dev.salver.compiler.value.Reading;
import dev.salver.compiler.value.Scope;
import dev.salver.compiler.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * {@code where}: reads what the declaration itself says. A name on the left of a comparison is a
 * setting's, any other may also stand for itself, as in {@code format == onnx}.
 */
final class Condition implements Reading {
  private static final Path NAME = Path.of("name");

  private final Resource declaration;
  private final List<Leaf> leaves;
  private final Evaluator written;
  private final Evaluator evaluator;
  private final Diagnostics diagnostics;

  Condition(Resource declaration, List<Leaf> leaves, Scope scope, Diagnostics diagnostics) {
    this.declaration = declaration;
    this.leaves = leaves;
    this.written = new Evaluator(scope, ignored -> {}); // what is wrong there is told there
    this.evaluator = new Evaluator(scope, this, diagnostics::add);
    this.diagnostics = diagnostics;
  }

  boolean holds(Expr condition) {
    return switch (evaluator.value(condition)) {
      case Value.Bool bool -> bool.value();
      case Value.Broken broken -> false;
      case Value.Unset unset -> false;
      case Value other -> {
        diagnostics.add(
            Diagnostic.of(
                Code.SV2010,
                condition.span(),
                "`where` takes `true` or `false`, not " + other.kind()));
        yield false;
      }
    };
  }

  @Override
  public Optional<Value> value(Expr expr) {
    return path(expr).flatMap(path -> setting(path).or(() -> unread(expr, path)));
  }

  @Override
  public Optional<Value> compared(Expr expr) {
    if (!(expr instanceof Expr.Word word)) {
      return Optional.empty();
    }
    Optional<Value> setting = setting(Path.of(word.text()));
    boolean named = setting.isPresent() || !(written.value(word) instanceof Value.Symbol);
    return named ? setting : Optional.of(new Value.Unset());
  }

  private Optional<Value> setting(Path path) {
    var section = new LinkedHashMap<String, Value.Located>();
    for (Leaf leaf : leaves) {
      if (leaf.path().equals(path)) {
        return Optional.of(text(written.value(leaf.value())));
      }
      if (leaf.path().isWithin(path) && leaf.path().size() == path.size() + 1) {
        Value value = text(written.value(leaf.value()));
        section.put(leaf.path().keys().getLast(), new Value.Located(value, leaf.at()));
      }
    }
    if (path.equals(NAME)) {
      return Optional.of(new Value.Text(declaration.name().text()));
    }
    return section.isEmpty() ? Optional.empty() : Optional.of(new Value.Entries(section));
  }

  /** What names no setting that is written. */
  private Optional<Value> unread(Expr expr, Path path) {
    if (expr instanceof Expr.Word word) {
      Value value = written.value(word);
      return Optional.of(value instanceof Value.Secret ? new Value.Broken() : text(value));
    }
    boolean within = leaves.stream().anyMatch(leaf -> path.isWithin(leaf.path()));
    boolean own = !(written.value(first(expr)) instanceof Value.Symbol);
    return within || own ? Optional.empty() : Optional.of(new Value.Unset());
  }

  private static Expr first(Expr expr) {
    return switch (expr) {
      case Expr.Member member -> first(member.target());
      case Expr.Index index -> first(index.target());
      default -> expr;
    };
  }

  private static Optional<Path> path(Expr expr) {
    return switch (expr) {
      case Expr.Word word -> Optional.of(Path.of(word.text()));
      case Expr.Member member -> path(member.target()).map(path -> path.then(member.name().text()));
      case Expr.Index index when index.arguments().size() == 1 ->
          path(index.target())
              .flatMap(path -> index.arguments().getFirst().value().plainText().map(path::then));
      default -> Optional.empty();
    };
  }

  /** A word is the text that it is elsewhere: {@code format = onnx} is {@code "onnx"}. */
  private static Value text(Value value) {
    return switch (value) {
      case Value.Symbol symbol -> new Value.Text(symbol.name());
      case Value.Items items ->
          new Value.Items(
              items.items().stream()
                  .map(each -> new Value.Located(text(each.value()), each.span()))
                  .toList());
      default -> value;
    };
  }
}
