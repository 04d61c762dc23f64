package dev.salver.sandbox.api;

import static dev.salver.sandbox.api.Objects.configMap;
import static dev.salver.sandbox.api.Objects.deployment;
import static dev.salver.sandbox.api.Objects.namespace;
import static dev.salver.sandbox.api.Objects.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.sandbox.api.Api.Preconditions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients rely on, tried on every face of the sandbox and on a real API server if given. */
final class ApiContractTest {
  private static final String ME = "contract";

  private final String space = "contract-" + UUID.randomUUID().toString().substring(0, 8);

  static Stream<Face> faces() {
    return Face.all();
  }

  @ParameterizedTest
  @MethodSource("faces")
  void aCreatedObjectHasAnIdentityAndIsFound(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      KubeObject created = api.create(configMap(space, "a", "{k: v}"), ME);
      assertFalse(created.uid().isEmpty());
      assertFalse(created.resourceVersion().isEmpty());
      assertTrue(created.metadata().hasNonNull("creationTimestamp"));
      assertEquals(created, api.get(created.key()).orElseThrow());
      assertEquals(
          List.of("a"),
          api.list(ResourceTypes.CONFIG_MAP, space, Selector.ANY).items().stream()
              .map(KubeObject::name)
              .filter(name -> !name.equals("kube-root-ca.crt"))
              .toList());
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void aTakenNameIsAConflict(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      api.create(configMap(space, "a", "{}"), ME);
      var refused = refused(() -> api.create(configMap(space, "a", "{}"), ME));
      assertEquals(409, refused.code());
      assertEquals("AlreadyExists", refused.reason());
      assertEquals("configmaps \"a\" already exists", refused.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void anUnknownNamespaceTakesNothing(Face face) {
    try (Target target = face.open()) {
      var refused =
          refused(() -> target.api().create(configMap("nowhere-" + space, "a", "{}"), ME));
      assertEquals(404, refused.code());
      assertEquals("namespaces \"nowhere-" + space + "\" not found", refused.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void generatedNamesAreDistinct(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      KubeObject template =
          with(
              configMap(space, "x", "{}"),
              tree -> tree.withObject("/metadata").put("generateName", "run-").remove("name"));
      String first = api.create(template, ME).name();
      String second = api.create(template, ME).name();
      assertTrue(first.matches("run-[a-z0-9]{5}"), first);
      assertNotEquals(first, second);
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void aStaleUpdateIsRefusedAndAFreshOneTaken(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      KubeObject first = api.create(configMap(space, "a", "{k: v}"), ME);
      KubeObject second =
          api.update(with(first, tree -> tree.withObject("/data").put("k", "w")), ME);
      assertNotEquals(first.resourceVersion(), second.resourceVersion());
      assertEquals(first.uid(), second.uid());
      var refused =
          refused(() -> api.update(with(first, t -> t.withObject("/data").put("k", "x")), ME));
      assertEquals(409, refused.code());
      assertEquals("Conflict", refused.reason());
      assertTrue(refused.getMessage().contains("the object has been modified"));
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void anUpdateThatChangesNothingMakesNoNewVersion(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      KubeObject first = api.create(configMap(space, "a", "{k: v}"), ME);
      assertEquals(first.resourceVersion(), api.update(first, ME).resourceVersion());
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void generationCountsTheSpecAndNeitherStatusNorLabels(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      KubeObject first = api.create(deployment(space, "d", 1, "a:1"), ME);
      assertEquals(1, first.generation());
      KubeObject labelled =
          api.update(
              with(first, tree -> tree.withObject("/metadata/labels").put("more", "yes")), ME);
      assertEquals(1, labelled.generation());
      KubeObject reported =
          api.updateStatus(
              with(
                  labelled,
                  tree -> {
                    tree.withObject("/status").put("observedGeneration", 1);
                    tree.withObject("/spec").put("replicas", 9);
                  }),
              ME);
      assertEquals(1, reported.generation());
      assertEquals(1, reported.spec().path("replicas").asInt());
      assertEquals(1, reported.status().path("observedGeneration").asInt());
      KubeObject scaled =
          api.update(
              with(
                  reported,
                  tree -> {
                    tree.withObject("/spec").put("replicas", 2);
                    tree.remove("status");
                  }),
              ME);
      assertEquals(2, scaled.generation());
      assertEquals(1, scaled.status().path("observedGeneration").asInt());
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void aFinalizerHoldsADeletedObjectUntilItIsTakenOff(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      KubeObject held =
          api.create(
              with(
                  configMap(space, "a", "{}"),
                  tree -> tree.withObject("/metadata").putArray("finalizers").add("salver.dev/x")),
              ME);
      api.delete(held.key(), Preconditions.NONE);
      KubeObject dying = api.get(held.key()).orElseThrow();
      assertTrue(dying.isBeingDeleted());
      var refused =
          refused(
              () ->
                  api.update(
                      with(
                          dying,
                          t ->
                              t.withObject("/metadata")
                                  .withArray("finalizers")
                                  .add("salver.dev/y")),
                      ME));
      assertEquals(422, refused.code());
      api.update(with(dying, t -> t.withObject("/metadata").putArray("finalizers")), ME);
      assertTrue(api.get(held.key()).isEmpty());
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void aDeletionMeansTheObjectItNames(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      KubeObject object = api.create(configMap(space, "a", "{}"), ME);
      var refused = refused(() -> api.delete(object.key(), new Preconditions("other-uid", "")));
      assertEquals(409, refused.code());
      api.delete(object.key(), new Preconditions(object.uid(), object.resourceVersion()));
      assertTrue(api.get(object.key()).isEmpty());
      api.delete(object.key(), Preconditions.NONE);
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void labelsSelect(Face face) {
    try (Target target = face.open()) {
      Api api = opened(target);
      api.create(
          with(
              configMap(space, "a", "{}"),
              tree -> tree.withObject("/metadata/labels").put("tier", "front")),
          ME);
      api.create(configMap(space, "b", "{}"), ME);
      var found =
          api.list(ResourceTypes.CONFIG_MAP, space, Selector.labels(Map.of("tier", "front")));
      assertEquals(List.of("a"), found.items().stream().map(KubeObject::name).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("faces")
  void aWatchTellsWhatIsThereAndThenEachChangeInOrder(Face face) throws Exception {
    try (Target target = face.open()) {
      Api api = opened(target);
      KubeObject first =
          api.create(
              with(
                  configMap(space, "a", "{n: '0'}"),
                  tree -> tree.withObject("/metadata/labels").put("watched", space)),
              ME);
      var events = new LinkedBlockingQueue<Api.Event>();
      try (var watch =
          target.watch(ResourceTypes.CONFIG_MAP, Map.of("watched", space), events::add)) {
        assertNotNull(watch);
        assertEquals("ADDED 0", next(events));
        for (int i = 1; i <= 20; i++) {
          String n = Integer.toString(i);
          api.update(
              with(
                  first,
                  tree -> {
                    tree.withObject("/data").put("n", n);
                    tree.withObject("/metadata").remove("resourceVersion");
                  }),
              ME);
        }
        for (int i = 1; i <= 20; i++) {
          assertEquals("MODIFIED " + i, next(events));
        }
        KubeObject live = api.get(first.key()).orElseThrow();
        api.update(with(live, tree -> tree.withObject("/metadata/labels").remove("watched")), ME);
        assertEquals("DELETED 20", next(events));
        api.update(with(live, tree -> tree.withObject("/metadata").remove("resourceVersion")), ME);
        assertEquals("ADDED 20", next(events));
        api.delete(first.key(), Preconditions.NONE);
        assertEquals("DELETED 20", next(events));
      }
    }
  }

  private static String next(LinkedBlockingQueue<Api.Event> events) throws InterruptedException {
    var event = events.poll(20, TimeUnit.SECONDS);
    return event == null
        ? "nothing"
        : event.type() + " " + event.object().tree().path("data").path("n").asText();
  }

  private Api opened(Target target) {
    target.api().create(namespace(space), ME);
    target.owns(space);
    return target.api();
  }

  private static ApiException refused(Runnable call) {
    return assertThrows(ApiException.class, call::run);
  }
}
