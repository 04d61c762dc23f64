package dev.salver.kube.kserve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.salver.kube.Gvk;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Yaml;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Words recorded of KServe's webhook, repository state of 2026-08-21. */
class GraphAdmissionTest {
  private static Optional<String> refusal(String nodes) {
    var graph =
        KubeObject.named(new Gvk("serving.kserve.io", "v1alpha1", "InferenceGraph"), "ml", "g");
    graph.tree().putObject("spec").set("nodes", Yaml.documents(nodes).getFirst());
    return GraphAdmission.refusal(graph);
  }

  @Test
  void twoStepsOfOneNameAreRefused() {
    assertEquals(
        Optional.of(
            "Node \"root\" of InferenceGraph \"g\" contains more than one step with name \"s\""),
        refusal(
            "root: {routerType: Sequence, steps: [{name: s, serviceName: a}, {name: s,"
                + " serviceName: b}]}"));
  }

  @Test
  void aStepHasOneTarget() {
    assertEquals(
        Optional.of(
            "Step 0 (\"\") in node \"root\" of InferenceGraph \"g\" specifies more than one of"
                + " nodeName, serviceName, serviceUrl"),
        refusal("root: {routerType: Sequence, steps: [{serviceName: a, serviceUrl: 'http://x'}]}"));
  }

  @Test
  void weightsSumToAHundred() {
    assertEquals(
        Optional.of(
            "InferenceGraph[g] Node[root] splitter node: the sum of traffic weights for all"
                + " routing targets should be 100"),
        refusal(
            "root: {routerType: Splitter, steps: [{serviceName: a, weight: 30}, {serviceName: b,"
                + " weight: 60}]}"));
  }

  @Test
  void aNodeThatIsNotThereIsNotMissed() {
    assertEquals(
        Optional.empty(), refusal("root: {routerType: Sequence, steps: [{nodeName: zz}]}"));
  }
}
