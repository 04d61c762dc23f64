package dev.salver.kube.knative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Yaml;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Knative's webhook says, beyond the recorded cases. */
final class KnativeAdmissionTest {
  private static KubeObject service(String podSpec) {
    String yaml =
        """
        apiVersion: serving.knative.dev/v1
        kind: Service
        metadata: {name: hello, namespace: kn}
        spec: {template: {spec: %s}}
        """
            .formatted(podSpec);
    return new KubeObject((ObjectNode) Yaml.documents(yaml).getFirst());
  }

  private static KnativeAdmission.Result admit(String podSpec, KnativeFeatures features) {
    return KnativeAdmission.admit(service(podSpec), Optional.empty(), "me", features);
  }

  private static JsonNode admitted(String podSpec) {
    var result = admit(podSpec, KnativeFeatures.STOCK);
    return assertInstanceOf(KnativeAdmission.Admitted.class, result)
        .object()
        .spec()
        .path("template")
        .path("spec");
  }

  private static String denied(String podSpec) {
    String message =
        assertInstanceOf(KnativeAdmission.Denied.class, admit(podSpec, KnativeFeatures.STOCK))
            .message();
    return message.substring(message.indexOf("failed: ") + "failed: ".length());
  }

  private static String deniedWithAnnotation(String key, String value) {
    KubeObject service = service("{containers: [{image: x}]}");
    ((ObjectNode) service.tree().at("/spec/template"))
        .putObject("metadata")
        .putObject("annotations")
        .put(key, value);
    var result = KnativeAdmission.admit(service, Optional.empty(), "me", KnativeFeatures.STOCK);
    String message = assertInstanceOf(KnativeAdmission.Denied.class, result).message();
    return message.substring(message.indexOf("failed: ") + "failed: ".length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "networking.knative.dev/visibility|cluster-local|invalid key name"
            + " \"networking.knative.dev/visibility\": spec.template.metadata.annotations",
        "queue.sidecar.serving.knative.dev/cpu-resource-request|much|invalid value: much:"
            + " spec.template.metadata.annotations"
            + "[queue.sidecar.serving.knative.dev/cpu-resource-request]",
        "queue.sidecar.serving.knative.dev/resource-percentage|200|expected 0.1 <= 200 <= 100:"
            + " spec.template.metadata.annotations"
            + "[queue.sidecar.serving.knative.dev/resource-percentage]"
      })
  void an_annotation_that_the_network_or_the_sidecar_cannot_use_is_refused(
      String key, String value, String words) {
    assertEquals(words, deniedWithAnnotation(key, value));
  }

  @Test
  void the_older_spelling_of_the_rollout_duration_is_checked_too() {
    KubeObject service = service("{containers: [{image: x}]}");
    service
        .tree()
        .withObjectProperty("metadata")
        .putObject("annotations")
        .put("serving.knative.dev/rolloutDuration", "soon");
    var result = KnativeAdmission.admit(service, Optional.empty(), "me", KnativeFeatures.STOCK);
    String message = assertInstanceOf(KnativeAdmission.Denied.class, result).message();
    assertEquals(
        "invalid value: soon: metadata.annotations.serving.knative.dev/rolloutDuration",
        message.substring(message.indexOf("failed: ") + "failed: ".length()));
  }

  @Test
  void a_flag_lets_its_field_through() {
    String spec = "{containers: [{image: x}], nodeSelector: {disk: ssd}}";
    assertEquals("must not set the field(s): spec.template.spec.nodeSelector", denied(spec));
    var features = KnativeFeatures.of(Map.of("kubernetes.podspec-nodeselector", "Enabled"));
    assertInstanceOf(KnativeAdmission.Admitted.class, admit(spec, features));
  }

  @Test
  void several_fields_share_a_line() {
    assertEquals(
        "must not set the field(s): spec.template.spec.containers[0].lifecycle,"
            + " spec.template.spec.hostNetwork, spec.template.spec.priorityClassName",
        denied(
            "{containers: [{image: x, lifecycle: {}}], hostNetwork: true, hostPID: false,"
                + " priorityClassName: high}"));
  }

  @Test
  void a_pod_security_context_is_refused_with_its_fields() {
    assertEquals(
        "must not set the field(s): spec.template.spec.securityContext,"
            + " spec.template.spec.securityContext.runAsUser",
        denied("{containers: [{image: x}], securityContext: {runAsUser: 5}}"));
  }

