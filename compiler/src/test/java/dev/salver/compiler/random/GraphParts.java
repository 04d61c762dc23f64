package dev.salver.compiler.random;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.random.Flows.Tensor;
import dev.salver.compiler.syntax.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Graphs, templates and their uses. */
final class GraphParts {
  private static final String[] LIBRARY = {
    "ab", "champion-challenger", "ensemble-vote", "cache-aside"
  };

  private final World world;
  private final Draw draw;
  private final Slots slots;
  private final Flows flows;

  GraphParts(World world) {
    this.world = world;
    this.draw = world.draw;
    this.slots = world.slots;
    this.flows = new Flows(world);
  }

  void declare() {
    for (int i = draw.below(3); i > 0; i--) {
      graph();
    }
    if (draw.oneIn(4)) {
      template();
    }
    if (draw.oneIn(4)) {
      library();
    }
  }

  private void graph() {
    String name = world.name("breed", "check");
    Tensor input = flows.tensor();
    var statements = new ArrayList<String>();
    Tensor at = input;
    String from = "x";
    int count = draw.between(1, 3);
    for (int i = 0; i < count; i++) {
      boolean last = i == count - 1;
      Tensor to = flows.tensor();
      String flow = from + " -> " + flows.chain(at, to, 0);
      Slots.Slot step = slots.slot("s" + i);
      if (!last) {
        step.or("a step named as an input", "x", Code.SV2103);
      }
      statements.add(last ? flow : step + " = " + flow);
      at = to;
      from = step.toString();
    }
    Slots.Slot unused = slots.nothing();
    if (draw.oneIn(3)) {
      String spare = flows.model(input, input, Optional.empty());
      unused.or("an unused step", "  unused = " + spare + "(x)\n", Code.SV2118);
    }
    Slots.Slot output =
        slots.slot(at.toString()).or("another output", at.with("77").toString(), Code.SV2110);
    world.declare(
        "graph %s(x: %s) -> %s with { %s } {\n%s  %s\n}\n"
            .formatted(name, input, output, settings(), unused, String.join("\n  ", statements)));
    world.graphs.add(name);
  }

  private String settings() {
    var block = new Block(world, Kind.GRAPH).exactly("timeout", "10min");
    for (String path : new String[] {"cpu", "labels.tier", "expose"}) {
      if (draw.oneIn(4)) {
        block.draw(path);
      }
    }
    if (draw.oneIn(4)) {
      block.put("memory", "256Mi..1Gi");
    }
    if (draw.oneIn(4)) {
      block.put("scale.replicas", "1.." + draw.between(2, 9));
    }
    if (draw.oneIn(4)) {
      block.exactly("backend", "salver");
    }
    return "\n" + block.lines("  ");
  }

  private void template() {
    String name = world.name("twice", "ask");
    Tensor in = flows.tensor();
    Tensor out = new Tensor("f32", in.dims());
    String type = "Sig" + world.name("x").replace("x-", "");
    world.declare("type " + type + " = (v: " + in + ") -> (w: " + out + ")\n");
    Slots.Slot body = slots.slot("max(small.w) > floor");
    body.or("a condition of an unknown name", "max(small.w) > flor", Code.SV2100);
    world.declare(
        "graph %s[small: S, large: S, floor: f32 = 0.7]: S =\n  small -> switch { %s => large(request), else => small }\n"
            .formatted(name, body));
    Slots.Slot arguments =
        slots.slot(
            "small = "
                + flows.model(in, out, Optional.of(Code.SV2131))
                + ", large = "
                + flows.model(in, out, Optional.of(Code.SV2131))
                + draw.of("", ", floor = 0.5"));
    arguments.or("no arguments", "", Code.SV2008);
    Slots.Slot extra = slots.nothing();
    extra.or("an unknown argument", ", nothing-like-it = 1", Code.SV2008);
    String use = world.name("used");
    world.declare("graph " + use + ": " + type + " = " + name + "[" + arguments + extra + "]\n");
    world.graphs.add(use);
  }

  private void library() {
    String template = draw.of(LIBRARY);
    Tensor in = flows.tensor();
    Tensor out = new Tensor("i64", in.dims());
    String type = "Lib" + world.name("x").replace("x-", "");
    world.declare("type " + type + " = (v: " + in + ") -> (w: " + out + ")\n");
    Slots.Slot imported = slots.slot(template);
    imported.or("an unknown template", "nothing-like-it", Code.SV1002);
    world.declare("import { " + imported + " } from \"salver:graphs\"\n");
    String a = flows.model(in, out, Optional.of(Code.SV2131));
    String b = flows.model(in, out, Optional.of(Code.SV2131));
    String arguments =
        switch (template) {
          case "ab" -> "a = " + a + ", b = " + b + ", share = " + draw.between(1, 99) + "%";
          case "champion-challenger" -> "champion = " + a + ", challenger = " + b;
          case "ensemble-vote" -> "models = [" + String.join(", ", List.of(a, b)) + "]";
          default -> "cache = " + a + ", origin = " + b + ", patience = 30ms";
        };
    String use = world.name("used");
    world.declare(
        "graph "
            + use
            + ": "
            + type
            + " = "
            + imported
            + "["
            + slots.slot(arguments).or("no arguments", "", Code.SV2008)
            + "]\n");
    world.graphs.add(use);
  }
}
