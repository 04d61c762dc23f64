package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.graph.Step.Ref;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Fit;
import dev.salver.compiler.type.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** When {@code cast[u8]} makes one element type of another, and how it is written into a flow. */
final class Casts {
  private Casts() {}

  static boolean canCast(Element from, Element to) {
    return (from.isNumber() || from == Element.BOOL) && (to.isNumber() || to == Element.BOOL);
  }

  /**
   * A cast behind a flow whose value is of another element type than is wanted.
   *
   * @param fits whether what the cast makes is what is wanted
   */
  static Optional<Fix> behind(Span flow, Type given, Type wanted, BiPredicate<Type, Type> fits) {
    Optional<Element> from = element(given);
    Optional<Element> to = element(wanted);
    if (from.isEmpty() || to.isEmpty() || !canCast(from.get(), to.get())) {
      return Optional.empty();
    }
    String cast = "-> cast[" + to.get().word() + "]";
    return fits.test(retyped(given, to.get()), wanted)
        ? Optional.of(Fix.insert("add `" + cast + "`", flow.file(), flow.end(), " " + cast))
        : Optional.empty();
  }

  /** A cast behind a branch, so that it gives what another one gives. */
  static Optional<Fix> like(Span flow, Type given, Type other) {
    return behind(
            flow, given, other, (one, two) -> Fit.common(two, one) instanceof Fit.Common.Found)
        .map(Fix::suggested);
  }

  /** Of one tensor, alone or the only field of a record. */
  private static Optional<Element> element(Type type) {
    return switch (type) {
      case Type.Tensor tensor -> Optional.of(tensor.element());
      case Type.Fields one when one.fields().size() == 1 ->
          element(one.fields().firstEntry().getValue());
      default -> Optional.empty();
    };
  }

  /** A record of one field stays one. */
  static Type retyped(Type type, Element to) {
    return switch (type) {
      case Type.Tensor tensor -> new Type.Tensor(to, tensor.dims());
      case Type.Fields fields -> {
        var changed = new LinkedHashMap<String, Type>();
        fields.fields().forEach((name, each) -> changed.put(name, retyped(each, to)));
        yield new Type.Fields(changed);
      }
      default -> type;
    };
  }

  /** A cast between a stage and what it gets. */
  static Fix before(Span stage, Element element, Ref from) {
    String cast = "cast[" + element.word() + "] -> ";
    String whole =
        (from.step().equals(Ref.REQUEST) ? "" : from.step() + " -> ")
            + cast
            + stage.text().lines().findFirst().orElse("").strip();
    var start = new Span(stage.file(), stage.start(), stage.start());
    return new Fix(whole, List.of(new Edit(start, cast)));
  }
}
