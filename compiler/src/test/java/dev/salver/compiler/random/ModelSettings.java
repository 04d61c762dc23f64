package dev.salver.compiler.random;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.random.World.Task;
import java.util.Optional;

/** Settings of a model that go together. */
final class ModelSettings {
  private final World world;
  private final Draw draw;
  private final Block block;
  private final Task task;
  private final Optional<String> mode;
  private boolean ranged;

  /**
   * @param mode the one that settings may be made for
   */
  ModelSettings(World world, Block block, Task task, Optional<String> mode) {
    this.world = world;
    this.draw = world.draw;
    this.block = block;
    this.task = task;
    this.mode = mode;
  }

  boolean isRanged() {
    return ranged;
  }

  private boolean is(String word) {
    return mode.filter(word::equals).isPresent();
  }

  void draw() {
    common();
    if (task == Task.ELSEWHERE) {
      return;
    }
    resources();
    process("");
    metadata();
    if (task == Task.LLM || task == Task.WORKERS) {
      spread();
    } else {
      scale();
    }
    if (task != Task.LLM) {
      service();
    }
    if (task == Task.SALVER || task == Task.KSERVE || task == Task.SERVER) {
      component("transformer");
      component("explainer");
    }
    storage();
    if (task == Task.SERVER && draw.oneIn(2)) {
      block.draw("port");
    }
    if (task == Task.SALVER && draw.oneIn(4)) {
      block.exactly("warm-up.input", "[[1, 2.5], [3, 4]]");
    }
    raw();
  }

  private void common() {
    if (task != Task.LLM && draw.oneIn(2)) {
      block.draw("timeout");
    }
    if (draw.oneIn(3)) {
      block.put("labels.tier", draw.of("\"online\"", "\"batch\""));
    }
    if (draw.oneIn(5)) {
      block.put("labels.\"example.org/team\"", "\"ml\"");
    }
  }

  private void resources() {
    if (draw.oneIn(2)) {
      block.draw("cpu");
    }
    if (draw.oneIn(2)) {
      block.put("memory", draw.of("2Gi", "1Gi..4Gi", "512Mi..?", "?..3Gi", "?"));
    }
    if (draw.oneIn(4)) {
      String one = draw.of(world.accelerators);
      String other = draw.of(world.accelerators);
      block.put("gpu", draw.of(one, one + " * 2", "[" + one + ", " + other + "] * 4"));
    }
  }

  private void process(String before) {
    if (draw.oneIn(4)) {
      if (draw.oneIn(2)) {
        block.put(before + "args", "[\"--depth\", \"3\"]");
      } else {
        block.draw(before + "args.max-len").draw(before + "args.verbose");
      }
    }
    if (draw.oneIn(4)) {
      block.draw(before + "vars.LOG_LEVEL");
      if (!world.secrets.isEmpty()) {
        block.exactly(before + "vars.TOKEN", draw.of(world.secrets));
      }
    }
  }

  private void metadata() {
    if (draw.oneIn(5)) {
      block.put("annotations.\"example.org/note\"", "\"any text: is fine, \\\"quoted\\\"\"");
    }
    if (draw.oneIn(5)) {
      block.put("identity", draw.of("reader", "\"model.reader\""));
    }
    if (draw.oneIn(5)) {
      block.draw("expose");
    }
  }

  /** Several nodes, or KServe's own deployment of large language models. */
  private void spread() {
    if (draw.oneIn(2)) {
      block.put("scale.replicas", Integer.toString(draw.between(1, 4)));
    }
    if (draw.oneIn(2)) {
      block.put("parallel.tensor", draw.of("2", "4", "8"));
      block.put("parallel.nodes", draw.of("2", "4"));
    }
  }

