package dev.salver.sandbox.api;

import static dev.salver.sandbox.api.Objects.configMap;
import static dev.salver.sandbox.api.Objects.deployment;
import static dev.salver.sandbox.api.Objects.namespace;
import static dev.salver.sandbox.api.Objects.with;
import static dev.salver.sandbox.api.Objects.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who owns which field, on every face. */
final class ServerSideApplyTest {
  private final String space = "apply-" + UUID.randomUUID().toString().substring(0, 8);

  static Stream<Face> faces() {
    return Face.all();
  }

  @ParameterizedTest
  @MethodSource("faces")
  void anApplyMakesTheObjectAndOwnsWhatItSays(Face face) {
    try (Target target = face.open()) {
      KubeObject made = opened(target).apply(configMap(space, "a", "{k: v}"), "git", false);
      assertEquals("v", made.tree().at("/data/k").asText());
      assertEquals("{\"f:data\":{\"f:k\":{}}}", Json.write(fields(made, "git", "Apply", "")));
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void applyingTheSameAgainMakesNoNewVersion(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      KubeObject first = api.apply(deployment(space, "d", 2, "a:1"), "git", false);
      KubeObject second = api.apply(deployment(space, "d", 2, "a:1"), "git", false);
      assertEquals(first.resourceVersion(), second.resourceVersion());
      assertEquals(first.generation(), second.generation());
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void anotherValueForAnothersFieldIsAConflictThatNamesOwnerAndPath(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      api.apply(deployment(space, "d", 2, "a:1"), "git", false);
      var one =
          assertThrows(
              ApiException.class,
              () -> api.apply(deployment(space, "d", 3, "a:1"), "rollout", false));
      assertEquals(409, one.code());
      assertEquals("Conflict", one.reason());
      assertEquals(
          "Apply failed with 1 conflict: conflict with \"git\": .spec.replicas", one.getMessage());
      var two =
          assertThrows(
              ApiException.class,
              () -> api.apply(deployment(space, "d", 3, "a:2"), "rollout", false));
      assertEquals(
          "Apply failed with 2 conflicts: conflicts with \"git\":\n- .spec.replicas\n"
              + "- .spec.template.spec.containers[name=\"main\"].image",
          two.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void aConflictWithAnUpdaterSaysTheVersionItUsed(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      KubeObject made = api.apply(deployment(space, "d", 2, "a:1"), "git", false);
      api.update(with(made, tree -> tree.withObject("/spec").put("replicas", 5)), "autoscaler");
      var refused =
          assertThrows(
              ApiException.class, () -> api.apply(deployment(space, "d", 2, "a:1"), "git", false));
      assertEquals(
          "Apply failed with 1 conflict: conflict with \"autoscaler\" using apps/v1:"
              + " .spec.replicas",
          refused.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void forceTakesTheFieldFromItsOwner(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      api.apply(configMap(space, "a", "{k: v, stays: s}"), "git", false);
      KubeObject taken = api.apply(configMap(space, "a", "{k: w}"), "rollout", true);
      assertEquals("w", taken.tree().at("/data/k").asText());
      assertEquals("{\"f:data\":{\"f:stays\":{}}}", Json.write(fields(taken, "git", "Apply", "")));
      assertEquals("{\"f:data\":{\"f:k\":{}}}", Json.write(fields(taken, "rollout", "Apply", "")));
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void theSameValueIsOwnedByBothAndGoesWithTheLast(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      api.apply(configMap(space, "a", "{k: v, mine: m}"), "one", false);
      api.apply(configMap(space, "a", "{k: v, yours: y}"), "two", false);
      KubeObject half = api.apply(configMap(space, "a", "{mine: m}"), "one", false);
      assertEquals("v", half.tree().at("/data/k").asText());
      KubeObject gone = api.apply(configMap(space, "a", "{yours: y}"), "two", false);
      assertTrue(gone.tree().at("/data/k").isMissingNode());
      assertEquals("m", gone.tree().at("/data/mine").asText());
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void whatItsOnlyOwnerNoLongerAppliesIsRemoved(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      api.apply(
          with(
              configMap(space, "a", "{k: v, l: w}"),
              tree -> tree.withObject("/metadata/labels").put("tier", "front")),
          "git",
          false);
      KubeObject less = api.apply(configMap(space, "a", "{k: v}"), "git", false);
      assertEquals("{\"k\":\"v\"}", Json.write(less.tree().path("data")));
      assertTrue(less.metadata().path("labels").isMissingNode());
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void listItemsAreMergedByTheirKey(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      api.apply(deployment(space, "d", 1, "a:1"), "git", false);
      KubeObject sidecar =
          yaml(
              """
              apiVersion: apps/v1
              kind: Deployment
              metadata: {name: d, namespace: %s}
              spec:
                template:
                  spec:
                    containers:
                    - {name: agent, image: "agent:1", env: [{name: A, value: "1"}]}
                    - {name: main, env: [{name: B, value: "2"}]}
              """
                  .formatted(space));
      KubeObject both = api.apply(sidecar, "mesh", false);
      assertEquals(List.of("agent", "main"), containers(both).sorted().toList());
      assertEquals(1, container(both, "main").path("env").size());
      assertEquals("a:1", container(both, "main").path("image").asText());
      assertTrue(
          fields(both, "mesh", "Apply", "")
              .at("/f:spec/f:template/f:spec/f:containers")
              .has("k:{\"name\":\"agent\"}"));

      KubeObject bare =
          api.apply(
              yaml(
                  "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, namespace: %s}}"
                      .formatted(space)),
              "mesh",
              false);
      assertEquals(List.of("main"), containers(bare).toList());
      assertTrue(container(bare, "main").path("env").isEmpty());
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void portsAreToldApartByNumberAndProtocol(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      api.apply(service("{port: 80}, {port: 53, protocol: UDP, name: dns}", "one"), "one", false);
      var refused =
          assertThrows(
              ApiException.class,
              () ->
                  api.apply(
                      service("{port: 53, protocol: UDP, name: other}", "one"), "two", false));
      assertEquals(
          "Apply failed with 1 conflict: conflict with \"one\":"
              + " .spec.ports[port=53,protocol=\"UDP\"].name",
          refused.getMessage());
      KubeObject merged =
          api.apply(service("{port: 53, protocol: TCP, name: tcp}", "one"), "two", false);
      assertEquals(3, merged.spec().path("ports").size());
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void finalizersAreASet(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      api.apply(finalized("salver.dev/one"), "one", false);
      KubeObject both = api.apply(finalized("salver.dev/two"), "two", false);
      assertEquals(2, both.metadata().path("finalizers").size());
      KubeObject one = api.apply(configMap(space, "a", "{}"), "two", false);
      assertEquals("[\"salver.dev/one\"]", Json.write(one.metadata().path("finalizers")));
      api.apply(configMap(space, "a", "{}"), "one", false);
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void aListWithoutKeysBelongsToOneAsAWhole(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      KubeObject tolerant = tolerations("{key: a, operator: Exists}");
      api.apply(deployment(space, "d", 1, "a:1"), "git", false);
      api.apply(tolerant, "one", false);
      var refused =
          assertThrows(
              ApiException.class,
              () -> api.apply(tolerations("{key: b, operator: Exists}"), "two", false));
      assertTrue(refused.getMessage().endsWith(".spec.template.spec.tolerations"));
      KubeObject taken = api.apply(tolerations("{key: b, operator: Exists}"), "two", true);
      assertEquals("b", taken.tree().at("/spec/template/spec/tolerations/0/key").asText());
      assertEquals(1, taken.tree().at("/spec/template/spec/tolerations").size());
      assertTrue(fields(taken, "one", "Apply", "").isMissingNode());
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void anUpdateOwnsWhatItChangedAndTakesItFromTheApplier(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      KubeObject made = api.apply(configMap(space, "a", "{k: v, l: w}"), "git", false);
      KubeObject edited =
          api.update(with(made, tree -> tree.withObject("/data").put("k", "x")), "editor");
      assertEquals("{\"f:data\":{\"f:k\":{}}}", Json.write(fields(edited, "editor", "Update", "")));
      assertEquals("{\"f:data\":{\"f:l\":{}}}", Json.write(fields(edited, "git", "Apply", "")));
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void statusIsAnEndpointOfItsOwnWithOwnersOfItsOwn(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      KubeObject made = api.apply(deployment(space, "d", 1, "a:1"), "git", false);
      KubeObject reported =
          api.updateStatus(
              with(made, tree -> tree.putObject("status").put("observedGeneration", 1)),
              "controller");
      assertEquals(
          "{\"f:status\":{\"f:observedGeneration\":{}}}",
          Json.write(withoutSelf(fields(reported, "controller", "Update", "status"), "f:status")));
      KubeObject pretending =
          with(
              deployment(space, "d", 1, "a:1"),
              tree -> tree.putObject("status").put("observedGeneration", 7));
      KubeObject after = api.apply(pretending, "git", false);
      assertEquals(1, after.status().path("observedGeneration").asInt());
      assertFalse(fields(after, "git", "Apply", "").has("f:status"));
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void twoItemsWithOneKeyAreRefused(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      var refused =
          assertThrows(
              ApiException.class,
              () -> api.apply(service("{port: 80}, {port: 80}", "x"), "git", false));
      assertTrue(refused.getMessage().contains("duplicate entries for key"), refused::getMessage);
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void managedFieldsCannotBeApplied(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      KubeObject made = api.apply(configMap(space, "a", "{k: v}"), "git", false);
      var refused = assertThrows(ApiException.class, () -> api.apply(made, "git", false));
      assertEquals(400, refused.code());
      assertEquals("metadata.managedFields must be nil", refused.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void ownershipCanBeHandedOverByWritingIt(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      KubeObject made = api.create(configMap(space, "a", "{k: v}"), "old");
      KubeObject handed =
          api.update(
              with(
                  made,
                  tree -> {
                    var entry = (ObjectNode) tree.at("/metadata/managedFields/0");
                    entry.put("manager", "git").put("operation", "Apply");
                  }),
              "migration");
      assertTrue(fields(handed, "git", "Apply", "").has("f:data"));
      KubeObject emptied = api.apply(configMap(space, "a", "{}"), "git", false);
      assertTrue(emptied.tree().path("data").isEmpty());
    }
  }

  private Api opened(Target target) {
    target.api().create(namespace(space), "test");
    target.owns(space);
    return target.api();
  }

  private KubeObject service(String ports, String app) {
    return yaml(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: s, namespace: %s}
        spec: {selector: {app: %s}, ports: [%s]}
        """
            .formatted(space, app, ports));
  }

  private KubeObject finalized(String finalizer) {
    return with(
        configMap(space, "a", "{}"),
        tree -> tree.withObject("/metadata").putArray("finalizers").add(finalizer));
  }

  private KubeObject tolerations(String list) {
    return yaml(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: d, namespace: %s}
        spec: {template: {spec: {tolerations: [%s]}}}
        """
            .formatted(space, list));
  }

  private static Stream<String> containers(KubeObject deployment) {
    return StreamSupport.stream(
            deployment.tree().at("/spec/template/spec/containers").spliterator(), false)
        .map(container -> container.path("name").asText());
  }

  private static JsonNode container(KubeObject deployment, String name) {
    for (JsonNode container : deployment.tree().at("/spec/template/spec/containers")) {
      if (container.path("name").asText().equals(name)) {
        return container;
      }
    }
    throw new AssertionError("no container " + name + " in " + deployment);
  }

  private static JsonNode withoutSelf(JsonNode fields, String field) {
    JsonNode copy = fields.deepCopy();
    ((ObjectNode) copy.path(field)).remove(".");
    return copy;
  }

  private static JsonNode fields(
      KubeObject object, String manager, String operation, String subresource) {
    for (JsonNode entry : object.metadata().path("managedFields")) {
      if (entry.path("manager").asText().equals(manager)
          && entry.path("operation").asText().equals(operation)
          && entry.path("subresource").asText().equals(subresource)) {
        return entry.path("fieldsV1");
      }
    }
    return MissingNode.getInstance();
  }
}
