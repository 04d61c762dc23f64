package dev.salver.kube.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Gvk;
import dev.salver.kube.Yaml;
import dev.salver.kube.schema.ListKeys;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategicMergeTest {
  private static JsonNode yaml(String text) {
    return Yaml.documents(text).getFirst();
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
    assertEquals(yaml(expected), StrategicMerge.merge(yaml(base), yaml(patch), type));
  }

  @Test
  void neitherSideIsChanged() {
    JsonNode base = yaml("{env: [{name: A, value: 1}]}");
    JsonNode patch = yaml("{env: [{name: A, value: 2}]}");
    StrategicMerge.merge(base, patch, "Container");
    assertEquals(yaml("{env: [{name: A, value: 1}]}"), base);
    assertEquals(yaml("{env: [{name: A, value: 2}]}"), patch);
  }

  @Test
  void listKeysAreFoundByPath() {
    Gvk deployment = Gvk.of("apps/v1", "Deployment");
    assertEquals(
        List.of("containerPort", "protocol"),
        ListKeys.at(deployment, List.of("spec", "template", "spec", "containers", "ports"), true)
            .keys());
    assertEquals(
        ListKeys.Shape.ATOM, ListKeys.at(deployment, List.of("spec", "selector"), false).shape());
    assertEquals(
        ListKeys.Shape.ATOMIC_LIST,
        ListKeys.at(Gvk.of("x/v1", "Unknown"), List.of("spec", "things"), true).shape());
    assertEquals(
        ListKeys.Shape.SET,
        ListKeys.at(Gvk.of("x/v1", "Unknown"), List.of("metadata", "finalizers"), true).shape());
  }
}
