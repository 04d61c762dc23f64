package dev.salver.reconciler.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.git.BareRepository;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.reconciler.FakeCluster;
import dev.salver.reconciler.VirtualScheduler;
import dev.salver.reconciler.serving.CredentialNeed;
import dev.salver.reconciler.serving.Observed;
import dev.salver.reconciler.serving.Rendering;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell around rendering, with a rendering that is easy to foresee. */
class ServingOperatorTest {
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final ObjectKey IRIS = key(ResourceTypes.INFERENCE_SERVICE, "iris");
  private static final ObjectKey DEPLOYMENT = key(ResourceTypes.DEPLOYMENT, "iris-predictor");
  private static final ObjectKey SERVICE = key(ResourceTypes.SERVICE, "iris-predictor");

  @TempDir Path folder;
  private final FakeCluster cluster = new FakeCluster();
  private final VirtualScheduler time = new VirtualScheduler();
  private final List<Happening> happenings = new ArrayList<>();
  private final Simple renderer = new Simple();
  private Operator operator;

  /** A Deployment with the image of the config map, a Service where one is asked for. */
  private static final class Simple implements Renderer {
    boolean prune = true;
    int renderings;

    @Override
    public List<ResourceType> children() {
      return List.of(
          ResourceTypes.DEPLOYMENT, ResourceTypes.SERVICE, ResourceTypes.KNATIVE_SERVICE);
    }

    @Override
    public Set<CredentialNeed> credentials(KubeObject service, World world) {
      return Set.of();
    }

    @Override
    public Rendering render(KubeObject service, World world, Observed observed) {
      renderings++;
      String name = service.name() + "-predictor";
      KubeObject deployment =
          KubeObject.named(ResourceTypes.DEPLOYMENT.gvk(), service.namespace(), name);
      String image = world.config().map(c -> c.tree().at("/data/image").asText()).orElse("none");
      deployment.tree().putObject("spec").put("image", image);
      var children = new ArrayList<KubeObject>();
      children.add(deployment);
      if (!service.spec().path("headless").asBoolean()) {
        KubeObject front = KubeObject.named(ResourceTypes.SERVICE.gvk(), service.namespace(), name);
        front.tree().putObject("spec").put("port", 80);
        children.add(front);
      }
      boolean up = observed.child(deployment.key()).map(d -> d.is("Available")).orElse(false);
      ObjectNode status = Json.object();
      status.put("pods", observed.pods().size());
      ObjectNode condition = status.putArray("conditions").addObject();
      condition.put("type", "Ready").put("status", up ? "True" : "False");
      carryOver(service, condition);
      status.put("knative", world.served().contains(ResourceTypes.KNATIVE_SERVICE));
      var events =
          List.of(new Rendering.Notice("Normal", up ? "Ready" : "NotReady", service.name()));
      return new Rendering(children, status, events, Optional.empty(), prune);
    }

    private static void carryOver(KubeObject service, ObjectNode condition) {
      var old = service.condition("Ready");
      if (old.path("status").equals(condition.path("status"))) {
        condition.set("lastTransitionTime", old.path("lastTransitionTime"));
      }
    }
  }

  private static ObjectKey key(ResourceType type, String name) {
    return new ObjectKey(type.gvk(), "demo", name);
  }

  @BeforeEach
  void start() {
    cluster.create(KubeObject.named(ResourceTypes.NAMESPACE.gvk(), "", "demo"), "test");
    cluster.unserved.add(ResourceTypes.KNATIVE_SERVICE);
    BareRepository.open(folder.resolve("live.git")).close();
    operator = operator(OperatorOptions.Serving.UNLESS_KSERVE_RUNS);
  }

  private Operator operator(OperatorOptions.Serving serving) {
    var options =
        OperatorOptions.of(
                folder.resolve("live.git").toString(), "main", "", folder.resolve("mirror"))
            .withServing(serving);
    return Operator.start(cluster, options, time, happenings::add, Leadership.ALONE, renderer);
  }

  @AfterEach
  void stop() {
    operator.close();
  }

  private void create(String name) {
    KubeObject service = KubeObject.named(ResourceTypes.INFERENCE_SERVICE.gvk(), "demo", name);
    service.tree().putObject("spec").put("model", name);
    cluster.create(service, "test");
  }

  private KubeObject get(ObjectKey key) {
    return cluster.get(key).orElseThrow(() -> new AssertionError(key + " is not there"));
  }

  @Test
  void aServiceGetsChildrenThatItOwnsAndAStatus() {
    create("iris");
    time.pass(MOMENT);
    var owner = get(DEPLOYMENT).controllerReference();
    assertEquals(get(IRIS).uid(), owner.path("uid").asText());
    assertEquals("InferenceService", owner.path("kind").asText());
    assertTrue(cluster.get(SERVICE).isPresent());
    var ready = get(IRIS).condition("Ready");
    assertEquals("False", ready.path("status").asText());
    assertEquals("2026-11-22T12:00:00Z", ready.path("lastTransitionTime").asText());
    assertEquals(List.of("InferenceService demo/iris Normal NotReady iris"), cluster.events);
  }

