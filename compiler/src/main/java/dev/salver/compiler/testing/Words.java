package dev.salver.compiler.testing;

import dev.salver.compiler.cel.Names;
import dev.salver.compiler.cel.Shape;
import dev.salver.compiler.cel.Shape.Scalar;
import dev.salver.compiler.policy.Policies;
import dev.salver.compiler.policy.Shapes;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the words of a test stand for: models and graphs are both what is known of them and
 * functions that call them; beside them {@code emitted}, {@code sample}, {@code env} and the
 * params.
 */
final class Words {
  static final String EMITTED = "emitted";
  static final String SAMPLE = "sample";
  static final String ROUTE = "route";

  /** The one output of a graph whose signature gives it no name, as on the wire. */
  static final String OUTPUT = "output";

  private Words() {}

  /** What a function of a test does. */
  interface Bodies {
    Names.Body of(String name);
  }

  /** Nothing runs while a program is checked. */
  static final Bodies UNUSED =
      name ->
          arguments -> {
            throw new IllegalStateException("`" + name + "` runs in a test only");
          };

  /**
   * @param exprs whose calls decide which parameters a model has of which nothing is known
   */
  static Names names(Scene scene, List<Expr> exprs, Bodies bodies) {
    var variables = new HashMap<String, Shape>(Policies.params(scene.declarations()));
    var functions = new HashMap<String, Names.Function>();
    List<CallSites.Site> sites = CallSites.in(exprs);
    for (String service : scene.services()) {
      boolean graph = scene.declarations().graphs().containsKey(service);
      Shapes.of(graph ? "graph" : "model").ifPresent(shape -> variables.put(service, shape));
      functions.put(
          service,
          new Names.Function(
              parameters(scene, service, sites), result(scene, service), bodies.of(service)));
    }
    variables.put("env", Scalar.TEXT);
    functions.put(
        EMITTED,
        new Names.Function(
            List.of(new Names.Parameter("kind", true), new Names.Parameter("name", true)),
            Shape.ANY,
            bodies.of(EMITTED)));
    functions.put(
        SAMPLE,
        new Names.Function(
            List.of(new Names.Parameter("file", true)), Shape.ANY, bodies.of(SAMPLE)));
    return new Names(variables, functions);
  }

  /** What is left out is told by the checks of calls, which know of samples. */
  private static List<Names.Parameter> parameters(
      Scene scene, String service, List<CallSites.Site> sites) {
    return scene
        .signature(service)
        .map(signature -> signature.inputs().stream().map(Signature.Port::name).toList())
        .orElseGet(() -> used(service, sites))
        .stream()
        .map(name -> new Names.Parameter(name, false))
        .toList();
  }

  /** Places first, as {@code 1}, then the names that calls use. */
  private static List<String> used(String service, List<CallSites.Site> sites) {
    int places = 0;
    var names = new TreeSet<String>();
    for (CallSites.Site site : sites) {
      if (site.name().equals(service)) {
        int here = 0;
        for (Expr.Argument argument : site.call().arguments()) {
          Name name = argument.name();
          if (name == null) {
            here++;
          } else {
            names.add(name.text());
          }
        }
        places = Math.max(places, here);
      }
    }
    var all = new ArrayList<String>();
    for (int place = 1; place <= places; place++) {
      all.add(Integer.toString(place));
    }
    all.addAll(names);
    return all;
  }

  private static Shape result(Scene scene, String service) {
    Type output = scene.signature(service).map(Signature::output).orElseGet(Type.Unknown::new);
    boolean graph = scene.declarations().graphs().containsKey(service);
    if (!graph) {
      return shape(output);
    }
    if (output instanceof Type.Unknown || output instanceof Type.Parameter) {
      return Shape.ANY;
    }
    var fields = new TreeMap<String, Shape>();
    fields.put(ROUTE, new Shape.ListOf(Scalar.TEXT));
    if (output instanceof Type.Fields record) {
      record.fields().forEach((name, type) -> fields.put(name, shape(type)));
    } else {
      fields.put(OUTPUT, shape(output));
    }
    return new Shape.Fields(fields);
  }

  private static Shape shape(Type type) {
    return switch (type) {
      case Type.Tensor tensor -> {
        Shape shape = scalar(tensor.element());
        for (int i = 0; i < tensor.dims().size(); i++) {
          shape = new Shape.ListOf(shape);
        }
        yield shape;
      }
      case Type.Fields record -> {
        Map<String, Shape> fields = new TreeMap<>();
        record.fields().forEach((name, each) -> fields.put(name, shape(each)));
        yield new Shape.Fields(new TreeMap<>(fields));
      }
      case Type.Json json -> Shape.ANY;
      case Type.Parameter parameter -> Shape.ANY;
      case Type.Unknown unknown -> Shape.ANY;
    };
  }

  private static Shape scalar(Element element) {
    return switch (element) {
      case BOOL -> Scalar.BOOL;
      case STRING, BYTES -> Scalar.TEXT;
      case F16, BF16, F32, F64 -> Scalar.NUMBER;
      // CEL's whole numbers end where those of 64 bits with a sign do.
      case U64 -> Shape.ANY;
      default -> Scalar.WHOLE;
    };
  }

  /** Empty where any output would do. */
  static Optional<Map<String, Type>> outputs(Signature signature) {
    return switch (signature.output()) {
      case Type.Fields record -> Optional.of(record.fields());
      case Type.Tensor tensor -> Optional.of(Map.of(OUTPUT, tensor));
      case Type.Json json -> Optional.empty();
      case Type.Parameter parameter -> Optional.empty();
      case Type.Unknown unknown -> Optional.empty();
    };
  }
}