  @Test
  void a_secret_mount_becomes_read_only_and_an_empty_dir_stays_writable() {
    JsonNode mounts =
        admitted(
                """
                {containers: [{image: x, volumeMounts: [{name: s, mountPath: /s}, {name: e, mountPath: /e}]}],
                 volumes: [{name: s, secret: {secretName: s}}, {name: e, emptyDir: {}}]}
                """)
            .path("containers")
            .path(0)
            .path("volumeMounts");
    assertEquals(true, mounts.path(0).path("readOnly").asBoolean());
    assertEquals(false, mounts.path(1).path("readOnly").asBoolean());
  }

  @Test
  void a_mount_needs_its_volume_and_a_path_of_its_own() {
    assertEquals(
        "mountPath \"/dev\" is a reserved path:"
            + " spec.template.spec.containers[0].volumeMounts[0].mountPath\n"
            + "volumeMount has no matching volume:"
            + " spec.template.spec.containers[0].volumeMounts[0].name",
        denied("{containers: [{image: x, volumeMounts: [{name: s, mountPath: /x/../dev}]}]}"));
  }

  @Test
  void unnamed_containers_get_names_that_do_not_clash() {
    JsonNode containers =
        admitted("{containers: [{image: x, ports: [{containerPort: 1}]}, {image: y}]}")
            .path("containers");
    assertEquals("user-container-0", containers.path(0).path("name").asText());
    assertEquals("user-container-1", containers.path(1).path("name").asText());
    assertEquals(true, containers.path(1).path("readinessProbe").isMissingNode());
  }

  @Test
  void a_revision_does_not_change() {
    var revision = service("{containers: [{image: x}]}").copy();
    revision.tree().put("kind", "Revision");
    revision.tree().set("spec", Yaml.documents("{containers: [{image: x}]}").getFirst());
    var old = new KubeObject(revision.tree().deepCopy());
    revision.tree().set("spec", Yaml.documents("{containers: [{image: z}]}").getFirst());
    var result = KnativeAdmission.admit(revision, Optional.of(old), "", KnativeFeatures.STOCK);
    String message = assertInstanceOf(KnativeAdmission.Denied.class, result).message();
    assertEquals(
        "Immutable fields changed (-old +new): spec\ncontainers[0].image: -\"x\" +\"z\"",
        message.substring(message.indexOf("Immutable")));
  }

  @ParameterizedTest
  @CsvSource({
    "1000m,1",
    "1024Mi,1Gi",
    "0.5Gi,512Mi",
    "1.5,1500m",
    "0.1,100m",
    "2,2",
    "1000k,1M",
    "0,0",
    "-1500m,-1500m",
    "1500000,1500k",
    "abc,abc",
    "250m,250m"
  })
  void a_quantity_has_one_spelling(String given, String canonical) {
    assertEquals(canonical, Quantities.canonical(given));
  }

  @ParameterizedTest
  @CsvSource({"1h30m,5400000", "0.5s,500", "100ms,100", "0,0", "-2s,-2000", "1m0.001s,60001"})
  void durations_are_read_as_go_writes_them(String text, long millis) {
    assertEquals(millis, GoValues.duration(text).orElseThrow().toMillis());
  }

  @ParameterizedTest
  @CsvSource({"5", "1x", "s", "1h-3m", "''", "9999999999h"})
  void what_is_no_duration_is_none(String text) {
    assertEquals(Optional.empty(), GoValues.duration(text));
  }

  @Test
  void long_names_are_cut_and_stay_unique() {
    String parent = "a".repeat(60);
    String child = KnativeNames.deployment(parent);
    assertEquals(63, child.length());
    assertEquals("-deployment", child.substring(52));
    assertEquals("hello-00012", KnativeNames.revision("hello", 12));
    assertEquals(false, child.equals(KnativeNames.deployment("a".repeat(59) + "b")));
  }

  /** Whatever a client sends, it gets an answer. */
  @Property
  void any_text_as_a_container_is_answered(
      @ForAll String image, @ForAll String name, @ForAll String path) {
    var spec = service("{containers: [{}]}");
    var container =
        (ObjectNode) spec.spec().path("template").path("spec").path("containers").path(0);
    container.put("image", image).put("name", name);
    container.putArray("volumeMounts").addObject().put("name", name).put("mountPath", path);
    container.putObject("resources").putObject("limits").put("cpu", path);
    var result = KnativeAdmission.admit(spec, Optional.empty(), "", KnativeFeatures.STOCK);
    assertInstanceOf(KnativeAdmission.Denied.class, result);
  }

  @Test
  void an_object_of_another_kind_gets_no_spec() {
    KubeObject map = KubeObject.named(ResourceTypes.CONFIG_MAP.gvk(), "kn", "settings");
    var result =
        assertInstanceOf(
            KnativeAdmission.Admitted.class,
            KnativeAdmission.admit(map, Optional.empty(), "", KnativeFeatures.STOCK));
    assertEquals(map.tree(), result.object().tree());
  }
}
