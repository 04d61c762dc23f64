package dev.salver.compiler.random;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.random.World.Model;
import dev.salver.compiler.random.World.Task;

/** Policies that hold, and tests. */
final class Judgements {
  private static final String[] RULES = {
    "require self.name != \"nothing-like-it\"",
    "require self.scale.replicas.max <= 1000 || !has(self.scale.replicas.max)",
    "deny    self.labels.tier == \"nothing-like-it\"",
    "deny    self.timeout > 1h else \"${self.name} takes too long\"",
    "require self.memory.max <= 100Ti || !has(self.memory.max)",
    "deny    self.env == \"nothing-like-it\" && self.cpu.min < 2",
    "require !has(self.source) || self.source.contains(\":\")",
    "deny    self.batch.max > 10_000_000",
    "require self.mode in [\"knative\", \"standard\"]",
  };

  private final World world;
  private final Draw draw;
  private final Slots slots;

  Judgements(World world) {
    this.world = world;
    this.draw = world.draw;
    this.slots = world.slots;
  }

  void declare() {
    for (int i = draw.below(3); i > 0; i--) {
      policy();
    }
    for (int i = draw.below(3); i > 0; i--) {
      test();
    }
  }

  private void policy() {
    Slots.Slot rule =
        slots
            .slot(draw.of(RULES))
            .or("a field that is none", "require self.nam != \"x\"", Code.SV6006)
            .or("not true or false", "require self.name", Code.SV6004)
            .or("values that do not mix", "deny self.timeout > 4Gi", Code.SV6007)
            .or("not a rule of policies", "expect self.name == \"x\"", Code.SV1007);
    String more = draw.oneIn(2) ? "  " + draw.of(RULES) + "\n" : "";
    Slots.Slot body = slots.slot("  " + rule + "\n" + more).or("no rule", "", Code.SV6003);
    String kind =
        slots.slot("model").or("a policy of nothing", "nothing-like-it", Code.SV6002).toString();
    String where = draw.oneIn(3) ? " where labels.tier == \"online\"" : "";
    world.declare("policy " + world.name("rule") + " on " + kind + where + " {\n" + body + "}\n");
  }

  private void test() {
    if (world.models.isEmpty()) {
      return;
    }
    Model model = draw.of(world.models);
    if (model.task() == Task.ELSEWHERE || model.free()) {
      return;
    }
    String title = "\"" + model.name() + " is as it should be " + world.name("t") + "\"";
    String on =
        world.environments.isEmpty() || draw.oneIn(2) ? "" : " on " + draw.of(world.environments);
    Slots.Slot place = slots.slot(on).or("an unknown environment", " on nowhere", Code.SV6101);
    String expects = "  expect " + model.name() + ".name == \"" + model.name() + "\"\n";
    if (model.task() != Task.LLM) {
      expects +=
          "  expect emitted(\"InferenceService\", \"%s\").metadata.name == \"%s\"\n"
              .formatted(model.name(), model.name());
    }
    Slots.Slot body =
        slots
            .slot(expects)
            .or("nothing expected", "", Code.SV6102)
            .or(
                "a field that is none",
                "  expect " + model.name() + ".nam == \"x\"\n",
                Code.SV6006);
    Slots.Slot stub = slots.nothing();
    stub.or("a stub of nothing", "  stub nothing-like-it { a = 1 }\n", Code.SV6103);
    Slots.Slot twin = slots.nothing();
    String text = "test " + title + place + " {\n" + stub + body + "}\n";
    twin.or("a test twice", text, Code.SV6100);
    world.declare(text + twin);
  }
}
