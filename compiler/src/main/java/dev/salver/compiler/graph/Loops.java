package dev.salver.compiler.graph;

import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Flow;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.typing.Shape;
import dev.salver.compiler.typing.Shapes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code for each} over branches. Where the list is known the branches have been written out
 * before; what is left repeats over a template's parameter and is looked at once, for all turns.
 */
final class Loops {
  private Loops() {}

  /**
   * A branch and the place it stands at.
   *
   * @param isOpen whether it stands for any number of branches
   */
  record Turn<T>(T branch, Place place, boolean isOpen) {}

  static List<Turn<Flow.Branch.Case>> branches(List<Flow.Branch> branches, Place place) {
    var turns = new ArrayList<Turn<Flow.Branch.Case>>();
    for (Flow.Branch branch : branches) {
      switch (branch) {
        case Flow.Branch.Case one -> turns.add(new Turn<>(one, place, false));
        case Flow.Branch.Each each -> {
          Place inner = over(each.name(), each.list(), place);
          for (var turn : branches(each.branches(), inner)) {
            turns.add(new Turn<>(turn.branch(), turn.place(), true));
          }
        }
      }
    }
    return turns;
  }

  static List<Turn<Flow.Member.One>> members(List<Flow.Member> members, Place place) {
    var turns = new ArrayList<Turn<Flow.Member.One>>();
    for (Flow.Member member : members) {
      switch (member) {
        case Flow.Member.One one -> turns.add(new Turn<>(one, place, false));
        case Flow.Member.Each each -> {
          Place inner = over(each.name(), each.list(), place);
          for (var turn : members(each.members(), inner)) {
            turns.add(new Turn<>(turn.branch(), turn.place(), true));
          }
        }
      }
    }
    return turns;
  }

  /** The variable is a service if the list is one of services, else a value of any type. */
  private static Place over(Name variable, Expr list, Place place) {
    Optional<Service> service =
        list instanceof Expr.Word word ? place.callables().find(word.text()) : Optional.empty();
    Map<String, Shape> constants = new HashMap<>(place.constants());
    if (service.isEmpty()) {
      constants.put(variable.text(), Shapes.UNKNOWN);
    }
    Callables callables =
        service
            .map(
                one ->
                    place
                        .callables()
                        .with(
                            Map.of(
                                variable.text(),
                                new Service(
                                    variable.text(),
                                    variable.span(),
                                    variable.text(),
                                    one.signature(),
                                    null))))
            .orElse(place.callables());
    return place.with(callables, constants);
  }
}
