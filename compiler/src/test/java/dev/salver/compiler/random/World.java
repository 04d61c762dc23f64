package dev.salver.compiler.random;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A program in the making: what was declared so far, and may be named by what comes. */
final class World {
  /** Which modes its environments have. */
  enum Modes {
    STANDARD,
    KNATIVE,
    MIXED
  }

  /**
   * A model.
   *
   * @param mode what its settings ask for; empty where they hold in both
   * @param paths settings that it has itself
   * @param ranged whether its replicas are a range that starts above 0
   * @param free whether nothing names it, so that an environment may leave it out
   */
  record Model(
      String name,
      Task task,
      Optional<String> mode,
      Set<String> paths,
      boolean ranged,
      boolean free) {}

  /** What kind of a thing serves a model. */
  enum Task {
    SALVER,
    KSERVE,
    RUNTIME,
    IMAGE,
    SERVER,
    NO_SOURCE,
    LLM,
    WORKERS,
    ELSEWHERE;

    boolean isService() {
      return this != LLM && this != ELSEWHERE;
    }
  }

  final Draw draw;
  final Slots slots = new Slots();
  final Modes modes;
  final List<String> declarations = new ArrayList<>();
  final List<Model> models = new ArrayList<>();
  final List<String> secrets = new ArrayList<>();
  final List<String> accelerators = new ArrayList<>(List.of("l4", "a10", "t4", "h100"));
  final List<String> runtimes = new ArrayList<>();
  final List<String> rollouts = new ArrayList<>();
  final List<String> graphs = new ArrayList<>();
  final List<String> environments = new ArrayList<>();
  final Params params;

  /** {@code fraud memory}: leaves that one place alone may write. */
  final Set<String> claimed = new HashSet<>();

  /** Models with a label {@code kept} that is final. */
  final List<String> finals = new ArrayList<>();

  private int names;

  World(Draw draw) {
    this.draw = draw;
    this.modes = draw.of(Modes.values());
    this.params = new Params(this);
  }

  /** A name that nothing has yet. */
  String name(String... stems) {
    return draw.of(stems) + "-" + names++;
  }

  /** The mode that holds wherever a model does not choose one; empty where it is not known. */
  Optional<String> everywhere() {
    return switch (modes) {
      case STANDARD -> Optional.of("standard");
      case KNATIVE -> Optional.of("knative");
      case MIXED -> Optional.empty();
    };
  }

  void declare(String text) {
    declarations.add(text);
  }
}
