package dev.salver.kube.rollout;

import static dev.salver.kube.rollout.Rollout.GVK;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Durations;
import dev.salver.kube.FieldReader;
import dev.salver.kube.FieldReader.Refused;
import dev.salver.kube.KubeObject;
import dev.salver.kube.rollout.Rollout.Action;
import dev.salver.kube.rollout.Rollout.OnFail;
import dev.salver.kube.rollout.Rollout.Stage;
import dev.salver.kube.rollout.Rollout.Target;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Rollouts as objects: read strictly, and admitted or refused in words. */
public final class Rollouts {
  private static final String INFERENCE_SERVICE = "InferenceService";
  private static final int MAX_GATES = 64;

  private Rollouts() {}

  /** An object's rollout, or why it is none. */
  public sealed interface Read {
    record Good(Rollout rollout) implements Read {}

    /**
     * @param words one line, which begins with the place
     */
    record Bad(String words) implements Read {}
  }

  public static Read read(KubeObject object) {
    if (!object.gvk().equals(GVK)) {
      return new Read.Bad("is " + object.gvk() + ", not " + GVK);
    }
    try {
      return new Read.Good(spec(FieldReader.of(object.spec(), "spec")));
    } catch (Refused e) {
      return new Read.Bad(e.words());
    }
  }

  /** The words of the refusal, the first objection; empty where an object is admitted. */
  public static Optional<String> refusal(KubeObject object) {
    return read(object) instanceof Read.Bad bad ? Optional.of(bad.words()) : Optional.empty();
  }

  /** Why these steps are none; empty where they rise and end at 100. */
  public static Optional<String> refusal(List<Stage> steps) {
    int before = 0;
    for (int i = 0; i < steps.size(); i++) {
      Stage step = steps.get(i);
      boolean last = i == steps.size() - 1;
      if (step.percent() <= before) {
        return Optional.of("step " + (i + 1) + " does not rise above " + before + "%");
      }
      if (last ? step.holdMillis().isPresent() : step.holdMillis().isEmpty()) {
        return Optional.of(
            last ? "the last step holds for good" : "step " + (i + 1) + " does not say how long");
      }
      before = step.percent();
    }
    return before == 100 ? Optional.empty() : Optional.of("the last step is not 100%");
  }

  /** A rollout as an object. */
  public static KubeObject object(String namespace, String name, Rollout rollout) {
    KubeObject object = KubeObject.named(GVK, namespace, name);
    ObjectNode spec = object.tree().putObject("spec");
    spec.putObject("target")
        .put("kind", rollout.target().kind())
        .put("name", rollout.target().name());
    ArrayNode steps = spec.putArray("steps");
    for (Stage step : rollout.steps()) {
      ObjectNode node = steps.addObject().put("percent", step.percent());
      step.holdMillis().ifPresent(millis -> node.put("for", Durations.text(millis)));
    }
    if (!rollout.gates().isEmpty()) {
      ArrayNode gates = spec.putArray("gates");
      rollout.gates().forEach(gate -> write(gates.addObject(), gate));
    }
    spec.put("patience", Durations.text(rollout.patienceMillis()));
    ObjectNode onFail = spec.putObject("onFail").put("action", rollout.onFail().action().word());
    if (!rollout.onFail().tell().isEmpty()) {
      onFail.put("notify", rollout.onFail().tell());
    }
    return object;
  }

  private static void write(ObjectNode node, Gate gate) {
    measure(node, gate.measure());
    node.put("operator", gate.operator().sign());
    Gate.Stable stable = gate.stable();
    if (stable != null) {
      ObjectNode to = node.putObject("stable");
      measure(to, stable.measure());
      if (stable.times().compareTo(BigDecimal.ONE) != 0) {
        to.put("times", stable.times().stripTrailingZeros().toPlainString());
      }
    }
    if (stable == null || gate.value().signum() != 0) {
      node.put("value", gate.measure().kind().unit().text(gate.value()));
    }
    if (!gate.message().isEmpty()) {
      node.put("message", gate.message());
    }
  }

