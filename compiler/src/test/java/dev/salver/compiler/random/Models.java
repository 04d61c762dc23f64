package dev.salver.compiler.random;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.random.World.Model;
import dev.salver.compiler.random.World.Task;
import dev.salver.compiler.syntax.Kind;
import java.util.List;
import java.util.Optional;

/** Models of all kinds. */
final class Models {
  private record Format(String ending, List<String> wires) {}

  private static final Format[] OF_KSERVE = {
    new Format("joblib", List.of("v1", "v2")),
    new Format("bst", List.of("v1", "v2")),
    new Format("pmml", List.of("v1", "v2")),
    new Format("mar", List.of("v1", "v2", "grpc-v2")),
    new Format("pb", List.of("v1", "v2", "grpc-v1", "grpc-v2")),
    new Format("plan", List.of("v2", "grpc-v2")),
    new Format("pdmodel", List.of("v1", "v2")),
    new Format("onnx", List.of("grpc-v2")),
  };

  private final World world;
  private final Draw draw;
  private final Slots slots;

  Models(World world) {
    this.world = world;
    this.draw = world.draw;
    this.slots = world.slots;
  }

  /** One that no graph calls. */
  void declare() {
    Task task = draw.of(Task.values());
    if (task == Task.RUNTIME && world.runtimes.isEmpty()) {
      task = Task.SALVER;
    }
    declare(world.name("fraud", "iris", "chat", "rank"), task, "", draw.oneIn(3));
  }

  /**
   * @param signature behind the name, with its colon; may be empty
   */
  void declare(String name, Task task, String signature, boolean free) {
    Optional<String> mode =
        task == Task.WORKERS
            ? Optional.of("standard")
            : draw.oneIn(3) ? Optional.of(draw.of("standard", "knative")) : Optional.empty();
    var block = new Block(world, Kind.MODEL);
    if (task != Task.ELSEWHERE) {
      mode.ifPresent(word -> block.put("mode", word));
    }
    var settings = new ModelSettings(world, block, task, mode.or(world::everywhere));
    settings.draw();
    if (draw.oneIn(6)) {
      block.line("final labels.kept = \"yes\"");
      world.finals.add(name);
    }
    String doc = draw.oneIn(4) ? "/// Serves " + name + ".\n" : "";
    String header = doc + "model " + name + signature + served(name, task, block);
    world.declare(header + block.braced(""));
    world.models.add(
        new Model(
            name, task, mode.or(world::everywhere), block.paths(), settings.isRanged(), free));
  }

  /** {@code on} and {@code from}, with the settings that go with them. */
  private String served(String name, Task task, Block block) {
    return switch (task) {
      case SALVER -> {
        if (draw.oneIn(3)) {
          block.put("wire", draw.of("v1", "v2"));
        }
        yield on(draw.oneIn(4) ? "salver-onnx" : "") + from(scheme(), "/" + name + ".onnx");
      }
      case KSERVE -> {
        Format format = draw.of(OF_KSERVE);
        String wire = draw.of(format.wires());
        if (!wire.equals("v2") || draw.oneIn(2)) {
          block.put("wire", wire);
        }
        yield from(
            block.has("credentials") ? "s3://" : draw.of("s3://", "gs://"),
            "/" + name + "." + format.ending());
      }
      case RUNTIME -> on(draw.of(world.runtimes)) + from("s3://", "/" + name);
      case IMAGE -> {
        block.put("image", "\"example.org/patched:" + draw.below(9) + "\"");
        yield on("kserve-sklearnserver") + from("s3://", "/" + name + ".joblib");
      }
      case SERVER -> {
        block.put("image", "\"example.org/own:" + draw.below(9) + "\"");
        yield draw.oneIn(2) ? "" : from("s3://", "/" + name);
      }
      case NO_SOURCE -> {
        block.put("format", "huggingface");
        yield "";
      }
      case LLM -> on("kserve-llm") + from("hf:", "/" + name);
      case WORKERS -> {
        block.put("format", "huggingface");
        yield on("kserve-huggingfaceserver-multinode") + from("pvc://", "/" + name);
      }
      case ELSEWHERE ->
          " from \""
              + draw.of("service:team/" + name, "endpoint:https://api.example.com/v2")
              + "\"";
    };
  }

  private String on(String runtime) {
    return runtime.isEmpty()
        ? ""
        : " on " + slots.slot(runtime).or("an unknown runtime", "nothing-like-it", Code.SV1002);
  }

  private String from(String scheme, String path) {
    return " from "
        + slots
            .slot(world.params.text(scheme, path))
            .or("an unknown scheme", "\"nope://bucket" + path + "\"", Code.SV5009)
            .or("a source that is no text", "12", Code.SV2001);
  }

  private String scheme() {
    return draw.of(
        "s3://", "gs://", "https://example.org/", "az://", "hdfs://", "pvc://", "oci://");
  }
}
