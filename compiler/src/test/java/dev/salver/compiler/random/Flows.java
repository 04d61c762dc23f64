package dev.salver.compiler.random;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.random.World.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Flows in which every step fits the one before it, and the models that they call. */
final class Flows {
  private static final List<String> ELEMENTS = List.of("f32", "f64", "i64", "u8");
  private static final int MAX_DEPTH = 2;
  private static final int MANY = 20;

  /** A tensor type. */
  record Tensor(String element, List<String> dims) {
    @Override
    public String toString() {
      return element + "[" + String.join(", ", dims) + "]";
    }

    Tensor with(String last) {
      var changed = new ArrayList<>(dims);
      changed.set(changed.size() - 1, last);
      return new Tensor(element, changed);
    }
  }

  private final World world;
  private final Draw draw;
  private final Slots slots;
  private final Models models;
  private int conditions;

  Flows(World world) {
    this.world = world;
    this.draw = world.draw;
    this.slots = world.slots;
    this.models = new Models(world);
  }

  Tensor tensor() {
    var dims = new ArrayList<String>();
    if (draw.oneIn(2)) {
      dims.add("n");
    }
    dims.add(Integer.toString(draw.between(2, 61)));
    return new Tensor(draw.of(ELEMENTS), dims);
  }

  /** Declares a model that a step calls, and answers its name. */
  private String model(Tensor in, Tensor out) {
    return model(in, out, Optional.of(Code.SV2104));
  }

  /**
   * Declares a model that takes and gives these, and answers its name.
   *
   * @param misfit what tells that it takes something else; empty where nothing asks it
   */
  String model(Tensor in, Tensor out, Optional<Code> misfit) {
    String name = world.name("step", "score");
    String other = ELEMENTS.get((ELEMENTS.indexOf(in.element()) + 1) % ELEMENTS.size());
    var longer = new ArrayList<>(in.dims());
    longer.add("3");
    Slots.Slot takes = slots.slot(in.toString());
    misfit.ifPresent(
        code ->
            takes
                .or("element type of " + name, new Tensor(other, in.dims()).toString(), code)
                .or("dim of " + name, in.with(in.dims().getLast() + "1").toString(), code)
                .or("rank of " + name, new Tensor(in.element(), longer).toString(), code));
    // A symbol that the input does not have would be one of the call's own.
    boolean known = in.dims().contains("n") || !out.dims().contains("n");
    Tensor gives = known ? out : new Tensor(out.element(), List.of("?", out.dims().getLast()));
    Task task = draw.oneIn(6) ? draw.of(Task.ELSEWHERE, Task.SERVER) : Task.SALVER;
    models.declare(name, task, ": (v: " + takes + ") -> (w: " + gives + ")", false);
    return name;
  }

  /**
   * Sizes that a call alone knows would leave its outputs open, so each output keeps its symbol.
   */
  String chain(Tensor in, Tensor out, int depth) {
    int stages = draw.between(1, 3);
    var flow = new ArrayList<String>();
    Tensor at = in;
    for (int i = 0; i < stages; i++) {
      Tensor to = i == stages - 1 ? out : tensor();
      flow.add(stage(at, to, depth));
      at = to;
    }
    return String.join(" -> ", flow);
  }

  private String stage(Tensor in, Tensor out, int depth) {
    return switch (depth >= MAX_DEPTH || world.models.size() > MANY ? 0 : draw.below(7)) {
      case 1 -> choice(in, out, depth);
      case 2 -> split(in, out, depth);
      case 3 -> all(in, out, depth);
      default -> call(in, out);
    };
  }

  private String call(Tensor in, Tensor out) {
    String called = called(model(in, out));
    Slots.Slot behind = slots.slot(modifiers(in, out));
    if (behind.toString().contains("within")) {
      behind.or("a deadline above the graph's", " within 11min", Code.SV2121);
    }
    behind.or("modifiers in the wrong order", " retry 1 within 50ms", Code.SV2119);
    return called + behind;
  }

  private String called(String name) {
    return slots.slot(name).or("an unknown step", "nothing-like-it", Code.SV2100).toString();
  }

  private String modifiers(Tensor in, Tensor out) {
    String text = "";
    if (draw.oneIn(3)) {
      text += " within " + draw.between(10, 99) + "ms";
      text += draw.oneIn(2) ? " retry " + draw.between(1, 3) : "";
    }
    if (draw.oneIn(4)) {
      text += " or " + called(model(in, out));
    }
    return draw.oneIn(6) ? text + " shadow " + called(model(in, out)) + " at 10%" : text;
  }

  private String choice(Tensor in, Tensor out, int depth) {
    conditions++;
    Slots.Slot condition =
        slots
            .slot("max(x) > " + conditions + ".5")
            .or("a condition that mixes", "max(x) > \"" + conditions + "\"", Code.SV2115)
            .or("a condition of a batch", "x > 1.5", Code.SV2114);
    String branch = condition + " => " + chain(in, out, depth + 1);
    if (draw.oneIn(6)) {
      branch += ", min(x) < 0.5 => fail(404, \"nothing\")";
    }
    Slots.Slot otherwise =
        slots.slot(", else => " + chain(in, out, depth + 1)).or("no else", "", Code.SV2111);
    return "switch { " + branch + otherwise + " }";
  }

  private String split(Tensor in, Tensor out, int depth) {
    int share = draw.between(2, 98);
    Slots.Slot first = slots.slot(share + "%").or("99 %", share - 1 + "%", Code.SV2112);
    return "split { "
        + first
        + " => "
        + chain(in, out, depth + 1)
        + ", "
        + (100 - share)
        + "% => "
        + chain(in, out, depth + 1)
        + " }";
  }

  private String all(Tensor in, Tensor out, int depth) {
    return "all { "
        + chain(in, out, depth + 1)
        + ", "
        + chain(in, out, depth + 1)
        + " } by "
        + slots.slot("first").or("an unknown reducer", "last", Code.SV2122);
  }
}
