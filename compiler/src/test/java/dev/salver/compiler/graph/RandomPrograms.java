package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Programs with a graph in which everything fits, and the same with one mistake. The same seed
 * gives the same programs.
 */
public final class RandomPrograms {
  private static final List<String> ELEMENTS = List.of("f32", "f64", "i64", "u8");
  private static final int MAX_DEPTH = 2;

  private final SplittableRandom random;
  private final List<Model> models = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private final List<Edit> edits = new ArrayList<>();
  private int steps;

  public RandomPrograms(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** One mistake in a program: what it is, the program with it, and the code it has to get. */
  public record Mutant(String mistake, String text, Code code) {}

  /** A program that fits, and mutants of it. */
  public record Generated(String text, List<Mutant> mutants) {}

  private record Tensor(String element, List<String> dims) {
    @Override
    public String toString() {
      return element + "[" + String.join(", ", dims) + "]";
    }
  }

  private record Model(String name, Tensor in, Tensor out) {
    String declaration(Tensor given) {
      return "model %s: (v: %s) -> (w: %s) from \"s3://m/%s.onnx\"\n"
          .formatted(name, given, out, name);
    }
  }

  /** A piece of the flow's text that a mutant replaces. */
  private record Edit(String mistake, String from, String to, Code code) {}

  /** The next program. */
  public Generated next() {
    models.clear();
    calls.clear();
    edits.clear();
    steps = 0;
    Tensor input = tensor();
    var statements = new ArrayList<String>();
    Tensor at = input;
    String from = "x";
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      boolean last = i == count - 1;
      Tensor to = tensor();
      String flow = from + " -> " + chain(at, to, 0);
      String name = "s" + i;
      statements.add(last ? flow : name + " = " + flow);
      at = to;
      from = name;
    }
    String header = "graph g(x: %s) -> %s with { timeout = 10min } {\n".formatted(input, at);
    String body = "  " + String.join("\n  ", statements) + "\n";
    return new Generated(program(header, body, null, null), mutants(header, body, input, count));
  }

  private List<Mutant> mutants(String header, String body, Tensor input, int statements) {
    var mutants = new ArrayList<Mutant>();
    for (Model model : models) {
      if (!calls.contains(model.name())) {
        continue;
      }
      Tensor element = new Tensor(other(model.in().element()), model.in().dims());
      mutants.add(
          new Mutant(
              "element type of " + model.name(),
              program(header, body, model, element),
              Code.SV2104));
      var dims = new ArrayList<>(model.in().dims());
      dims.set(dims.size() - 1, dims.getLast() + "1");
      mutants.add(
          new Mutant(
              "dim of " + model.name(),
              program(header, body, model, new Tensor(model.in().element(), dims)),
              Code.SV2104));
      dims.add("3");
      mutants.add(
          new Mutant(
              "rank of " + model.name(),
              program(header, body, model, new Tensor(model.in().element(), dims)),
              Code.SV2104));
    }
    for (Edit edit : edits) {
      int at = body.indexOf(edit.from());
      String changed =
          body.substring(0, at) + edit.to() + body.substring(at + edit.from().length());
      mutants.add(new Mutant(edit.mistake(), program(header, changed, null, null), edit.code()));
    }
    String called = calls.get(random.nextInt(calls.size()));
    mutants.add(
        new Mutant(
            "unknown " + called,
            program(
                header, body.replaceFirst("\\b" + called + "\\b", "nothing-like-it"), null, null),
            Code.SV2100));
    Model spare = new Model("spare", input, input);
    mutants.add(
        new Mutant(
            "unused step",
            spare.declaration(input) + program(header, "  unused = spare(x)\n" + body, null, null),
            Code.SV2118));
    if (statements > 1) {
      mutants.add(
          new Mutant(
              "a step named twice",
              program(header, body.replaceFirst("s0 = ", "x = "), null, null)
                  .replaceFirst("\\bs0\\b", "x"),
              Code.SV2103));
    }
    return mutants;
  }

