package dev.salver.kube.kserve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Yaml;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {
  private static KubeObject service(String annotations, String spec) {
    return new KubeObject(
        (ObjectNode)
            Yaml.documents(
                    """
                    apiVersion: serving.kserve.io/v1beta1
                    kind: InferenceService
                    metadata: {name: m, namespace: demo, annotations: %s}
                    spec: %s
                    """
                        .formatted(annotations, spec))
                .getFirst());
  }

  private static String refusal(String annotations, String spec) {
    return Admission.refusal(Defaulting.apply(service(annotations, spec), ServingConfig.DEFAULT))
        .orElse("admitted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {predictor: {model: {modelFormat: {name: a}}}} | admitted
          {predictor: {sklearn: {storageUri: 's3://x'}}} | admitted
          {predictor: {model: {name: x, modelFormat: {name: a}}}} | the 'name' field is not allowed in standard predictor
          {predictor: {maxReplicas: -1, model: {modelFormat: {name: a}}}} | 'MaxReplicas' cannot be less than 0
          {predictor: {containerConcurrency: -1, model: {modelFormat: {name: a}}}} | parallelism cannot be less than 0
          {predictor: {minReplicas: 3, maxReplicas: 2, model: {modelFormat: {name: a}}}} | 'MinReplicas' cannot be greater than MaxReplicas
          {predictor: {minReplicas: 3, maxReplicas: 0, model: {modelFormat: {name: a}}}} | admitted
          {predictor: {scaleMetric: rps, scaleTarget: 0, model: {modelFormat: {name: a}}}} | the target for rps should be greater than 1
          {predictor: {scaleMetric: memory, model: {modelFormat: {name: a}}}} | [memory] is not a supported metric
          {predictor: {deploymentStrategy: {type: Recreate}, model: {modelFormat: {name: a}}}} | customizing deploymentStrategy is only supported for raw deployment mode
          {predictor: {containers: [{name: kserve-container, image: i, env: [{name: PROTOCOL, value: v9}]}]}} | invalid protocol v1, v2. Must be one of [v9]
          {predictor: {containers: [{name: kserve-container, image: i, env: [{name: PYTHONPATH, value: x}]}]}} | the InferenceService "m" is invalid: setting PYTHONPATH in container "kserve-container" is not allowed for security reasons
          {predictor: {storageUris: [{uri: 's3://a', mountPath: /x/../y}], model: {modelFormat: {name: a}}}} | storage path cannot contain '..' for security reasons: /x/../y
          {predictor: {storageUris: [{uri: 's3://a', mountPath: /a}, {uri: 's3://b', mountPath: /b}], model: {modelFormat: {name: a}}}} | storage paths must have a common parent directory. Current paths: [/a /b] have no common parent beyond root
          {predictor: {storageUris: [{uri: 's3://a'}], model: {modelFormat: {name: a}, storageUri: 's3://b'}}} | Setting both StorageURI and StorageURIs is not supported.
          {predictor: {model: {modelFormat: {name: a}}}, transformer: {minReplicas: 1}} | exactly one of [PodSpec, ComponentExtensionSpec] must be specified in TransformerSpec
          {predictor: {model: {modelFormat: {name: a}}}, canary: [{predictor: {name: c, model: {modelFormat: {name: a}}}}]} | canary is only supported in Standard deployment mode
          """)
  void refusesInTheWordsOfKserve(String spec, String expected) {
    assertEquals(expected, refusal("{}", spec));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {serving.kserve.io/autoscalerClass: kpa}  | {}                                    | [kpa] is not a supported autoscaler class type
          {serving.kserve.io/deploymentMode: Standard} | {scaleMetric: rps}                 | admitted
          {serving.kserve.io/deploymentMode: Standard, serving.kserve.io/autoscalerClass: hpa} | {scaleMetric: rps} | [rps] is not a supported metric
          {serving.kserve.io/deploymentMode: Standard, serving.kserve.io/autoscalerClass: hpa} | {scaleTarget: 101} | the target utilization percentage should be a [1-100] integer
          {serving.kserve.io/deploymentMode: Standard, serving.kserve.io/autoscalerClass: keda} | {scaleMetric: cpu} | ScaleMetric is not supported for KEDA
          {serving.kserve.io/deploymentMode: Standard, serving.kserve.io/autoscalerClass: keda} | {autoScaling: {metrics: [{type: External, external: {metric: {backend: prometheus}}}]}} | the query should not be empty
          """)
  void asksForWhatTheAutoscalerCanDo(String annotations, String scaling, String expected) {
    String spec =
        "{predictor: "
            + (scaling.equals("{}") ? "{" : scaling.substring(0, scaling.length() - 1) + ", ")
            + "model: {modelFormat: {name: a}}}}";
    assertEquals(expected, refusal(annotations, spec));
  }

  @Test
  void theModeOfARunningServiceCannotChange() {
    KubeObject before = service("{}", "{predictor: {model: {modelFormat: {name: a}}}}");
    before.tree().putObject("status").put("deploymentMode", "Knative");
    KubeObject after =
        service(
            "{serving.kserve.io/deploymentMode: Standard}",
            "{predictor: {model: {modelFormat: {name: a}}}}");
    assertEquals(
        Optional.of(
            "update rejected: deploymentMode cannot be changed from 'Knative' to 'Standard'"),
        Admission.refusal(before, after));
  }
}
