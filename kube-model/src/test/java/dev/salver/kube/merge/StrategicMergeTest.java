package dev.salver.kube.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Gvk;
import dev.salver.kube.Yaml;
import dev.salver.kube.apply.KnownStructures;
import dev.salver.kube.apply.Structure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategicMergeTest {
  private static JsonNode yaml(String text) {
    return Yaml.documents(text).getFirst();
  }

  private static Structure structure(String type) {
    return type.equals("PodSpec") ? KnownStructures.POD_SPEC : KnownStructures.CONTAINER;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Container | {image: a, tty: true}              | {image: b}                     | {image: b, tty: true}
          Container | {args: [a, b]}                     | {args: [c]}                    | {args: [c]}
          Container | {image: a}                         | {image: null}                  | {}
          Container | {env: [{name: A, value: 1}, {name: B, value: 1}]} | {env: [{name: B, value: 2}, {name: C, value: 2}]} | {env: [{name: A, value: 1}, {name: B, value: 2}, {name: C, value: 2}]}
          Container | {env: [{name: A, value: 1}]}       | {env: [{name: X, value: 2}]}   | {env: [{name: X, value: 2}, {name: A, value: 1}]}
          Container | {resources: {limits: {cpu: 1}}}    | {resources: {limits: {gpu: 1}}} | {resources: {limits: {cpu: 1, gpu: 1}}}
          Container | {volumeMounts: [{mountPath: /a, name: x}]} | {volumeMounts: [{mountPath: /a, name: y}]} | {volumeMounts: [{mountPath: /a, name: y}]}
          PodSpec   | {tolerations: [{key: a}]}          | {tolerations: [{key: b}]}      | {tolerations: [{key: b}]}
          PodSpec   | {volumes: [{name: v, emptyDir: {}}]} | {volumes: [{name: w, emptyDir: {}}]} | {volumes: [{name: w, emptyDir: {}}, {name: v, emptyDir: {}}]}
          """)
  void mergesAsKubernetesDoes(String type, String base, String patch, String expected) {
    assertEquals(yaml(expected), StrategicMerge.merge(yaml(base), yaml(patch), structure(type)));
  }

  @Test
  void neitherSideIsChanged() {
    JsonNode base = yaml("{env: [{name: A, value: 1}]}");
    JsonNode patch = yaml("{env: [{name: A, value: 2}]}");
    StrategicMerge.merge(base, patch, KnownStructures.CONTAINER);
    assertEquals(yaml("{env: [{name: A, value: 1}]}"), base);
    assertEquals(yaml("{env: [{name: A, value: 2}]}"), patch);
  }

  @Test
  void aDirectiveIsAFieldLikeAnyOtherUnlessAClientPatches() {
    var base = yaml("{env: [{name: A}]}");
    var over = yaml("{env: [{name: A, $patch: delete}]}");
    assertEquals(over, StrategicMerge.merge(base, over, KnownStructures.CONTAINER));
    assertEquals(
        yaml("{env: []}"),
        StrategicMerge.patch(base, (ObjectNode) over, KnownStructures.CONTAINER));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          apps/v1                    | Deployment       | spec.template.spec.containers.[].ports | containerPort,protocol
          apps/v1                    | StatefulSet      | spec.template.spec.volumes             | name
          v1                         | Service          | spec.ports                             | port,protocol
          v1                         | Pod              | status.conditions                      | type
          serving.knative.dev/v1     | Service          | spec.template.spec.volumes             | name
          serving.knative.dev/v1     | Service          | spec.template.spec.imagePullSecrets    | name
          serving.knative.dev/v1     | Service          | spec.template.spec.containers          | ''
          serving.knative.dev/v1     | Service          | status.conditions                      | ''
          serving.kserve.io/v1beta1  | InferenceService | status.conditions                      | ''
          x/v1                       | Unknown          | spec.things                            | ''
          """)
  void listsAreToldApartByTheKeysOfTheirKind(
      String apiVersion, String kind, String path, String keys) {
    Structure at = KnownStructures.of(Gvk.of(apiVersion, kind));
    for (String name : path.split("\\.", -1)) {
      at = name.equals("[]") ? at.items() : at.field(name);
    }
    List<String> found =
        at.rule() instanceof Structure.Rule.Keyed keyed
            ? keyed.keys().stream().map(Structure.Key::field).toList()
            : List.of();
    assertEquals(keys, String.join(",", found));
  }
}
