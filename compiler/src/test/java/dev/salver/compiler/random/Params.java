package dev.salver.compiler.random;

import dev.salver.compiler.diagnostic.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Params and secrets, and expressions over them. */
final class Params {
  /** One param; its values lie between those that a setting of its type takes. */
  record Param(String name, String type, List<String> values) {}

  private static final List<Param> KINDS =
      List.of(
          new Param("memory", "size", List.of("1Gi", "2Gi", "1536Mi", "4Gi")),
          new Param("wait", "duration", List.of("10s", "1min", "45s", "6s + 2 * 5s")),
          new Param("count", "u32", List.of("2", "3", "4", "1 + 2")),
          new Param("cores", "cpu", List.of("500m", "2", "0.5", "1.5")),
          new Param("bucket", "string", List.of("\"eu\"", "\"us\"", "\"ap-1\"")),
          new Param("flag", "bool", List.of("true", "false")),
          new Param("langs", "[string]", List.of("[\"de\"]", "[\"de\", \"fr\"]")),
          new Param("limits", "{ cpu: i32, tag: string }", List.of("{ cpu = 2, tag = \"x\" }")));

  private final World world;
  private final List<Param> declared = new ArrayList<>();

  Params(World world) {
    this.world = world;
  }

  List<Param> all() {
    return declared;
  }

  void declare() {
    Draw draw = world.draw;
    Slots slots = world.slots;
    for (Param kind : KINDS) {
      if (!draw.oneIn(3)) {
        continue;
      }
      var param = new Param(world.name(kind.name()), kind.type(), kind.values());
      declared.add(param);
      var value = slots.slot(draw.of(param.values()));
      String text = "param " + param.name() + ": " + param.type();
      if (param.type().equals("string") && draw.oneIn(2)) {
        text += " in [" + String.join(", ", param.values()) + "]";
        value.or("a value that is no option", "\"elsewhere\"", Code.SV2004);
      }
      value.or("a param of another type", wrong(param.type()), Code.SV2001);
      world.declare(text + " = " + value + "\n");
    }
    if (draw.oneIn(3)) {
      String name = world.name("token", "key");
      world.secrets.add(name);
      var source = slots.slot(" from \"kubernetes:" + name + draw.of("", "/value") + "\"");
      source.or("a secret from nowhere", "", Code.SV1014);
      world.declare("secret " + name + source + "\n");
    }
  }

  static String wrong(String type) {
    return type.equals("string") ? "12" : type.equals("bool") ? "1" : "\"wrong\"";
  }

  Optional<Param> of(String type) {
    return declared.stream().filter(param -> param.type().equals(type)).findFirst();
  }

  /** An expression in the place of a literal, which may come to something else of its type. */
  String instead(String path, String literal) {
    Draw draw = world.draw;
    if (!draw.oneIn(4)) {
      return literal;
    }
    String other =
        switch (path) {
          case "memory" -> of("size").map(p -> draw.of(p.name(), "2 * " + p.name())).orElse("2Gi");
          case "timeout" ->
              of("duration")
                  .map(p -> draw.of(p.name(), "max(10s, " + p.name() + ")"))
                  .orElse("20s");
          case "cpu" ->
              of("cpu")
                  .map(Param::name)
                  .orElse(of("{ cpu: i32, tag: string }").map(p -> p.name() + ".cpu").orElse("2"));
          default -> literal;
        };
    return switch (draw.below(3)) {
      case 0 -> literal.contains("..") ? literal : "env == \"prod\" ? " + literal + " : " + other;
      case 1 -> of("bool").map(p -> p.name() + " ? " + other + " : " + other).orElse(other);
      default -> other;
    };
  }

  /** A text with a param in it, where there is one. */
  String text(String before, String after) {
    Optional<Param> bucket = of("string");
    return bucket.isPresent() && world.draw.oneIn(2)
        ? "\"" + before + "${" + bucket.get().name() + "}" + after + "\""
        : "\"" + before + world.draw.of("acme", "eu") + after + "\"";
  }
}
