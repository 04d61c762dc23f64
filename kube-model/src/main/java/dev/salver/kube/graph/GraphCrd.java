package dev.salver.kube.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.crd.Crd;
import dev.salver.kube.crd.Crd.Column;
import dev.salver.kube.crd.Shape;
import dev.salver.kube.graph.Step.Reduction;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The CustomResourceDefinition of ServingGraph. Structural schemas have no recursion: the steps at
 * the top and one level of branches are spelled out, what is deeper is kept as it is and checked by
 * {@link ServingGraphs#refusal}.
 */
public final class GraphCrd {
  private static final int LEVELS = 2;

  private GraphCrd() {}

  /** The definition, as it is installed. */
  public static ObjectNode definition() {
    return Crd.of(
        ResourceTypes.SERVING_GRAPH,
        "A graph of models behind one address: steps that call services, and the last one's value"
            + " is the answer.",
        List.of(
            Column.text("URL", ".status.url"),
            Column.text("Ready", ".status.conditions[?(@.type=='Ready')].status")),
        spec(),
        status());
  }

  private static Shape spec() {
    return Shape.object("What the graph takes, does and gives.")
        .field("inputs", Shape.list("What a request holds.", 0, 256, port(LEVELS)))
        .field("outputs", Shape.list("What the answer holds, in its order.", 1, 256, port(LEVELS)))
        .field("timeout", Shape.duration("For the whole of a request; none where it is left out."))
        .field("steps", steps("One after the other; the last one's value is the answer.", LEVELS))
        .field("pods", pods())
        .field(
            "log",
            Shape.object("Sends requests and answers on, as CloudEvents.")
                .field("url", Shape.text("Whom to."))
                .field(
                    "mode", Shape.words("all by default.", List.of("all", "request", "response")))
                .required("url"))
        .required("outputs", "steps");
  }

  private static Shape port(int levels) {
    return Shape.object("")
        .field("name", Shape.text("Name on the wire.").with("minLength", 1))
        .field(
            "datatype",
            Shape.words(
                "Element type of a tensor, or JSON; neither it nor fields is anything.",
                Stream.concat(
                        Arrays.stream(Datatype.values()).map(Datatype::name), Stream.of("JSON"))
                    .toList()))
        .field(
            "shape",
            Shape.list(
                "Sizes of a tensor; -1 is any, [1] a scalar.",
                0,
                16,
                Shape.whole("", -1, Integer.MAX_VALUE)))
        .field(
            "fields",
            Shape.list(
                "Of a record.", 1, 256, levels > 1 ? port(levels - 1) : Shape.open("A field.")))
        .required("name");
  }

  private static Shape pods() {
    return Shape.object("The graph's own pods.")
        .field("minReplicas", Shape.whole("At least so many; 0 scales to none.", 0, 10_000))
        .field("maxReplicas", Shape.whole("At most so many.", 0, 10_000))
        .field(
            "scaleMetric",
            Shape.words("What moves their number.", List.of("concurrency", "rps", "cpu", "memory")))
        .field("scaleTarget", Shape.whole("Of it, a pod.", 1, Integer.MAX_VALUE))
        .field(
            "containerConcurrency",
            Shape.whole("Requests at once that a pod takes.", 0, Integer.MAX_VALUE))
        .field(
            "resources",
            Shape.object("Of each pod, as a container has them.")
                .field("requests", Shape.texts("What is kept free for it."))
                .field("limits", Shape.texts("What it gets at most.")))
        .field("labels", Shape.texts("On the pods."))
        .field("annotations", Shape.texts("On the pods."))
        .field("serviceAccountName", Shape.text("Whose rights the pods have."));
  }

  private static Shape steps(String description, int levels) {
    return Shape.list(
        description,
        1,
        StepReader.MAX_STEPS,
        levels > 0 ? step(levels) : Shape.open("A step, as those above."));
  }

  private static Shape one(String description, int levels) {
    return levels > 0 ? step(levels) : Shape.open(description);
  }

  private static Shape step(int levels) {
    int below = levels - 1;
    return Shape.object("A name for a value, and how it comes about: exactly one way.")
        .field("name", Shape.text("Unique in the graph; what later steps call its value."))
        .field("call", call())
        .field(
            "cast",
            Shape.object("Another element type.")
                .field("value", ref())
                .field(
                    "to",
                    Shape.words(
                        "Element type.",
                        Arrays.stream(Datatype.values()).map(Datatype::name).toList()))
                .required("value", "to"))
        .field(
            "switch",
            Shape.object("The first case that holds.")
                .field(
                    "cases",
                    Shape.list(
                        "In this order.",
                        1,
                        256,
                        Shape.object("")
                            .field("when", Shape.text("CEL over inputs and earlier steps."))
                            .field("steps", steps("What runs then.", below))
                            .required("when", "steps")))
                .field("else", steps("What runs where none holds; without it that is 404.", below))
                .required("cases"))
        .field(
            "split",
            Shape.list(
                "One of them, drawn for each request.",
                1,
                256,
                Shape.object("")
                    .field("percent", Shape.percent("Its share; all of them sum to 100."))
                    .field("steps", steps("What runs then.", below))
                    .required("percent", "steps")))
        .field("all", all(below))
        .field("steps", steps("Steps of its own.", below))
        .field("value", ref())
        .any("constant", "A tensor, or a list of named ones: datatype, shape, data.")
        .field(
            "fail",
            Shape.object("Ends the request.")
                .field("status", Shape.whole("HTTP status.", 400, 599))
                .field("message", Shape.text("What the client is told."))
                .required("status"))
        .field("within", Shape.duration("Deadline of each attempt."))
        .field("retries", Shape.whole("Further attempts after the first.", 0, 10))
        .field("fallback", one("A step whose value it has when all attempts fail.", below))
        .field(
            "shadow",
            Shape.object("A call beside it whose answer is dropped.")
                .field("percent", Shape.percent("Of the requests."))
                .field("step", one("The call, as a step.", below))
                .required("percent", "step"))
        .required("name")
        .oneOf(
            List.of(
                "call", "cast", "switch", "split", "all", "steps", "value", "constant", "fail"));
  }

  private static Shape call() {
    return Shape.object("Calls a service.")
        .field("service", Shape.text("Its name in this namespace."))
        .field("url", Shape.text("Of an endpoint elsewhere, instead of the service."))
        .field("model", Shape.text("Name in the request's path; the service's by default."))
        .field("protocol", Shape.words("v2 by default.", List.of("v1", "v2", "grpc-v1", "grpc-v2")))
        .field("inputs", Shape.texts("What each input gets: step, step.field or request.input."))
        .field("single", Shape.flag("The value is the only output itself, not a record of it."))
        .required("service");
  }

  private static Shape all(int below) {
    return Shape.object("Every branch, side by side.")
        .field(
            "branches",
            Shape.list(
                "Their values are a record, by these names.",
                1,
                256,
                Shape.object("")
                    .field("name", Shape.text("Of its value."))
                    .field("steps", steps("What runs.", below))
                    .required("name", "steps")))
        .field(
            "reduce",
            Shape.words(
                "One value of all of them.",
                Arrays.stream(Reduction.values()).map(Reduction::word).toList()))
        .field(
            "field",
            Shape.text("What of each branch is reduced, to a record of it; else the whole."))
        .required("branches");
  }

  private static Shape ref() {
    return Shape.text("A value that is there: step, step.field or request.input.");
  }

  private static Shape status() {
    return Shape.object("What became of it.")
        .field("url", Shape.text("Where it answers."))
        .field("observedGeneration", Shape.whole("Generation it is of.", 0, Long.MAX_VALUE))
        .field("conditions", Crd.conditions());
  }
}
