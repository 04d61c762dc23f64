package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.graph.Step.Binding;
import dev.salver.compiler.graph.Step.Ref;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.type.Fit;
import dev.salver.compiler.type.Signature.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What can be given to inputs that get nothing: the value of the input's name, else the only one
 * that fits it.
 *
 * @param bound what inputs have already, by name
 */
record Missing(Scope scope, Fit fit, Map<String, Binding> bound) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  /** A value by its name in the program. */
  private record Given(String name, boolean sure) {}

  /** Puts what is missing behind what stands between the brackets. */
  Optional<Fix> added(Span call, List<Port> left) {
    String text = call.text();
    if (!text.endsWith(")")) {
      return Optional.empty();
    }
    var added = new ArrayList<String>();
    boolean sure = true;
    for (Port port : left) {
      Given given = given(port);
      if (given == null || !NAME.matcher(port.name()).matches()) {
        return Optional.empty();
      }
      sure &= given.sure();
      added.add(given.sure() ? given.name() : port.name() + " = " + given.name());
    }
    boolean empty = text.substring(0, text.length() - 1).stripTrailing().endsWith("(");
    String more = String.join(", ", added);
    Fix fix =
        Fix.insert(
            "give it `" + more + "`", call.file(), call.end() - 1, (empty ? "" : ", ") + more);
    return Optional.of(sure ? fix : fix.suggested());
  }

  /** Writes out all inputs of a call that has none in brackets, among them what came in. */
  Optional<Fix> called(Span name, List<Port> ports, Ref incoming) {
    var all = new ArrayList<String>();
    boolean sure = true;
    boolean used = incoming.step().equals(Ref.REQUEST);
    for (Port port : ports) {
      Binding known = bound.get(port.name());
      Given given = known == null ? given(port) : named(known.from());
      if (given == null) {
        return Optional.empty();
      }
      sure &= given.sure();
      used |= scope.find(given.name()).filter(each -> isOf(each, incoming)).isPresent();
      all.add(given.name());
    }
    Fix fix = Fix.replace(name, name.text().strip() + "(" + String.join(", ", all) + ")");
    return used ? Optional.of(sure ? fix : fix.suggested()) : Optional.empty();
  }

  private static boolean isOf(Scope.Named named, Ref ref) {
    return named.value().ref().step().equals(ref.step());
  }

  private @Nullable Given named(Ref from) {
    return scope.known().stream()
        .filter(
            name -> scope.find(name).filter(each -> each.value().ref().equals(from)).isPresent())
        .findFirst()
        .map(name -> new Given(name, true))
        .orElse(null);
  }

  private @Nullable Given given(Port port) {
    List<String> fitting = scope.known().stream().filter(name -> fits(name, port)).toList();
    if (fitting.contains(port.name())) {
      return new Given(port.name(), true);
    }
    return fitting.size() == 1 ? new Given(fitting.getFirst(), false) : null;
  }

  private boolean fits(String name, Port port) {
    return scope
        .find(name)
        .map(Scope.Named::value)
        .filter(each -> !each.isRequest())
        .filter(each -> bound.values().stream().noneMatch(b -> b.from().equals(each.ref())))
        .filter(each -> fit.would(each.meeting(port.type()).type(), port.type()))
        .isPresent();
  }
}
