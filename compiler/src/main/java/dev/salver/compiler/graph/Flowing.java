package dev.salver.compiler.graph;

import dev.salver.compiler.graph.Step.Ref;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.type.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value on its way through a graph.
 *
 * @param told who has it, as a sentence needs it: "`decode` produces", "the input `image` is"
 * @param parts of a record whose fields come from different places, such as the arguments of a
 *     call; empty for every other value
 * @param declared what can be pointed at, where there is anything
 */
record Flowing(Ref ref, Type type, String told, List<Part> parts, @Nullable Declared declared) {
  /** Where the type of a value is said. */
  record Declared(Span at, String words) {}

  /**
   * A field that has a place of its own.
   *
   * @param key where the input that it is for is named; null where it is not
   */
  record Part(String name, Flowing value, Span at, @Nullable Span key) {
    boolean named() {
      return key != null;
    }
  }

  Flowing {
    parts = List.copyOf(parts);
  }

  static Flowing of(Ref ref, Type type, String told, @Nullable Declared declared) {
    return new Flowing(ref, type, told, List.of(), declared);
  }

  /** Nothing is known of it, because that was reported. */
  static Flowing unknown(Ref ref) {
    return of(ref, new Type.Unknown(), "this is", null);
  }

  /** A record of values from different places. */
  static Flowing record(Ref ref, List<Part> parts) {
    var types = new LinkedHashMap<String, Type>();
    parts.forEach(part -> types.put(part.name(), part.value().type()));
    return new Flowing(ref, new Type.Fields(types), "the arguments are", parts, null);
  }

  /** Whether it is all of what a graph, or an instance of a template, is called with. */
  boolean isRequest() {
    return ref.step().equals(Ref.REQUEST) && ref.field().isEmpty();
  }

  /** A field of a record; of what is not known, a field that is not known. */
  Optional<Flowing> field(String name) {
    for (Part part : parts) {
      if (part.name().equals(name)) {
        return Optional.of(part.value());
      }
    }
    return switch (type) {
      case Type.Fields fields ->
          Optional.ofNullable(fields.fields().get(name)).map(each -> below(name, each));
      case Type.Unknown unknown -> Optional.of(below(name, type));
      case Type.Json json -> Optional.of(below(name, new Type.Unknown()));
      default -> Optional.empty();
    };
  }

  private Flowing below(String name, Type field) {
    String path = ref.field().map(above -> above + "." + name).orElse(name);
    return of(new Ref(ref.step(), Optional.of(path)), field, told, declared);
  }

  /** What it is made of: of a record its fields, or it alone. */
  List<Flowing> sources() {
    if (!parts.isEmpty()) {
      return parts.stream().map(Part::value).toList();
    }
    return type instanceof Type.Fields fields
        ? fields.fields().keySet().stream().flatMap(each -> field(each).stream()).toList()
        : List.of(this);
  }

  /** The field of a record that has but one; the value itself otherwise. */
  Flowing inner() {
    Flowing at = this;
    while (at.type instanceof Type.Fields fields && fields.fields().size() == 1) {
      Flowing next = at.field(fields.fields().firstEntry().getKey()).orElseThrow();
      if (next.type instanceof Type.Unknown) {
        return next;
      }
      at = next;
    }
    return at;
  }

  /** What of it goes where a type is expected: of a record of one field, the field. */
  Flowing meeting(Type wanted) {
    return wanted instanceof Type.Tensor ? inner() : this;
  }

  /** "`decode` produces `pixels: f32[h, w, 3]`". */
  String sentence() {
    String field = ref.step().equals(Ref.REQUEST) ? "" : ref.field().orElse("");
    String prefix = field.isEmpty() ? "" : field.substring(field.lastIndexOf('.') + 1) + ": ";
    return told + " `" + prefix + brief(type) + "`";
  }

  /** A type on one line, cut where it is long. */
  static String brief(Type type) {
    String text = type.toString();
    return text.length() > 80 ? text.substring(0, 79) + "…" : text;
  }
}