  @Test
  void whereNothingChangesNothingIsWritten() {
    create("iris");
    time.pass(MOMENT);
    cluster.writes.clear();
    int before = renderer.renderings;
    time.pass(Duration.ofHours(1));
    assertEquals(List.of(), cluster.writes);
    assertEquals(before, renderer.renderings);
    assertEquals(1, cluster.events.size());
  }

  @Test
  void aRestartedOperatorWritesNothingWhereNothingChanged() {
    create("iris");
    time.pass(MOMENT);
    operator.close();
    cluster.writes.clear();
    operator = operator(OperatorOptions.Serving.UNLESS_KSERVE_RUNS);
    time.pass(MOMENT);
    assertEquals(List.of(), cluster.writes);
  }

  @Test
  void aChildsStatusBecomesTheServicesStatusAndAnEvent() {
    create("iris");
    time.pass(MOMENT);
    cluster.edit(
        DEPLOYMENT,
        "deployment-controller",
        tree ->
            tree.putObject("status")
                .putArray("conditions")
                .addObject()
                .put("type", "Available")
                .put("status", "True"));
    time.pass(MOMENT);
    assertTrue(get(IRIS).is("Ready"));
    assertEquals("InferenceService demo/iris Normal Ready iris", cluster.events.getLast());
  }

  @Test
  void aChildThatSomebodyChangedOrDeletedIsPutBack() {
    create("iris");
    time.pass(MOMENT);
    cluster.edit(
        DEPLOYMENT, "kubectl", tree -> ((ObjectNode) tree.path("spec")).put("image", "mine"));
    cluster.remove(SERVICE);
    time.pass(MOMENT);
    assertEquals("none", get(DEPLOYMENT).spec().path("image").asText());
    assertTrue(cluster.get(SERVICE).isPresent());
  }

  @Test
  void whatAnAutoscalerSetsOnAChildStays() {
    create("iris");
    time.pass(MOMENT);
    cluster.edit(DEPLOYMENT, "hpa", tree -> ((ObjectNode) tree.path("spec")).put("replicas", 7));
    cluster.edit(IRIS, "test", tree -> ((ObjectNode) tree.path("spec")).put("headless", true));
    time.pass(MOMENT);
    assertEquals(7, get(DEPLOYMENT).spec().path("replicas").asInt());
  }

  @Test
  void aChildThatIsNoLongerRenderedIsDeleted() {
    create("iris");
    time.pass(MOMENT);
    cluster.edit(IRIS, "test", tree -> ((ObjectNode) tree.path("spec")).put("headless", true));
    time.pass(MOMENT);
    assertTrue(cluster.get(SERVICE).isEmpty());
    assertTrue(cluster.get(DEPLOYMENT).isPresent());
  }

  @Test
  void whereNothingCouldBeRenderedWhatRanBeforeGoesOn() {
    create("iris");
    time.pass(MOMENT);
    renderer.prune = false;
    cluster.edit(IRIS, "test", tree -> ((ObjectNode) tree.path("spec")).put("headless", true));
    time.pass(MOMENT);
    assertTrue(cluster.get(SERVICE).isPresent());
  }

  @Test
  void aDeletedServicesChildrenAreDeletedWithoutAGarbageCollector() {
    create("iris");
    create("wine");
    time.pass(MOMENT);
    cluster.remove(IRIS);
    time.pass(MOMENT);
    assertTrue(cluster.get(DEPLOYMENT).isEmpty());
    assertTrue(cluster.get(SERVICE).isEmpty());
    assertTrue(cluster.get(key(ResourceTypes.DEPLOYMENT, "wine-predictor")).isPresent());
  }

  @Test
  void whatAServiceLeftBehindWhileNobodyLookedIsDeletedLater() {
    create("iris");
    time.pass(MOMENT);
    operator.close();
    cluster.remove(IRIS);
    operator = operator(OperatorOptions.Serving.UNLESS_KSERVE_RUNS);
    time.pass(MOMENT);
    assertTrue(cluster.get(DEPLOYMENT).isEmpty());
  }

  @Test
  void aServiceMadeAnewUnderItsOldNameGetsChildrenOfItsOwn() {
    create("iris");
    time.pass(MOMENT);
    cluster.remove(IRIS);
    create("iris");
    time.pass(Duration.ofMinutes(1));
    assertEquals(get(IRIS).uid(), get(DEPLOYMENT).controllerReference().path("uid").asText());
  }

