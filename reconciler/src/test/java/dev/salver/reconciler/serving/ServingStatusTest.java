package dev.salver.reconciler.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.kserve.Runtimes;
import dev.salver.kube.kserve.ServingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ServingStatusTest {
  private static final String LABELS = "{app: isvc.iris-predictor}";

  private final KubeObject service = Sample.service("Standard", Sample.ONNX);

  /** The service with its workload not ready yet and one pod in some state. */
  private KubeObject withPod(String containerStatus) {
    Rendering first = Sample.render(service, Observed.NOTHING);
    var pod =
        Sample.pod(
            LABELS,
            "{phase: Pending, containerStatuses: [{name: kserve-container, %s}]}"
                .formatted(containerStatus));
    return Sample.after(
        service, Sample.render(service, new Observed(first.children(), List.of(pod))));
  }

  private static String target(KubeObject service) {
    return service.status().at("/modelStatus/states/targetModelState").asText();
  }

  @Test
  void aModelIsLoadingWhileItsContainerRunsAndIsNotReady() {
    KubeObject now = withPod("state: {running: {}}");
    assertEquals("Loading", target(now));
    assertEquals("InProgress", now.status().at("/modelStatus/transitionStatus").asText());
  }

  @Test
  void anEndOfTheContainerIsAFailedLoadWithItsLastWords() {
    KubeObject now =
        withPod("state: {terminated: {reason: Error, exitCode: 3, message: 'no such key'}}");
    assertEquals("FailedToLoad", target(now));
    var info = now.status().at("/modelStatus/lastFailureInfo");
    assertEquals("no such key", info.path("message").asText());
    assertEquals(3, info.path("exitCode").asInt());
    String message = now.condition("PredictorReady").path("message").asText();
    assertTrue(message.contains("no such key"), message);
  }

  @Test
  void aContainerKilledForMemoryIsAFailedLoadToo() {
    KubeObject now =
        withPod(
            "state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {reason:"
                + " OOMKilled, exitCode: 137}}");
    assertEquals("FailedToLoad", target(now));
    assertEquals("OOMKilled", now.status().at("/modelStatus/lastFailureInfo/message").asText());
  }

  @Test
  void anImageThatNothingCanRunIsNamedInTheCondition() {
    KubeObject now =
        withPod("state: {waiting: {reason: ImageNotRunnable, message: 'no program for a/b:1'}}");
    assertEquals("Pending", target(now));
    assertEquals("ImageNotRunnable", now.condition("PredictorReady").path("reason").asText());
    String message = now.condition("Ready").path("message").asText();
    assertTrue(message.contains("no program for a/b:1"), message);
  }

  @Test
  void aReadyServiceHasItsModelLoadedAndSaysSoOnce() {
    KubeObject ready = Sample.ready(service);
    Rendering again =
        Sample.render(
            ready,
            new Observed(
                Sample.everything(ready),
                List.of(
                    Sample.pod(
                        LABELS, "{phase: Running, conditions: [{type: Ready, status: 'True'}]}"))));
    assertEquals("Loaded", target(Sample.after(ready, again)));
    assertTrue(Sample.after(ready, again).is("Ready"));
    assertEquals(List.of(), again.events(), "nothing new, no event");
    assertEquals(1, again.status().at("/modelStatus/copies/totalCopies").asInt());
  }

  @Test
  void aNewGenerationIsNotReadyByTheStateOfTheOldOne() {
    KubeObject ready = Sample.ready(service);
    var old = Sample.everything(ready);
    KubeObject changed = ready.copy();
    changed.tree().withObjectProperty("metadata").put("generation", 2);
    ((ObjectNode) changed.tree().at("/spec/predictor/model")).put("storageUri", "s3://m/iris/2");
    KubeObject now = Sample.after(changed, Sample.render(changed, new Observed(old, List.of())));
    assertEquals("Unknown", now.condition("Ready").path("status").asText());
    assertEquals("NewGeneration", now.condition("PredictorReady").path("reason").asText());
    assertEquals(2, now.status().path("observedGeneration").asInt());
    assertEquals(
        "http://iris-demo.example.com",
        now.status().path("url").asText(),
        "the way in stays while the new generation comes up");
  }

  @Test
  void aRolloutInTheMiddleIsNotReady() {
    Rendering first = Sample.render(service, Observed.NOTHING);
    KubeObject deployment =
        ReadyCluster.deployment(Sample.child(first, ResourceTypes.DEPLOYMENT)).copy();
    ObjectNode status = (ObjectNode) deployment.status();
    status.put("updatedReplicas", 0).put("unavailableReplicas", 1);
    ((ObjectNode) status.at("/conditions/1")).put("reason", "ReplicaSetUpdated");
    var children = new ArrayList<>(first.children());
    children.replaceAll(c -> c.key().equals(deployment.key()) ? deployment : c);
    KubeObject now =
        Sample.after(service, Sample.render(service, new Observed(children, List.of())));
    assertEquals("RollingOut", now.condition("PredictorReady").path("reason").asText());
    assertFalse(now.is("Ready"));
  }

  @Test
  void theRouteStaysWhenAComponentIsNotReadyAnyMore() {
    KubeObject ready = Sample.ready(service);
    var broken = new ArrayList<KubeObject>();
    for (KubeObject child : Sample.everything(ready)) {
      KubeObject copy = child.copy();
      if (copy.status().at("/conditions/0") instanceof ObjectNode available) {
        available.put("status", "False").put("reason", "MinimumReplicasUnavailable");
      }
      broken.add(copy);
    }
    Rendering now = Sample.render(ready, new Observed(broken, List.of()));
    assertTrue(
        now.children().stream().anyMatch(c -> c.kind().equals("Ingress")),
        "taking it away would end what still serves");
    assertEquals(
        List.of("InferenceServiceNotReady"),
        now.events().stream().map(Rendering.Notice::reason).toList());
  }

  @Test
  void aServiceThatScaledToZeroIsReadyAndItsModelStandsBy() {
    KubeObject idle =
        Sample.ready(
            Sample.service(
                "Knative",
                "{minReplicas: 0, model: {modelFormat: {name: onnx}, storageUri: 's3://m/iris'}}"));
    assertTrue(idle.is("Ready"));
    assertEquals("Standby", idle.status().at("/modelStatus/states/activeModelState").asText());
  }

  @Test
  void theConfiguredPortEntersUrlsAndNeverHosts() {
    var sections = new TreeMap<>(ServingConfig.DEFAULT.sections());
    ObjectNode ingress = ServingConfig.DEFAULT.section("ingress").deepCopy();
    ingress.put("urlPort", 8080).put("ingressDomain", "localhost");
    sections.put("ingress", ingress);
    var config = new ServingConfig(sections);
    KubeObject now = service;
    Observed observed = Observed.NOTHING;
    Rendering rendering = null;
    for (int pass = 0; pass < 3; pass++) {
      rendering = Serving.render(now, Sample.RUNTIMES, config, Features.ALL, observed);
      observed = new Observed(ReadyCluster.of(rendering.children()), List.of());
      now = Sample.after(now, rendering);
    }
    assertEquals("http://iris-demo.localhost:8080", now.status().path("url").asText());
    assertFalse(rendering.children().toString().contains(".localhost:8080"));
  }

  @Test
  void aServiceThatNoRuntimeServesSaysWhichCameClose() {
    Rendering rendering =
        Serving.render(
            Sample.service("Standard", "{model: {modelFormat: {name: onnx, version: '9'}}}"),
            Sample.RUNTIMES,
            ServingConfig.DEFAULT,
            Features.ALL,
            Observed.NOTHING);
    String text = rendering.status().toString();
    assertTrue(text.contains("NoSupportingRuntime"), text);
    assertTrue(
        Serving.render(
                Sample.service(
                    "Standard", "{model: {modelFormat: {name: sklearn}, protocolVersion: v2}}"),
                Sample.RUNTIMES,
                ServingConfig.DEFAULT,
                Features.ALL,
                Observed.NOTHING)
            .status()
            .toString()
            .contains("foreign (speaks v1, not v2)"));
  }

  @Test
  void aStoppedServiceHasNoChildrenAndSaysSo() {
    KubeObject stopped = service.copy();
    ((ObjectNode) stopped.tree().at("/metadata/annotations")).put("serving.kserve.io/stop", "true");
    Rendering rendering = Sample.render(stopped, Observed.NOTHING);
    assertEquals(List.of(), rendering.children());
    assertTrue(rendering.prune(), "what ran is to be taken down");
    assertTrue(Sample.after(stopped, rendering).is("Stopped"));
  }

  @Test
  void withoutKnativeAKnativeServiceIsRejectedAloud() {
    Rendering rendering =
        Serving.render(
            Sample.service("Knative", Sample.ONNX),
            Runtimes.NONE,
            ServingConfig.DEFAULT,
            Features.of(type -> false, Optional.empty(), Optional.empty()),
            Observed.NOTHING);
    assertEquals("ServerlessModeRejected", rendering.events().getFirst().reason());
  }
}
