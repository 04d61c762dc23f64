package dev.salver.compiler.random;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.random.Slots.Mistake;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A project in which everything fits, and the same with one mistake. The same seed gives the same
 * project.
 */
public final class RandomProgram {
  private final Map<String, String> marked;
  private final List<Mistake> mistakes;

  private RandomProgram(Map<String, String> marked, List<Mistake> mistakes) {
    this.marked = marked;
    this.mistakes = mistakes;
  }

  /** One mistake in a program: what it is, the program with it, and the code it has to get. */
  public record Mutant(String mistake, Map<String, String> files, Code code) {}

  public static RandomProgram of(long seed) {
    var draw = new Draw(seed);
    var world = new World(draw);
    project(world);
    world.params.declare();
    new Machines(world).declare();
    var models = new Models(world);
    for (int i = draw.below(5); i > 0; i--) {
      models.declare();
    }
    new GraphParts(world).declare();
    var families = new Families(world);
    families.declare();
    new Environments(world, families).declare();
    new Judgements(world).declare();
    return new RandomProgram(files(world), world.slots.mistakes());
  }

  private static void project(World world) {
    String name = world.name("shop", "bank");
    Slots.Slot twice = world.slots.nothing();
    twice.or("two projects", "project other { }\n", Code.SV1005);
    String lint = world.draw.oneIn(4) ? "  lint { SV4013 = off, SV4016 = error }\n" : "";
    Slots.Slot level = world.slots.slot(lint);
    level.or("an unknown level", "  lint { SV4013 = loud }\n", Code.SV2004);
    level.or("an unknown lint", "  lint { SV4999 = off }\n", Code.SV1003);
    world.declare("project " + name + " {\n" + level + "}\n" + twice);
  }

  /** No order means anything, so any order will do. */
  private static Map<String, String> files(World world) {
    var shuffled = new ArrayList<>(world.declarations);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      Collections.swap(shuffled, i, world.draw.below(i + 1));
    }
    boolean one = world.draw.oneIn(2);
    var files = new TreeMap<String, String>();
    for (String declaration : shuffled) {
      String path = world.draw.of("a", "b/b", "c");
      files.merge((one ? "project" : path) + ".serve", declaration, (a, b) -> a + "\n" + b);
    }
    return files;
  }

  /** The program as it is right, by path. */
  public Map<String, String> files() {
    return rendered(Slots::right);
  }

  /** How many programs with one mistake there are. */
  public int mutants() {
    return mistakes.size();
  }

  public Mutant mutant(int index) {
    Mistake mistake = mistakes.get(index);
    return new Mutant(mistake.what(), rendered(text -> Slots.wrong(text, mistake)), mistake.code());
  }

  private Map<String, String> rendered(UnaryOperator<String> rendering) {
    var texts = new TreeMap<String, String>();
    marked.forEach((path, text) -> texts.put(path, rendering.apply(text)));
    return texts;
  }
}
