package dev.salver.compiler.type;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether what is produced fits what is expected, for one call or one result. Symbols of the
 * expected side bind once and must then agree; those of the produced side stand for themselves.
 * Element types are equal or nothing fits, a number equals itself, {@code ?} fits anything, a
 * scalar is a tensor of shape {@code [1]}, a record may have more fields than are expected, and one
 * of a single field stands for that field.
 */
public final class Fit {
  private final Set<String> rigid;
  private final Map<String, Dim> bound;

  private Fit(Set<String> rigid, Map<String, Dim> bound) {
    this.rigid = rigid;
    this.bound = bound;
  }

  /** For a call: every symbol of the called signature is still free. */
  public static Fit ofCall() {
    return new Fit(Set.of(), new HashMap<>());
  }

  /** For a result: symbols that the inputs name stand for themselves, the others are free. */
  public static Fit ofResult(Signature signature) {
    return new Fit(symbols(signature), new HashMap<>());
  }

  /** The symbols that a signature's inputs name. */
  public static Set<String> symbols(Signature signature) {
    var names = new HashSet<String>();
    signature.inputs().forEach(port -> symbols(port.type(), names));
    return names;
  }

  private static void symbols(Type type, Set<String> names) {
    switch (type) {
      case Type.Tensor tensor ->
          tensor.dims().stream()
              .filter(Dim.Symbol.class::isInstance)
              .forEach(dim -> names.add(((Dim.Symbol) dim).name()));
      case Type.Fields fields -> fields.fields().values().forEach(each -> symbols(each, names));
      default -> {}
    }
  }

  /** Whether it would fit, without binding anything. */
  public boolean would(Type produced, Type expected) {
    return new Fit(rigid, new HashMap<>(bound)).problem(produced, expected).isEmpty();
  }

  /** Empty when it fits; else why not, in a few words that can stand under the place. */
  public Optional<String> problem(Type produced, Type expected) {
    if (produced instanceof Type.Unknown || expected instanceof Type.Unknown) {
      open(expected);
      return Optional.empty();
    }
    return switch (expected) {
      case Type.Tensor wanted when produced instanceof Type.Tensor given -> tensor(given, wanted);
      case Type.Tensor wanted
          when produced instanceof Type.Fields one && one.fields().size() == 1 ->
          problem(one.fields().firstEntry().getValue(), wanted);
      case Type.Fields wanted when produced instanceof Type.Fields given -> fields(given, wanted);
      case Type.Json wanted when produced instanceof Type.Json -> Optional.empty();
      case Type.Parameter wanted when produced.equals(wanted) -> Optional.empty();
      default -> Optional.of(kind(produced) + " is not " + kind(expected));
    };
  }

  /** Of what is not known, no size is: what the call gives has {@code ?} for it. */
  private void open(Type expected) {
    var names = new HashSet<String>();
    symbols(expected, names);
    names.removeAll(rigid);
    names.forEach(name -> bound.putIfAbsent(name, new Dim.Unknown()));
  }

  /** What it is, short enough to stand under carets. */
  private static String kind(Type type) {
    return switch (type) {
      case Type.Tensor tensor -> tensor.toString();
      case Type.Fields fields -> "a record";
      case Type.Json json -> "`json`";
      case Type.Parameter parameter -> "`" + parameter + "`";
      case Type.Unknown unknown -> "`?`";
    };
  }

  private Optional<String> fields(Type.Fields given, Type.Fields wanted) {
    for (var field : wanted.fields().entrySet()) {
      Type type = given.fields().get(field.getKey());
      if (type == null) {
        return Optional.of("`" + field.getKey() + "` is missing");
      }
      Optional<String> problem = problem(type, field.getValue());
      if (problem.isPresent()) {
        return Optional.of("`" + field.getKey() + "`: " + problem.get());
      }
    }
    return Optional.empty();
  }

