package dev.salver.compiler.random;

import dev.salver.compiler.diagnostic.Code;

/** Declarations that a loop repeats, and what an environment writes of them. */
final class Families {
  private final World world;
  private String family = "";

  Families(World world) {
    this.world = world;
  }

  void declare() {
    Draw draw = world.draw;
    if (!draw.oneIn(3)) {
      return;
    }
    family = world.name("ner", "tag");
    Slots.Slot items =
        world
            .slots
            .slot(draw.of("[\"de\", \"fr\"]", "[\"de\", \"fr\", \"pl\"]"))
            .or("an item twice", "[\"de\", \"fr\", \"de\"]", Code.SV1011)
            .or("no list", "\"de\"", Code.SV1009);
    world.declare(
        "for each lang in %s {\n  model %s[%s] from \"s3://%s-${lang}/model.onnx\" { memory = 4Gi }\n}\n"
            .formatted(items, family, "lang", family));
  }

  /** Patches in an environment; none where there is no family. */
  String patches() {
    if (family.isEmpty()) {
      return "";
    }
    Draw draw = world.draw;
    String text = "";
    if (draw.oneIn(2)) {
      text += "  model " + family + " { timeout = " + draw.between(10, 90) + "s }\n";
    }
    if (draw.oneIn(2)) {
      text +=
          "  model "
              + family
              + "["
              + world
                  .slots
                  .slot("\"de\"")
                  .or("an unknown member", "\"nothing-like-it\"", Code.SV1010)
              + "] { memory = 8Gi }\n";
    }
    return text;
  }
}
