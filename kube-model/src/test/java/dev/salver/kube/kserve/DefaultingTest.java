package dev.salver.kube.kserve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Yaml;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultingTest {
  private static KubeObject service(String predictor) {
    return new KubeObject(
        (ObjectNode)
            Yaml.documents(
                    "{kind: InferenceService, metadata: {name: m}, spec: {predictor: "
                        + predictor
                        + "}}")
                .getFirst());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {sklearn: {storageUri: a}}     | {model: {storageUri: a, modelFormat: {name: sklearn}}}
          {onnx: {storageUri: a}}        | {model: {storageUri: a, protocolVersion: v2, modelFormat: {name: onnx}}}
          {triton: {protocolVersion: grpc-v2}} | {model: {protocolVersion: grpc-v2, modelFormat: {name: triton}}}
          {model: {modelFormat: {name: vLLM}}} | {model: {modelFormat: {name: vLLM}, protocolVersion: v2}}
          {model: {modelFormat: {name: onnx}}} | {model: {modelFormat: {name: onnx}}}
          {model: {modelFormat: {name: a}, name: '', resources: {}}} | {model: {modelFormat: {name: a}}}
          {model: {modelFormat: {name: a}, resources: {limits: {cpu: 1000m}}}} | {model: {modelFormat: {name: a}, resources: {limits: {cpu: '1'}}}}
          {containers: [{image: i, resources: {limits: {cpu: '4'}}}]} | {containers: [{image: i, name: kserve-container, resources: {limits: {cpu: '4', memory: 2Gi}, requests: {cpu: '1', memory: 2Gi}}}]}
          """)
  void fillsInWhatKservesWebhookFillsIn(String given, String expected) {
    KubeObject once = Defaulting.apply(service(given), ServingConfig.DEFAULT);
    assertEquals(Yaml.documents(expected).getFirst(), once.spec().path("predictor"));
    assertEquals(once, Defaulting.apply(once, ServingConfig.DEFAULT), "a fixed point");
  }

  @Test
  void aConfigurationSaysWhatIsWrongWithItAndWorksAllTheSame() {
    var map =
        new KubeObject(
            (ObjectNode)
                Yaml.documents(
                        """
                        metadata: {name: inferenceservice-config}
                        data:
                          _example: not looked at
                          deploy: '{"defaultDeploymentMode": "Sideways"}'
                          ingress: '{"urlPort": 99999, "ingressDomain": "models.example"'
                          logger: '[1]'
                          storageInitializer: '{"cpuLimit": "lots"}'
                          security: '{"autoMountServiceAccountToken": false}'
                        """)
                    .getFirst());
    ServingConfig.Reading reading = ServingConfig.read(map);
    assertEquals(4, reading.problems().size(), reading.problems().toString());
    assertTrue(
        reading.problems().stream().allMatch(p -> p.startsWith("inferenceservice-config: ")));
    assertEquals("example.com", reading.config().ingressDomain(), "as shipped");
    assertEquals(DeploymentMode.KNATIVE, reading.config().defaultMode());
    KubeObject defaulted =
        Defaulting.apply(service("{model: {modelFormat: {name: a}}}"), reading.config());
    assertEquals("false", defaulted.spec().at("/predictor/automountServiceAccountToken").asText());
  }

  @Test
  void aHostThatIsTooLongIsSaidInKservesWords() {
    var service = service("{}");
    ((ObjectNode) service.metadata()).put("namespace", "demo");
    var host = Hosts.of("a".repeat(60), new InferenceService(service), ServingConfig.DEFAULT);
    assertEquals(
        "invalid domain name \""
            + "a".repeat(60)
            + "-demo.example.com\": url: Invalid value: \""
            + "a".repeat(60)
            + "-demo\": must be no more than 63 characters",
        ((Hosts.Host.Invalid) host).message());
    assertEquals(
        List.of(),
        Hosts.additional("m.other", ServingConfig.DEFAULT),
        "no further hosts for another domain");
  }
}