  private void scale() {
    boolean knative = is("knative");
    boolean zero = knative && draw.oneIn(4);
    int low = zero ? 0 : draw.between(1, 4);
    int kind = draw.below(5);
    if (zero || kind < 2) {
      ranged = !zero;
      block.put("scale.replicas", low + ".." + (low + draw.between(1, 20)));
    } else if (kind == 2) {
      block.put("scale.replicas", draw.of("2", "3..?", "?..5"));
    }
    boolean scaler = is("standard") && draw.oneIn(4);
    if (scaler) {
      block.put("scale.scaler", draw.of("hpa", "keda"));
    }
    if (ranged && draw.oneIn(2)) {
      String rate =
          knative && draw.oneIn(2)
              ? draw.between(1, 100) + draw.of("rps", "concurrent")
              : draw.between(10, 90) + draw.of("%cpu", "%memory");
      block.put("scale.target", rate);
    }
    if (zero) {
      block.draw("scale.idle");
    }
    if (knative) {
      for (String path : new String[] {"hard-limit", "activation", "burst", "window"}) {
        if (draw.oneIn(5)) {
          block.draw("scale." + path);
        }
      }
    }
  }

  private void service() {
    if (draw.oneIn(5)) {
      block.put("log.to", "\"http://sink.ml/\"");
      if (draw.oneIn(2)) {
        block.draw("log.mode").draw("log.sample");
      }
    }
    if (draw.oneIn(5)) {
      block.draw("batch.max");
      if (draw.oneIn(2)) {
        block.draw("batch.delay");
      }
    }
    if (draw.oneIn(6)) {
      block.exactly("slo", slo());
    }
    if (!world.rollouts.isEmpty() && draw.oneIn(3)) {
      block.exactly(
          "rollout",
          world
              .slots
              .slot(draw.of(world.rollouts))
              .or("an unknown rollout", "nothing-like-it", Code.SV1002)
              .or("a rollout that is a number", "12", Code.SV2001)
              .toString());
    } else if (is("knative") && draw.oneIn(4)) {
      block.draw("canary");
    }
  }

  private String slo() {
    String first =
        world
            .slots
            .slot("p99 < 900ms")
            .or("an unknown measure", "p98 < 900ms", Code.SV2204)
            .or("an objective that compares nothing", "p99", Code.SV2203)
            .or("an objective of another unit", "p99 < 4Gi", Code.SV2205)
            .toString();
    return "[" + first + draw.of("", ", errors < 0.5%", ", p50 <= 20ms, errors <= 1%") + "]";
  }

  private void component(String name) {
    if (!draw.oneIn(6)) {
      return;
    }
    String before = name + ".";
    block.put(before + "image", "\"example.org/" + name + ":2\"");
    process(before);
    for (String path : new String[] {"port", "cpu", "memory"}) {
      if (draw.oneIn(3)) {
        block.draw(before + path);
      }
    }
    if (name.equals("transformer") && draw.oneIn(3)) {
      block.exactly(before + "collocated", "true");
      return;
    }
    if (draw.oneIn(3)) {
      block.draw(before + "timeout");
    }
    if (draw.oneIn(3)) {
      block.put(before + "scale.replicas", "1.." + draw.between(2, 9));
      if (mode.isPresent() && !block.values("scale.target").contains("%") && draw.oneIn(2)) {
        block.put(before + "scale.target", is("knative") ? "12concurrent" : "60%cpu");
      }
    }
  }

  private void storage() {
    boolean fetched = task == Task.SALVER || task == Task.KSERVE;
    if (fetched && draw.oneIn(6)) {
      block.put("mounts.\"/mnt/models/more\"", "\"s3://more/files\"");
    }
    if (task == Task.KSERVE && !block.has("mounts.\"/mnt/models/more\"") && draw.oneIn(6)) {
      block.draw("credentials");
    }
    if (task == Task.KSERVE && draw.oneIn(6)) {
      block.put("cache.groups", draw.of("workers", "[workers, big]")).put("cache.size", "20Gi");
    }
    if (fetched && draw.oneIn(6)) {
      block.draw("format-version");
    }
  }

  private void raw() {
    if (task == Task.LLM || !draw.oneIn(5)) {
      return;
    }
    block.exactly(
        "raw.spec.predictor."
            + world
                .slots
                .slot("terminationGracePeriodSeconds")
                .or("a field that is none", "terminationGracePeriodSecond", Code.SV8003),
        world.slots.slot("90").or("a field of another type", "\"long\"", Code.SV8004).toString());
  }
}
