package dev.salver.compiler.type;

import dev.salver.compiler.type.Signature.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether what is said of a service holds for what it is: a declared signature for the artifact's,
 * a template's parameter for the model that stands in. Inputs and outputs meet by name, or by
 * position where the types leave one choice.
 */
public final class Agreement {
  private Agreement() {}

  /**
   * Empty when every call that fits what is said also fits what is, and gives what is said.
   *
   * @return else why not, in a few words
   */
  public static Optional<String> problem(Signature said, Signature is) {
    Fit inputs = Fit.ofCall();
    Optional<String> problem =
        ports(
            said.inputs(),
            is.inputs(),
            "input",
            (port, other) -> inputs.problem(port.type(), other.type()),
            (port, other) -> inputs.would(port.type(), other.type()));
    if (problem.isPresent()) {
      return problem;
    }
    Fit outputs = Fit.ofResult(said);
    Type given = inputs.applied(is.output(), "");
    if (outputs.would(given, said.output())) {
      return Optional.empty();
    }
    if (given instanceof Type.Unknown) {
      return Optional.empty();
    }
    return ports(
        outputs(said.output()),
        outputs(given),
        "output",
        (port, other) -> outputs.problem(other.type(), port.type()),
        (port, other) -> outputs.would(other.type(), port.type()));
  }

  private static List<Port> outputs(Type output) {
    if (output instanceof Type.Fields fields) {
      return fields.fields().entrySet().stream()
          .map((Map.Entry<String, Type> each) -> new Port(each.getKey(), each.getValue()))
          .toList();
    }
    return List.of(new Port("", output));
  }

  private interface Meeting<T> {
    T of(Port said, Port is);
  }

  private static Optional<String> ports(
      List<Port> said,
      List<Port> is,
      String what,
      Meeting<Optional<String>> meet,
      Meeting<Boolean> would) {
    var left = new ArrayList<Port>();
    var free = new ArrayList<>(is);
    for (Port port : said) {
      Optional<Port> same =
          is.stream().filter(other -> other.name().equals(port.name())).findFirst();
      if (same.isEmpty()) {
        left.add(port);
        continue;
      }
      free.remove(same.get());
      Optional<String> problem = meet.of(port, same.get());
      if (problem.isPresent()) {
        return Optional.of("`" + port.name() + "`: " + problem.get());
      }
    }
    if (left.size() > free.size()) {
      return Optional.of("there is no " + what + " `" + left.getFirst().name() + "`");
    }
    if (what.equals("input") && free.size() > left.size()) {
      return Optional.of("it also takes `" + free.getFirst().name() + "`");
    }
    return byType(left, free, what, meet, would);
  }

  private static Optional<String> byType(
      List<Port> left,
      List<Port> free,
      String what,
      Meeting<Optional<String>> meet,
      Meeting<Boolean> would) {
    while (!left.isEmpty()) {
      Port chosen = null;
      Port other = null;
      for (Port port : left) {
        var fitting = free.stream().filter(each -> would.of(port, each)).toList();
        if (fitting.isEmpty()) {
          return left.size() == 1 && free.size() == 1
              ? meet.of(port, free.getFirst()).map(why -> named(port, why))
              : Optional.of("no " + what + " fits `" + port + "`");
        }
        if (fitting.size() == 1 && chosen == null) {
          chosen = port;
          other = fitting.getFirst();
        }
      }
      if (chosen == null || other == null) {
        return Optional.of(
            "the types leave more than one choice for `" + left.getFirst().name() + "`");
      }
      meet.of(chosen, other);
      left.remove(chosen);
      free.remove(other);
    }
    return Optional.empty();
  }

  private static String named(Port port, String why) {
    return port.name().isEmpty() ? why : "`" + port.name() + "`: " + why;
  }
}
