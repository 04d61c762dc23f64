package dev.salver.sandbox.controllers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Yaml;
import dev.salver.kube.knative.KnativeFeatures;
import dev.salver.kube.run.SystemScheduler;
import dev.salver.sandbox.api.Admission;
import dev.salver.sandbox.api.Api;
import dev.salver.sandbox.api.SandboxApi;
import dev.salver.sandbox.api.Selector;
import dev.salver.sandbox.controllers.knative.KnativeHook;
import dev.salver.sandbox.controllers.knative.KnativeOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** All controllers together. */
final class ControllersTest {
  @Test
  void at_rest_nothing_is_written() {
    try (var world = World.localhost()) {
      world.put(KnativeRestTest.HELLO);
      world.settle();
      world.put(KnativeRestTest.HELLO.replace("hello:1", "fail:2"));
      world.pass(Duration.ofMinutes(30));
      long before = version(world);
      world.pass(Duration.ofMinutes(15));
      assertEquals(before, version(world));
      assertEquals(List.of(), world.failures);
    }
  }

  private static long version(World world) {
    return world.api.list(ResourceTypes.POD, "", Selector.ANY).resourceVersion();
  }

  @Test
  void on_real_threads_many_services_get_ready() throws Exception {
    int services = 20;
    var ready = new CountDownLatch(services);
    var failures = new CopyOnWriteArrayList<String>();
    var seen = new CopyOnWriteArrayList<String>();
    try (var scheduler = new SystemScheduler();
        var api =
            SandboxApi.inMemory(
                scheduler,
                SandboxApi.Options.standard()
                    .with(Admission.of(new KnativeHook(KnativeFeatures.STOCK, "me"))));
        var _ = new StandInNode(api, scheduler);
        var _ =
            Controllers.start(
                api,
                scheduler,
                KnativeOptions.localhost(8080),
                (key, failure, inARow, retryIn) -> failures.add(key + ": " + failure))) {
      api.create(KubeObject.named(ResourceTypes.NAMESPACE.gvk(), "", "kn"), "me");
      try (AutoCloseable _ =
          api.watch(
              ResourceTypes.KNATIVE_SERVICE,
              Selector.ANY,
              event -> {
                if (event.object().is("Ready") && !seen.contains(event.object().name())) {
                  seen.add(event.object().name());
                  ready.countDown();
                }
              })) {
        for (int i = 0; i < services; i++) {
          String yaml = KnativeRestTest.HELLO.replace("name: hello", "name: hello-" + i);
          api.create(new KubeObject((ObjectNode) Yaml.documents(yaml).getFirst()), "me");
        }
        assertTrue(ready.await(60, TimeUnit.SECONDS), () -> seen + " " + failures);
      }
      assertEquals(List.of(), failures);
      api.delete(
          new ObjectKey(ResourceTypes.KNATIVE_SERVICE.gvk(), "kn", "hello-0"),
          Api.Preconditions.NONE);
    }
  }
}
