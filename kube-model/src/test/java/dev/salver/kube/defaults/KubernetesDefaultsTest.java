package dev.salver.kube.defaults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Yaml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesDefaultsTest {
  private static KubeObject object(String yaml) {
    return new KubeObject((ObjectNode) Yaml.documents(yaml).getFirst());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {apiVersion: v1, kind: Service, spec: {ports: [{port: 80}]}} | /spec/ports/0/targetPort | 80
          {apiVersion: v1, kind: Service, spec: {}} | /spec/type | ClusterIP
          {apiVersion: v1, kind: Service, spec: {type: ExternalName}} | /spec/internalTrafficPolicy |
          {apiVersion: apps/v1, kind: Deployment, spec: {}} | /spec/strategy/rollingUpdate/maxSurge | 25%
          {apiVersion: apps/v1, kind: Deployment, spec: {strategy: {type: Recreate}}} | /spec/strategy/rollingUpdate |
          {apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [{image: 'a:latest'}]}}}} | /spec/template/spec/containers/0/imagePullPolicy | Always
          {apiVersion: v1, kind: Pod, spec: {containers: [{image: 'host:5000/a'}]}} | /spec/containers/0/imagePullPolicy | Always
          {apiVersion: v1, kind: Pod, spec: {containers: [{image: 'a:1'}]}} | /spec/containers/0/imagePullPolicy | IfNotPresent
          {apiVersion: v1, kind: Pod, spec: {containers: [{resources: {limits: {cpu: 1000m}}}]}} | /spec/containers/0/resources/requests/cpu | 1
          {apiVersion: v1, kind: Pod, spec: {containers: [{readinessProbe: {httpGet: {port: 1}}}]}} | /spec/containers/0/readinessProbe/httpGet/scheme | HTTP
          {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, spec: {behavior: {}}} | /spec/behavior/scaleUp/policies/0/type | Pods
          {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, spec: {rules: [{backendRefs: [{name: a}]}]}} | /spec/rules/0/backendRefs/0/weight | 1
          {apiVersion: v1, kind: Pod, spec: {containers: [text, {name: a}]}} | /spec/containers/1/terminationMessagePolicy | File
          {apiVersion: apps/v1, kind: Deployment, spec: {template: text}} | /spec/template | text
          {apiVersion: v1, kind: Service, spec: {ports: [7]}} | /spec/ports/0 | 7
          """)
  void fillsInWhatTheServerFillsIn(String given, String at, String expected) {
    KubeObject before = object(given);
    KubeObject after = KubernetesDefaults.apply(before);
    assertEquals(expected == null ? "" : expected, after.tree().at(at).asText());
    assertEquals(object(given), before, "the given object stays");
    assertEquals(after, KubernetesDefaults.apply(after), "a fixed point");
  }
}
