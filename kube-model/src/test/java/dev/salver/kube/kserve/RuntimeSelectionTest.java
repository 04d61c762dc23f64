package dev.salver.kube.kserve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Yaml;
import dev.salver.kube.kserve.RuntimeSelection.Selection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeSelectionTest {
  private final List<KubeObject> runtimes = new ArrayList<>();

  private void runtime(String name, String namespace, String more) {
    runtimes.add(
        new KubeObject(
            (ObjectNode)
                Yaml.documents(
                        """
                        apiVersion: serving.kserve.io/v1alpha1
                        kind: %s
                        metadata: {name: %s%s, creationTimestamp: '2026-01-01T00:00:00Z'}
                        spec: %s
                        """
                            .formatted(
                                namespace.isEmpty() ? "ClusterServingRuntime" : "ServingRuntime",
                                name,
                                namespace.isEmpty() ? "" : ", namespace: " + namespace,
                                more))
                    .getFirst()));
  }

  private Selection select(String model) {
    var service =
        new KubeObject(
            (ObjectNode)
                Yaml.documents(
                        "{metadata: {name: m, namespace: demo}, spec: {predictor: {model: "
                            + model
                            + "}}}")
                    .getFirst());
    return RuntimeSelection.select(new InferenceService(service), Runtimes.of(runtimes));
  }

  private String chosen(String model) {
    return switch (select(model)) {
      case Selection.Chosen chosen -> chosen.runtime().name();
      case Selection.None none -> none.reason();
    };
  }

  @Test
  void theNamespacesOwnRuntimeWinsWhateverThePriorities() {
    runtime("big", "", "{supportedModelFormats: [{name: onnx, autoSelect: true, priority: 9}]}");
    runtime("own", "demo", "{supportedModelFormats: [{name: onnx, autoSelect: true}]}");
    runtime("other", "else", "{supportedModelFormats: [{name: onnx, autoSelect: true}]}");
    assertEquals("own", chosen("{modelFormat: {name: onnx}}"));
  }

  @Test
  void theHighestPriorityWinsAndNoneIsLast() {
    runtime("none", "", "{supportedModelFormats: [{name: onnx, autoSelect: true}]}");
    runtime("low", "", "{supportedModelFormats: [{name: onnx, autoSelect: true, priority: 1}]}");
    runtime("high", "", "{supportedModelFormats: [{name: onnx, autoSelect: true, priority: 2}]}");
    assertEquals("high", chosen("{modelFormat: {name: onnx}}"));
  }

  @Test
  void amongEqualsTheNewestWinsThenTheName() {
    runtime("b", "", "{supportedModelFormats: [{name: onnx, autoSelect: true}]}");
    runtime("a", "", "{supportedModelFormats: [{name: onnx, autoSelect: true}]}");
    assertEquals("a", chosen("{modelFormat: {name: onnx}}"));
    ((ObjectNode) runtimes.getFirst().metadata()).put("creationTimestamp", "2026-02-01T00:00:00Z");
    assertEquals("b", chosen("{modelFormat: {name: onnx}}"));
  }

  @Test
  void thePriorityIsThatOfTheFirstEntryOfAFormat() {
    runtime(
        "first",
        "",
        "{supportedModelFormats: [{name: onnx, version: '1', autoSelect: true, priority: 1},"
            + " {name: onnx, version: '2', autoSelect: true, priority: 9}]}");
    runtime(
        "five",
        "",
        "{supportedModelFormats: [{name: onnx, version: '2', autoSelect: true, priority: 5}]}");
    assertEquals("five", chosen("{modelFormat: {name: onnx, version: '2'}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {modelFormat: {name: onnx}}                          | NoSupportingRuntime | speaks v2, not v1, which is meant when none is set
          {modelFormat: {name: onnx}, protocolVersion: v2}     | two                 |
          {modelFormat: {name: onnx, version: '1.2'}, protocolVersion: v2} | NoSupportingRuntime | does not have format onnx:1.2
          {modelFormat: {name: tree}, protocolVersion: v2}     | NoSupportingRuntime | has the format, but not for automatic selection: name it in model.runtime
          {modelFormat: {name: tree}, runtime: two}            | two                 |
          {modelFormat: {name: x}, runtime: two}               | NoSupportingRuntime |
          {modelFormat: {name: onnx}, runtime: gone}           | RuntimeNotRecognized |
          {modelFormat: {name: onnx}, runtime: off}            | RuntimeDisabled     |
          """)
  void saysWhyARuntimeWasPassedOver(String model, String expected, String why) {
    runtime(
        "two",
        "",
        "{protocolVersions: [v2], supportedModelFormats: [{name: onnx, version: '1', autoSelect:"
            + " true}, {name: tree}]}");
    runtime("off", "", "{disabled: true, supportedModelFormats: [{name: onnx, autoSelect: true}]}");
    assertEquals(expected, chosen(model));
    if (why != null && select(model) instanceof Selection.None none) {
      assertTrue(
          none.dropped().stream().anyMatch(d -> d.runtime().equals("two") && d.why().equals(why)),
          none.dropped().toString());
    }
  }
}
