package dev.salver.kube.kserve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Yaml;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeAdmissionTest {
  private static final String FORMAT = "{name: onnx, version: '1', autoSelect: true, priority: 2}";

  private static ServingRuntime runtime(String kind, String name, String spec) {
    return new ServingRuntime(
        new KubeObject(
            (ObjectNode)
                Yaml.documents(
                        """
                        apiVersion: serving.kserve.io/v1alpha1
                        kind: %s
                        metadata: {name: %s, namespace: demo}
                        spec: %s
                        """
                            .formatted(kind, name, spec))
                    .getFirst()));
  }

  private static String spec(String protocol, String formats) {
    return "{protocolVersions: [%s], supportedModelFormats: [%s]}".formatted(protocol, formats);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ServingRuntime|same priority assigned for the model format onnx in the servingruntimes old"
            + " and new in namespace demo",
        "ClusterServingRuntime|same priority assigned for the model format onnx in the"
            + " clusterservingruntimes old and new"
      })
  void twoRuntimesOfOnePriorityForAFormatAreRefused(String kind, String words) {
    var old = runtime(kind, "old", spec("v2", FORMAT));
    assertEquals(
        Optional.of(words),
        RuntimeAdmission.refusal(runtime(kind, "new", spec("v2", FORMAT)), List.of(old)));
    assertEquals(
        Optional.empty(),
        RuntimeAdmission.refusal(runtime(kind, "new", spec("v1", FORMAT)), List.of(old)),
        "they share no protocol");
  }

  @Test
  void oneFormatWithTwoPrioritiesIsRefused() {
    String formats = FORMAT + ", {name: onnx, version: '2', autoSelect: true, priority: 3}";
    var changed = runtime("ServingRuntime", "new", spec("v2", formats));
    assertEquals(
        Optional.of(
            "different priorities assigned for the model format onnx under the servingruntime new"),
        RuntimeAdmission.refusal(changed, List.of(changed)));
  }

  @Test
  void aVariableThatChangesWhatPythonLoadsIsRefused() {
    String spec = "{containers: [{name: kserve-container, env: [{name: PYTHONPATH, value: x}]}]}";
    assertEquals(
        Optional.of(
            "the ClusterServingRuntime \"new\" is invalid: setting PYTHONPATH in container"
                + " \"kserve-container\" is not allowed for security reasons"),
        RuntimeAdmission.refusal(runtime("ClusterServingRuntime", "new", spec), List.of()));
  }
}
