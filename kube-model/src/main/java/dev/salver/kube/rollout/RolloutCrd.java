package dev.salver.kube.rollout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.crd.Crd;
import dev.salver.kube.crd.Crd.Column;
import dev.salver.kube.crd.Shape;
import dev.salver.kube.rollout.Rollout.Action;
import java.util.Arrays;
import java.util.List;

/** The CustomResourceDefinition of Rollout. */
public final class RolloutCrd {
  private RolloutCrd() {}

  /** The definition, as it is installed. */
  public static ObjectNode definition() {
    return Crd.of(
        ResourceTypes.ROLLOUT,
        "How traffic moves to a new revision of a service, step by step, while its gates hold.",
        List.of(
            Column.text("Target", ".spec.target.name"),
            Column.text("Phase", ".status.phase"),
            new Column("Percent", "integer", ".status.percent")),
        spec(),
        status());
  }

  private static Shape spec() {
    return Shape.object("The way of a new revision.")
        .field(
            "target",
            Shape.object("Whose traffic it moves.")
                .field("kind", Shape.words("", List.of("InferenceService")))
                .field("name", Shape.text("In this namespace.").with("minLength", 1))
                .required("name"))
        .field(
            "steps",
            Shape.list(
                "Shares of the traffic, which rise and end at 100.",
                1,
                64,
                Shape.object("")
                    .field("percent", Shape.whole("Of the requests.", 1, 100))
                    .field("for", Shape.duration("How long at least; not of the last step."))
                    .required("percent")))
        .field("gates", Shape.list("What must hold at every step.", 0, 64, gate()))
        .field("patience", Shape.duration("How long a step waits for data; 1h by default."))
        .field(
            "onFail",
            Shape.object("When a gate fails.")
                .field(
                    "action",
                    Shape.words(
                        "rollback by default.",
                        Arrays.stream(Action.values()).map(Action::word).toList()))
                .field("notify", Shape.text("Whom to tell, such as pagerduty:risk.")))
        .required("target", "steps");
  }

  private static Shape gate() {
    return measured("measure operator times * stable.measure + value, of the new revision.")
        .field(
            "operator",
            Shape.words(
                "", Arrays.stream(Gate.Operator.values()).map(Gate.Operator::sign).toList()))
        .field(
            "stable",
            measured("A measure of the stable revision.")
                .field("times", Shape.text("Factor, such as \"1.1\"; 1 by default."))
                .required("measure"))
        .field("value", Shape.text("0.5%, 120ms, 40rps or 0.2; is added beside stable."))
        .field("message", Shape.text("Told when it fails."))
        .required("measure", "operator");
  }

  private static Shape measured(String description) {
    return Shape.object(description)
        .field(
            "measure",
            Shape.words("", Arrays.stream(Measure.Kind.values()).map(Measure.Kind::word).toList()))
        .field("output", Shape.text("Of drift."))
        .field("query", Shape.text("PromQL, of query."));
  }

  private static Shape status() {
    return Shape.object("How far it came.")
        .field(
            "phase",
            Shape.words(
                "", List.of("Idle", "Progressing", "Holding", "Promoted", "RolledBack", "Failed")))
        .field("step", Shape.whole("From 1.", 0, 64))
        .field("percent", Shape.whole("The new revision's share.", 0, 100))
        .field("stable", Shape.text("Revision that served before."))
        .field("candidate", Shape.text("Revision that is rolled out."))
        .field("since", Shape.text("When the step began.").with("format", "date-time"))
        .field(
            "gates",
            Shape.list(
                "What was last seen of each gate.",
                0,
                64,
                Shape.object("")
                    .field("gate", Shape.text("As it is written."))
                    .field("verdict", Shape.words("", List.of("pass", "fail", "no data", "error")))
                    .field("value", Shape.text("What was measured."))
                    .field("message", Shape.text("Why."))
                    .required("gate", "verdict")))
        .field("observedGeneration", Shape.whole("Generation it is of.", 0, Long.MAX_VALUE))
        .field("conditions", Crd.conditions());
  }
}
