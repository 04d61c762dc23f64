package dev.salver.kube.graph;

import dev.salver.kube.FieldReader;
import dev.salver.kube.FieldReader.Refused;
import dev.salver.kube.graph.Step.Address;
import dev.salver.kube.graph.Step.Branch;
import dev.salver.kube.graph.Step.Case;
import dev.salver.kube.graph.Step.Reduction;
import dev.salver.kube.graph.Step.Ref;
import dev.salver.kube.graph.Step.Shadow;
import dev.salver.kube.graph.Step.Share;
import dev.salver.kube.graph.Step.Work;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the steps of a spec, bounded in depth and number. */
final class StepReader {
  static final int MAX_DEPTH = 32;
  static final int MAX_STEPS = 2_000;

  private static final List<String> WORKS =
      List.of("call", "cast", "switch", "split", "all", "steps", "value", "constant", "fail");
  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "call",
          "cast",
          "switch",
          "split",
          "all",
          "steps",
          "value",
          "constant",
          "fail",
          "within",
          "retries",
          "fallback",
          "shadow");

  private int depth;
  private int count;

  List<Step> steps(FieldReader reader, String field) throws Refused {
    if (++depth > MAX_DEPTH) {
      throw reader.at(field).refuse("is deeper than " + MAX_DEPTH + " levels");
    }
    List<Step> steps = reader.list(field, this::step);
    depth--;
    if (steps.isEmpty()) {
      throw reader.at(field).refuse("has no step");
    }
    return steps;
  }

  private Step step(FieldReader reader) throws Refused {
    if (++count > MAX_STEPS) {
      throw reader.refuse("a graph has at most " + MAX_STEPS + " steps");
    }
    reader.knowing(FIELDS);
    List<String> works = WORKS.stream().filter(reader::has).toList();
    if (works.size() != 1) {
      throw reader.refuse(
          works.isEmpty()
              ? "needs one of " + String.join(", ", WORKS)
              : "has both " + String.join(" and ", works));
    }
    return new Step(
        reader.text("name"),
        work(reader, works.getFirst()),
        reader.duration("within"),
        (int) reader.whole("retries", 0, 10).orElse(0),
        reader.has("fallback") ? deeper(reader.at("fallback")) : null,
        reader.has("shadow") ? shadow(reader.at("shadow")) : null);
  }

  private Step deeper(FieldReader reader) throws Refused {
    if (++depth > MAX_DEPTH) {
      throw reader.refuse("is deeper than " + MAX_DEPTH + " levels");
    }
    Step step = step(reader);
    depth--;
    return step;
  }

  private Shadow shadow(FieldReader reader) throws Refused {
    reader.knowing(Set.of("percent", "step"));
    return new Shadow(reader.percent("percent"), deeper(reader.at("step")));
  }

  private Work work(FieldReader step, String word) throws Refused {
    return switch (word) {
      case "call" -> call(step.at("call"));
      case "cast" -> {
        FieldReader cast = step.at("cast").knowing(Set.of("value", "to"));
        yield new Work.Cast(Ref.parse(cast.text("value")), cast.word("to", Datatype::of));
      }
      case "switch" -> {
        FieldReader one = step.at("switch").knowing(Set.of("cases", "else"));
        List<Case> cases = one.list("cases", this::oneCase);
        if (cases.isEmpty()) {
          throw one.at("cases").refuse("has no case");
        }
        yield new Work.Switch(cases, one.has("else") ? steps(one, "else") : List.of());
      }
      case "split" -> new Work.Split(step.list("split", this::share));
      case "all" -> all(step.at("all"));
      case "steps" -> new Work.Nested(steps(step, "steps"));
      case "value" -> new Work.Pass(Ref.parse(step.text("value")));
      case "constant" -> new Work.Constant(Constants.read(step, "constant"));
      default -> {
        FieldReader fail = step.at("fail").knowing(Set.of("status", "message"));
        yield new Work.Fail(
            (int)
                fail.whole("status", 400, 599)
                    .orElseThrow(() -> fail.at("status").refuse("is required")),
            fail.text("message", ""));
      }
    };
  }

  private static Work call(FieldReader call) throws Refused {
    call.knowing(Set.of("service", "url", "model", "protocol", "inputs", "single"));
    String service = call.text("service");
    String protocol = call.text("protocol", "v2");
    if (!Set.of("v1", "v2", "grpc-v1", "grpc-v2").contains(protocol)) {
      throw call.at("protocol").refuse("has no value \"" + protocol + "\"");
    }
    var address =
        new Address(
            service,
            call.has("url") ? call.text("url") : null,
            call.text("model", service),
            protocol);
    var inputs = new LinkedHashMap<String, Ref>();
    call.texts("inputs").forEach((name, ref) -> inputs.put(name, Ref.parse(ref)));
    return new Work.Call(address, inputs, call.bool("single"));
  }

  private Case oneCase(FieldReader reader) throws Refused {
    reader.knowing(Set.of("when", "steps"));
    return new Case(reader.text("when"), steps(reader, "steps"));
  }

  private Share share(FieldReader reader) throws Refused {
    reader.knowing(Set.of("percent", "steps"));
    return new Share(reader.percent("percent"), steps(reader, "steps"));
  }

  private Work all(FieldReader reader) throws Refused {
    reader.knowing(Set.of("branches", "reduce", "field"));
    List<Branch> branches =
        reader.list(
            "branches",
            branch -> {
              branch.knowing(Set.of("name", "steps"));
              return new Branch(branch.text("name"), steps(branch, "steps"));
            });
    return new Work.All(
        branches,
        reader.has("reduce") ? reader.word("reduce", StepReader::reduction) : null,
        reader.has("field") ? reader.text("field") : null);
  }

  private static Optional<Reduction> reduction(String word) {
    return Arrays.stream(Reduction.values()).filter(each -> each.word().equals(word)).findFirst();
  }
}
