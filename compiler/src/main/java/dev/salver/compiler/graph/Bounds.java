package dev.salver.compiler.graph;

import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.syntax.TypeRef;
import dev.salver.compiler.type.Agreement;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Type;
import dev.salver.compiler.type.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a template asks of its arguments. A type parameter is what its first use says, a signature
 * where a model has it, and every other use must agree.
 */
final class Bounds {
  private final Types types;
  private final Set<String> parameters;
  private final Map<String, Signature> signatures = new HashMap<>();
  private final Map<String, Type> values = new HashMap<>();

  /**
   * @param parameters names of the template's type parameters
   */
  Bounds(Types types, Set<String> parameters) {
    this.types = types.within(parameters);
    this.parameters = parameters;
  }

  Types types() {
    return types;
  }

  /** A type given in so many words: {@code S = Scorer}, {@code S = f32[n]}. */
  void type(String name, Expr value) {
    Optional<TypeRef> ref = ref(value);
    if (ref.isEmpty()) {
      return;
    }
    if (types.isSignature(ref.get())) {
      types.signature(ref.get()).ifPresent(each -> signatures.put(name, each));
    } else {
      values.put(name, types.type(ref.get()));
    }
  }

  private static Optional<TypeRef> ref(Expr value) {
    return switch (value) {
      case Expr.Word word ->
          Optional.of(
              new TypeRef.Named(new Name(word.text(), word.span()), List.of(), word.span()));
      case Expr.Index(Expr.Word word, List<Expr.Argument> arguments, Span span) -> {
        var dims = new ArrayList<Name>();
        for (Expr.Argument each : arguments) {
          dims.add(new Name(each.value().span().text(), each.value().span()));
        }
        yield Optional.of(new TypeRef.Named(new Name(word.text(), word.span()), dims, span));
      }
      default -> Optional.empty();
    };
  }

  /** Why a service can't stand for a parameter; empty if it can. */
  Optional<String> problem(Entry.Parameter parameter, boolean isItem, Service service) {
    TypeRef bound = parameter.type();
    if (isItem && bound instanceof TypeRef.ListOf list) {
      bound = list.item();
    }
    if (bound == null || service.signature().isEmpty()) {
      return Optional.empty();
    }
    Signature actual = service.signature().get();
    if (bound instanceof TypeRef.Named named && parameters.contains(named.name().text())) {
      Signature known = signatures.putIfAbsent(named.name().text(), actual);
      return known == null ? Optional.empty() : Agreement.problem(known, actual);
    }
    return types
        .signature(bound)
        .flatMap(
            said -> {
              infer(said, actual);
              return Agreement.problem(filled(said), actual);
            });
  }

  /** Type parameters that stand for the type of an input or of the output. */
  private void infer(Signature said, Signature actual) {
    for (Signature.Port port : said.inputs()) {
      actual.inputs().stream()
          .filter(each -> each.name().equals(port.name()) || said.inputs().size() == 1)
          .findFirst()
          .ifPresent(each -> infer(port.type(), each.type()));
    }
    infer(said.output(), actual.output());
  }

  private void infer(Type said, Type actual) {
    switch (said) {
      case Type.Parameter parameter -> values.putIfAbsent(parameter.name(), actual);
      case Type.Fields fields when actual instanceof Type.Fields given ->
          fields
              .fields()
              .forEach(
                  (name, type) -> {
                    Type other = given.fields().get(name);
                    if (other != null) {
                      infer(type, other);
                    }
                  });
      default -> {}
    }
  }

  /** The signature of the instance. */
  Optional<Signature> signature(TypeRef ref) {
    if (ref instanceof TypeRef.Named named && parameters.contains(named.name().text())) {
      return Optional.ofNullable(signatures.get(named.name().text()));
    }
    return types.signature(ref).map(this::filled);
  }

  private Signature filled(Signature signature) {
    return new Signature(
        signature.inputs().stream()
            .map(port -> new Signature.Port(port.name(), filled(port.type())))
            .toList(),
        filled(signature.output()));
  }

  private Type filled(Type type) {
    return switch (type) {
      case Type.Parameter parameter -> values.getOrDefault(parameter.name(), new Type.Unknown());
      case Type.Fields fields -> {
        var filled = new LinkedHashMap<String, Type>();
        fields.fields().forEach((name, each) -> filled.put(name, filled(each)));
        yield new Type.Fields(filled);
      }
      default -> type;
    };
  }
}