  private static void measure(ObjectNode node, Measure measure) {
    node.put("measure", measure.kind().word());
    if (measure.kind().takesArgument()) {
      node.put(measure.kind() == Measure.Kind.DRIFT ? "output" : "query", measure.argument());
    }
  }

  private static Rollout spec(FieldReader spec) throws Refused {
    spec.knowing(Set.of("target", "steps", "gates", "patience", "onFail"));
    FieldReader target = spec.at("target").knowing(Set.of("kind", "name"));
    String kind = target.text("kind", INFERENCE_SERVICE);
    if (!kind.equals(INFERENCE_SERVICE)) {
      throw target.at("kind").refuse("has no value \"" + kind + "\"");
    }
    List<Stage> steps = spec.list("steps", Rollouts::stage);
    Optional<String> wrong = refusal(steps);
    if (wrong.isPresent()) {
      throw spec.at("steps").refuse(wrong.get());
    }
    List<Gate> gates = spec.list("gates", Rollouts::gate);
    if (gates.size() > MAX_GATES) {
      throw spec.at("gates").refuse("has more than " + MAX_GATES);
    }
    return new Rollout(
        new Target(kind, target.text("name")),
        steps,
        gates,
        spec.duration("patience").orElse(Rollout.PATIENCE_MILLIS),
        spec.has("onFail") ? onFail(spec.at("onFail")) : OnFail.DEFAULT);
  }

  private static Stage stage(FieldReader step) throws Refused {
    step.knowing(Set.of("percent", "for"));
    OptionalLong percent = step.whole("percent", 1, 100);
    if (percent.isEmpty()) {
      throw step.at("percent").refuse("is required");
    }
    return new Stage((int) percent.getAsLong(), step.duration("for"));
  }

  private static OnFail onFail(FieldReader reader) throws Refused {
    reader.knowing(Set.of("action", "notify"));
    return new OnFail(
        reader.has("action") ? reader.word("action", Action::of) : Action.ROLLBACK,
        reader.text("notify", ""));
  }

  private static Gate gate(FieldReader gate) throws Refused {
    gate.knowing(Set.of("measure", "output", "query", "operator", "stable", "value", "message"));
    Measure measure = measure(gate);
    Unit unit = measure.kind().unit();
    Gate.Stable stable = null;
    if (gate.has("stable")) {
      FieldReader to = gate.at("stable").knowing(Set.of("measure", "output", "query", "times"));
      Measure other = measure(to);
      if (other.kind().unit() != unit) {
        throw to.at("measure").refuse("is not of the unit of " + measure.kind().word());
      }
      Optional<BigDecimal> times = Unit.NUMBER.read(to.text("times", "1"));
      stable =
          new Gate.Stable(
              other, times.orElseThrow(() -> to.at("times").refuse("must be a number as a text")));
    }
    BigDecimal value = BigDecimal.ZERO;
    if (stable == null || gate.has("value")) {
      value =
          unit.read(gate.text("value"))
              .orElseThrow(
                  () -> gate.at("value").refuse("is no value of " + measure.kind().word()));
    }
    return new Gate(
        measure, gate.word("operator", Gate.Operator::of), stable, value, gate.text("message", ""));
  }

  private static Measure measure(FieldReader reader) throws Refused {
    Measure.Kind kind = reader.word("measure", Measure.Kind::of);
    for (String key : List.of("output", "query")) {
      boolean own = key.equals(kind == Measure.Kind.DRIFT ? "output" : "query");
      if (reader.has(key) && !(kind.takesArgument() && own)) {
        throw reader.at(key).refuse("does not belong to " + kind.word());
      }
    }
    String argument =
        kind.takesArgument() ? reader.text(kind == Measure.Kind.DRIFT ? "output" : "query") : "";
    return new Measure(kind, argument);
  }
}