  private Optional<String> tensor(Type.Tensor given, Type.Tensor wanted) {
    if (given.element() != wanted.element()) {
      return Optional.of(given.element().word() + " is not " + wanted.element().word());
    }
    List<Dim> from = shape(given);
    List<Dim> to = shape(wanted);
    if (from.size() != to.size()) {
      return Optional.of(dims(from.size()) + ", not " + to.size());
    }
    for (int i = 0; i < from.size(); i++) {
      Optional<String> problem = dim(from.get(i), to.get(i), i + 1);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static String dims(int count) {
    return count == 1 ? "1 dim" : count + " dims";
  }

  /** On the wire a scalar has the shape {@code [1]}. */
  private static List<Dim> shape(Type.Tensor tensor) {
    return tensor.dims().isEmpty() ? List.of(new Dim.Size(1)) : tensor.dims();
  }

  private Optional<String> dim(Dim given, Dim wanted, int number) {
    if (given instanceof Dim.Unknown || wanted instanceof Dim.Unknown) {
      if (wanted instanceof Dim.Symbol(String name) && !rigid.contains(name)) {
        bound.putIfAbsent(name, given);
      }
      return Optional.empty();
    }
    if (wanted instanceof Dim.Symbol(String name) && !rigid.contains(name)) {
      Dim earlier = bound.get(name);
      if (earlier == null || earlier instanceof Dim.Unknown || earlier.equals(given)) {
        bound.put(name, given);
        return Optional.empty();
      }
      return Optional.of("`" + name + "` is " + earlier + " here and " + given + " there");
    }
    return given.equals(wanted)
        ? Optional.empty()
        : Optional.of("dim " + number + " is " + given + ", not " + wanted);
  }

  /**
   * The type with its symbols bound as the call bound them.
   *
   * @param owner of the symbols that nothing bound: {@code detect.k}
   */
  public Type applied(Type type, String owner) {
    return switch (type) {
      case Type.Tensor tensor ->
          new Type.Tensor(
              tensor.element(), tensor.dims().stream().map(dim -> applied(dim, owner)).toList());
      case Type.Fields fields -> {
        var applied = new LinkedHashMap<String, Type>();
        fields.fields().forEach((name, each) -> applied.put(name, applied(each, owner)));
        yield new Type.Fields(applied);
      }
      default -> type;
    };
  }

  private Dim applied(Dim dim, String owner) {
    if (!(dim instanceof Dim.Symbol(String name)) || rigid.contains(name)) {
      return dim;
    }
    Dim known = bound.get(name);
    return known == null ? new Dim.Symbol(owner + "." + name) : known;
  }

  /** What two branches have in common, or why they have nothing. */
  public sealed interface Common {
    record Found(Type type) implements Common {}

    record Nothing(String reason) implements Common {}
  }

  /**
   * The type that both have: records share the fields of the same name, and sizes that a call alone
   * knows become {@code ?} where they differ.
   */
  public static Common common(Type one, Type other) {
    if (one instanceof Type.Unknown || other instanceof Type.Unknown) {
      return new Common.Found(new Type.Unknown());
    }
    if (one instanceof Type.Fields first && other instanceof Type.Fields second) {
      return common(first, second);
    }
    if (one instanceof Type.Tensor first
        && other instanceof Type.Tensor second
        && first.element() == second.element()
        && shape(first).size() == shape(second).size()) {
      var dims = new ArrayList<Dim>();
      for (int i = 0; i < shape(first).size(); i++) {
        Dim a = shape(first).get(i);
        Dim b = shape(second).get(i);
        if (!a.equals(b) && !isOpen(a) && !isOpen(b)) {
          return new Common.Nothing("dim " + (i + 1) + " is " + b + ", not " + a);
        }
        dims.add(a.equals(b) ? a : new Dim.Unknown());
      }
      return new Common.Found(
          first.dims().isEmpty() ? first : new Type.Tensor(first.element(), dims));
    }
    return Fit.ofCall()
        .problem(other, one)
        .<Common>map(Common.Nothing::new)
        .orElse(new Common.Found(one));
  }

  private static Common common(Type.Fields first, Type.Fields second) {
    var shared = new LinkedHashMap<String, Type>();
    for (var field : first.fields().entrySet()) {
      Type other = second.fields().get(field.getKey());
      if (other != null) {
        switch (common(field.getValue(), other)) {
          case Common.Found found -> shared.put(field.getKey(), found.type());
          case Common.Nothing nothing -> {
            return new Common.Nothing("`" + field.getKey() + "`: " + nothing.reason());
          }
        }
      }
    }
    return shared.isEmpty() && !first.fields().isEmpty()
        ? new Common.Nothing("no field in common")
        : new Common.Found(new Type.Fields(shared));
  }

  private static boolean isOpen(Dim dim) {
    return dim instanceof Dim.Unknown
        || (dim instanceof Dim.Symbol(String name) && name.indexOf('.') >= 0);
  }
}
