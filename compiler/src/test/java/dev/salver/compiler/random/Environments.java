package dev.salver.compiler.random;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.random.World.Model;
import dev.salver.compiler.random.World.Modes;
import dev.salver.compiler.random.World.Task;
import dev.salver.compiler.syntax.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Environments that extend each other and change what was declared. */
final class Environments {
  private final World world;
  private final Draw draw;
  private final Slots slots;
  private final Families families;
  private final List<String> parents = new ArrayList<>();

  Environments(World world, Families families) {
    this.world = world;
    this.draw = world.draw;
    this.slots = world.slots;
    this.families = families;
  }

  void declare() {
    for (int i = draw.below(3); i > 0; i--) {
      String name = world.name("base");
      environment(name, true);
      parents.add(name);
    }
    for (int i = draw.below(3); i > 0; i--) {
      String name =
          draw.oneIn(2) && !world.environments.contains("prod") ? "prod" : world.name("stage");
      environment(name, false);
      world.environments.add(name);
    }
    if (draw.oneIn(5)) {
      world.declare("env local {\n" + patches() + "}\n");
    }
  }

  private void environment(String name, boolean isAbstract) {
    Optional<String> parent =
        parents.isEmpty() || draw.oneIn(3) ? Optional.empty() : Optional.of(draw.of(parents));
    var block = new Block(world, Kind.ENV);
    if (draw.oneIn(2) && !isAbstract) {
      block.exactly("namespace", world.params.text("ml-", "-" + name));
    }
    String mode = mode(parent.isEmpty());
    if (!mode.isEmpty()) {
      block.put("mode", mode);
    }
    if (draw.oneIn(3)) {
      block.put("labels.team", "\"ml\"");
    }
    if (draw.oneIn(4)) {
      block.exactly("backend", "salver");
    }
    for (Params.Param param : world.params.all()) {
      if (draw.oneIn(4)) {
        Slots.Slot value =
            slots
                .slot(draw.of(param.values()))
                .or("another type of " + param.name(), Params.wrong(param.type()), Code.SV2001);
        block.exactly("params." + param.name(), value.toString());
      }
    }
    if (draw.oneIn(6)) {
      block.draw("deliver.branch");
    }
    Slots.Slot extended =
        slots
            .slot(parent.map(each -> " extends " + each).orElse(""))
            .or("extends what is not there", " extends nothing-like-it", Code.SV1002);
    if (parent.isEmpty()) {
      extended.or("extends itself", " extends " + name, Code.SV3004);
    }
    world.declare(
        (isAbstract ? "@abstract\n" : "")
            + "env "
            + name
            + extended
            + " {\n"
            + block.lines("  ")
            + patches()
            + (isAbstract ? "" : breaches())
            + "}\n");
  }

  private String mode(boolean root) {
    if (world.modes == Modes.KNATIVE) {
      return root || draw.oneIn(4) ? "knative" : "";
    }
    if (!draw.oneIn(3)) {
      return "";
    }
    return world.modes == Modes.STANDARD ? "standard" : draw.of("standard", "knative");
  }

  private String patches() {
    var text = new StringBuilder();
    if (draw.oneIn(4)) {
      text.append("  model *").append(many("timeout", "1..4"));
    }
    if (draw.oneIn(4)) {
      Slots.Slot where = slots.slot("labels.tier == \"online\"");
      text.append("  model * where ").append(where).append(many("labels.seen", "2..6"));
    }
    for (Model model : world.models) {
      if (draw.oneIn(5)) {
        text.append(patch(model));
      }
    }
    text.append(families.patches());
    if (!world.graphs.isEmpty() && draw.oneIn(4)) {
      text.append("  graph ")
          .append(draw.of(world.graphs))
          .append(" with { scale.replicas = 2..4, memory = 1Gi }\n");
    }
    if (!world.runtimes.isEmpty() && draw.oneIn(4)) {
      text.append("  runtime ").append(draw.of(world.runtimes)).append(" { cpu = 2 }\n");
    }
    if (draw.oneIn(4)) {
      text.append("  accelerator ")
          .append(draw.of(world.accelerators))
          .append(" { price = $1.20/h }\n");
    }
    if (!world.rollouts.isEmpty() && draw.oneIn(4)) {
      text.append("  rollout ")
          .append(draw.of(world.rollouts))
          .append(" { patience = 2h, gate p90 < 1s }\n");
    }
    text.append(
        slots
            .nothing()
            .or("a patch of no model", "  model nothing-like-it { timeout = 10s }\n", Code.SV3002)
            .or("a param that is none", "  params { nothing-like-it = 1 }\n", Code.SV3002)
            .or("what only stands outside", "  secret s from \"kubernetes:s\"\n", Code.SV1007));
    return text.toString();
  }

  private String many(String path, String replicas) {
    var block = new Block(world, Kind.MODEL).draw(path);
    if (draw.oneIn(2)) {
      block.put("scale.replicas", replicas);
    }
    return block.braced("  ");
  }

  private String patch(Model model) {
    if (model.free() && draw.oneIn(3)) {
      return "  model " + model.name() + " { deploy = " + draw.of("true", "false") + " }\n";
    }
    var block = new Block(world, Kind.MODEL);
    boolean here = model.task() != Task.ELSEWHERE;
    if (model.task() != Task.LLM && draw.oneIn(2)) {
      block.draw("timeout");
    }
    if (here && draw.oneIn(3)) {
      block.put("cpu", "1..8");
    }
    if (here && model.ranged() && draw.oneIn(2)) {
      block.put("scale.replicas", "2.." + draw.between(3, 30));
    }
    String own = here ? leaf(model) : "";
    if (block.paths().isEmpty() && own.isEmpty()) {
      block.put("labels.patched", "true");
    }
    return "  model " + model.name() + " {\n" + block.lines("    ") + own + "  }\n";
  }

  /** Removes what the model says itself, or makes it final; nothing else writes it. */
  private String leaf(Model model) {
    for (String path : new String[] {"memory", "identity", "expose"}) {
      if (model.paths().contains(path) && draw.oneIn(2) && world.claimed.add(model.name() + path)) {
        return "    " + path + " = unset\n";
      }
    }
    return "";
  }

  /** Mistakes that show where the environment is compiled. */
  private String breaches() {
    if (world.models.isEmpty()) {
      return "";
    }
    Model model = draw.of(world.models);
    Slots.Slot slot = slots.nothing();
    slot.or(
        "unset of what is not set",
        "  model " + model.name() + " { labels.never = unset }\n",
        Code.SV3005);
    for (String kept : world.finals) {
      slot.or(
          "a patch of what is final in " + kept,
          "  model " + kept + " { labels.kept = \"no\" }\n",
          Code.SV3003);
    }
    return slot.toString();
  }
}