  @Test
  void aForeignObjectOfAChildsNameIsLeftAloneAndNamed() {
    KubeObject theirs = KubeObject.named(ResourceTypes.DEPLOYMENT.gvk(), "demo", "iris-predictor");
    theirs.tree().putObject("spec").put("image", "theirs");
    cluster.create(theirs, "kubectl");
    create("iris");
    time.pass(MOMENT);
    assertEquals("theirs", get(DEPLOYMENT).spec().path("image").asText());
    assertTrue(cluster.get(SERVICE).isPresent(), "the others go on");
    assertTrue(
        cluster.events.stream().anyMatch(e -> e.contains("exists already")),
        cluster.events.toString());
  }

  @Test
  void aChangedConfigReachesEveryService() {
    create("iris");
    create("wine");
    time.pass(MOMENT);
    KubeObject config =
        KubeObject.named(ResourceTypes.CONFIG_MAP.gvk(), "kserve", "inferenceservice-config");
    config.tree().putObject("data").put("image", "v2");
    cluster.create(config, "test");
    time.pass(MOMENT);
    assertEquals("v2", get(DEPLOYMENT).spec().path("image").asText());
    assertEquals(
        "v2", get(key(ResourceTypes.DEPLOYMENT, "wine-predictor")).spec().path("image").asText());
  }

  @Test
  void podsOfAServiceAreSeen() {
    create("iris");
    time.pass(MOMENT);
    KubeObject pod = KubeObject.named(ResourceTypes.POD.gvk(), "demo", "p");
    ((ObjectNode) pod.metadata())
        .putObject("labels")
        .put("serving.kserve.io/inferenceservice", "iris");
    cluster.create(pod, "kubelet");
    time.pass(MOMENT);
    assertEquals(1, get(IRIS).status().path("pods").asInt());
    cluster.remove(pod.key());
    time.pass(MOMENT);
    assertEquals(0, get(IRIS).status().path("pods").asInt());
  }

  @Test
  void kindsThatAreInstalledLaterAreNoticed() {
    create("iris");
    time.pass(MOMENT);
    assertFalse(get(IRIS).status().path("knative").asBoolean());
    cluster.unserved.clear();
    time.pass(Duration.ofMinutes(1));
    assertTrue(get(IRIS).status().path("knative").asBoolean());
  }

  @Test
  void servingStandsAsideWhereKservesOwnControllerRunsAndTakesOverWhenItGoes() {
    operator.close();
    KubeObject controller =
        KubeObject.named(ResourceTypes.DEPLOYMENT.gvk(), "kserve", "kserve-controller-manager");
    controller.tree().putObject("status").put("availableReplicas", 1);
    cluster.create(controller, "kserve");
    operator = operator(OperatorOptions.Serving.UNLESS_KSERVE_RUNS);
    create("iris");
    time.pass(MOMENT);
    assertTrue(cluster.get(DEPLOYMENT).isEmpty());
    assertEquals("KServe's own controller runs in namespace kserve", operator.status().serving());
    cluster.edit(controller.key(), "x", tree -> tree.remove("status"));
    time.pass(MOMENT);
    assertTrue(cluster.get(DEPLOYMENT).isPresent());
    assertEquals("", operator.status().serving());
  }

  @Test
  void besideKserveItServesWhereItIsToldTo() {
    operator.close();
    KubeObject controller =
        KubeObject.named(ResourceTypes.DEPLOYMENT.gvk(), "kserve", "kserve-controller-manager");
    controller.tree().putObject("status").put("availableReplicas", 1);
    cluster.create(controller, "kserve");
    operator = operator(OperatorOptions.Serving.ALWAYS);
    create("iris");
    time.pass(MOMENT);
    assertTrue(cluster.get(DEPLOYMENT).isPresent());
  }

  @Test
  void aRefusedChildIsAnEventOnTheServiceAndTriedAgain() {
    cluster.refuse(SERVICE, 422, "port: Invalid value");
    create("iris");
    time.pass(MOMENT);
    assertTrue(cluster.get(DEPLOYMENT).isPresent());
    assertTrue(
        cluster.events.stream().anyMatch(e -> e.contains("port: Invalid value")),
        cluster.events.toString());
    cluster.allow(SERVICE);
    time.pass(Duration.ofMinutes(1));
    assertTrue(cluster.get(SERVICE).isPresent());
  }

  @Test
  void anApiServerThatGoesAwayDeletesNothing() {
    create("iris");
    time.pass(MOMENT);
    cluster.goDown();
    cluster.closeWatches(ResourceTypes.INFERENCE_SERVICE);
    time.pass(Duration.ofMinutes(2));
    cluster.comeBack();
    time.pass(Duration.ofMinutes(1));
    assertTrue(cluster.get(DEPLOYMENT).isPresent());
    assertEquals(List.of(), cluster.writesMentioning("delete"));
  }
}
