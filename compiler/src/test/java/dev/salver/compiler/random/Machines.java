package dev.salver.compiler.random;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.syntax.Kind;

/** Accelerators, runtimes and rollouts of a project's own, and what it says of every model. */
final class Machines {
  private final World world;
  private final Draw draw;

  Machines(World world) {
    this.world = world;
    this.draw = world.draw;
  }

  void declare() {
    for (int i = draw.below(3); i > 0; i--) {
      accelerator();
    }
    for (int i = draw.below(3); i > 0; i--) {
      runtime();
    }
    for (int i = draw.below(3); i > 0; i--) {
      rollout();
    }
    if (draw.oneIn(3)) {
      var block = new Block(world, Kind.MODEL).draw("timeout").put("labels.owner", "\"platform\"");
      world.declare("model *" + block.braced(""));
    }
  }

  private void accelerator() {
    String name = world.name("gpu", "chip");
    var block = new Block(world, Kind.ACCELERATOR).put("limit", "\"nvidia.com/gpu\"");
    for (String path : new String[] {"memory", "price", "node.pool", "tolerate"}) {
      if (draw.oneIn(2)) {
        block.draw(path);
      }
    }
    world.accelerators.add(name);
    world.declare("accelerator " + name + block.braced(""));
  }

  private void runtime() {
    String name = world.name("server", "triton");
    var block =
        new Block(world, Kind.RUNTIME)
            .put("image", "\"example.org/" + name + ":1\"")
            .put("formats", draw.of("own-" + name, "[own-" + name + "]"));
    if (draw.oneIn(2)) {
      block.put("wire", draw.of("v2", "[v1, v2]", "[v2, grpc-v2]"));
    }
    for (String path : new String[] {"cpu", "port", "args.level", "vars.MODE", "labels.team"}) {
      if (draw.oneIn(3)) {
        block.draw(path);
      }
    }
    if (draw.oneIn(3)) {
      block.put("memory", "1Gi..?");
    }
    if (draw.oneIn(4)) {
      block.exactly("raw.spec.multiModel", "false");
    }
    world.runtimes.add(name);
    world.declare("runtime " + name + block.braced(""));
  }

  private void rollout() {
    String name = world.name("careful", "slow");
    String steps =
        world
            .slots
            .slot("[5% for 10min, 25% for 30min, 100%]")
            .or("steps that fall", "[25% for 10min, 5% for 30min, 100%]", Code.SV2201)
            .or("a rollout that does not end", "[5% for 10min, 25% for 30min]", Code.SV2202)
            .or("a step without a time", "[5%, 100%]", Code.SV2200)
            .or("a step of nothing", "[0% for 10min, 100%]", Code.SV2200)
            .or("steps that are none", "12", Code.SV2001)
            .toString();
    var block = new Block(world, Kind.ROLLOUT).exactly("steps", steps);
    for (int i = draw.below(4); i > 0; i--) {
      block.line(gate());
    }
    for (String path : new String[] {"patience", "on-fail.action", "on-fail.notify"}) {
      if (draw.oneIn(3)) {
        block.draw(path);
      }
    }
    world.rollouts.add(name);
    world.declare("rollout " + name + block.braced(""));
  }

  /** What a new revision has to keep. */
  private String gate() {
    String gate =
        draw.of(
            "errors < 0.5%",
            "p99 < 1.1 * stable.p99",
            "p50 <= 20ms",
            "rps > 1rps",
            "query(\"sum(rate(failed_total[5m]))\") < 3",
            "10ms < p95");
    return "gate "
        + world
            .slots
            .slot(gate)
            .or("a gate of an unknown measure", "p98 < 1s", Code.SV2204)
            .or("a gate of another unit", "p99 < 4Gi", Code.SV2205)
            .or("a gate that compares nothing", "errors", Code.SV2203)
        + draw.of("", " else \"it is worse\"");
  }
}