  private String program(String header, String body, Model changed, Tensor input) {
    var text = new StringBuilder("project p { }\n");
    for (Model model : models) {
      text.append(model.declaration(model.equals(changed) ? input : model.in()));
    }
    return text.append(header).append(body).append("}\n").toString();
  }

  private Tensor tensor() {
    var dims = new ArrayList<String>();
    if (random.nextBoolean()) {
      dims.add("n");
    }
    dims.add(Integer.toString(2 + random.nextInt(60)));
    return new Tensor(ELEMENTS.get(random.nextInt(ELEMENTS.size())), dims);
  }

  private String other(String element) {
    String other = element;
    while (other.equals(element)) {
      other = ELEMENTS.get(random.nextInt(ELEMENTS.size()));
    }
    return other;
  }

  /**
   * Sizes that a call alone knows would leave its outputs open, so each output keeps its symbol.
   */
  private String chain(Tensor in, Tensor out, int depth) {
    int stages = 1 + random.nextInt(3);
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
    return switch (depth >= MAX_DEPTH ? 0 : random.nextInt(6)) {
      case 1 -> choice(in, out, depth);
      case 2 -> split(in, out, depth);
      case 3 -> all(in, out, depth);
      default -> call(in, out);
    };
  }

  private Model model(Tensor in, Tensor out) {
    // A symbol that the input does not have would be one of the call's own.
    boolean known = in.dims().contains("n") || !out.dims().contains("n");
    var model = new Model("m" + models.size(), in, known ? out : open(out));
    models.add(model);
    return model;
  }

  private static Tensor open(Tensor tensor) {
    return new Tensor(
        tensor.element(), tensor.dims().stream().map(dim -> dim.equals("n") ? "?" : dim).toList());
  }

  private String call(Tensor in, Tensor out) {
    Model model = model(in, out);
    calls.add(model.name());
    String text = model.name();
    int within = 10 + random.nextInt(90);
    if (random.nextInt(3) == 0) {
      String deadline = " within " + within + "ms";
      edits.add(
          new Edit(
              "deadline of " + model.name(),
              model.name() + deadline,
              model.name() + " within 11min",
              Code.SV2121));
      text += deadline;
      if (random.nextBoolean()) {
        text += " retry " + (1 + random.nextInt(3));
        edits.add(
            new Edit(
                "order behind " + model.name(),
                text,
                model.name() + " retry 1" + deadline,
                Code.SV2119));
      }
    }
    if (random.nextInt(4) == 0) {
      Model fallback = model(in, out);
      calls.add(fallback.name());
      text += " or " + fallback.name();
    }
    return text;
  }

  private String choice(Tensor in, Tensor out, int depth) {
    String condition = "max(x) > " + steps + ".5";
    String text = "switch { " + condition + " => " + chain(in, out, depth + 1) + ", ";
    String rest = "else => " + chain(in, out, depth + 1) + " }";
    edits.add(new Edit("condition " + steps, condition, "max(x) > \"" + steps + "\"", Code.SV2115));
    steps++;
    edits.add(new Edit("no else", text + rest, text + "}", Code.SV2111));
    return text + rest;
  }

  private String split(Tensor in, Tensor out, int depth) {
    int share = 1 + random.nextInt(98);
    String text = "split { " + share + "% => " + chain(in, out, depth + 1) + ", ";
    String rest = (100 - share) + "% => " + chain(in, out, depth + 1) + " }";
    edits.add(
        new Edit(
            "99 %",
            text + rest,
            "split { " + (share == 1 ? 1.5 : share - 1) + text.substring(text.indexOf('%')) + rest,
            Code.SV2112));
    return text + rest;
  }

  private String all(Tensor in, Tensor out, int depth) {
    String text =
        "all { " + chain(in, out, depth + 1) + ", " + chain(in, out, depth + 1) + " } by first";
    String wrong = text.substring(0, text.length() - "first".length()) + "last";
    edits.add(new Edit("unknown reducer", text, wrong, Code.SV2122));
    return text;
  }
}
