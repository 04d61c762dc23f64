package dev.salver.reconciler.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Watches tell what happens, and when they end. */
class KubeWatchTest extends ServedCluster {
  @Test
  void aWatchTellsEventsInOrderHoweverTheyArrive() throws Exception {
    var release = new CountDownLatch(1);
    String events =
        """
        {"type": "ADDED", "object": {"kind": "ConfigMap", "metadata": {"name": "ä"}}}
        {"type": "BOOKMARK", "object": {"metadata": {"resourceVersion": "8"}}}
        {"type": "MODIFIED", "object": {"kind": "ConfigMap", "metadata": {"name": "b"}}}
        {"type": "DELETED", "object": {"kind": "ConfigMap", "metadata": {"name": "c"}}}
        """;
    server.handle(
        (request, answer) -> {
          var out = answer.stream();
          for (byte one : events.getBytes(StandardCharsets.UTF_8)) {
            out.write(one);
            out.flush();
          }
          assertTrue(release.await(30, TimeUnit.SECONDS));
        });
    var told = new LinkedBlockingQueue<String>();
    try (var watch = cluster.watch(ResourceTypes.CONFIG_MAP, "demo", "7", watcher(told))) {
      assertEquals("changed ä", told.poll(30, TimeUnit.SECONDS));
      assertEquals("changed b", told.poll(30, TimeUnit.SECONDS));
      assertEquals("deleted c", told.poll(30, TimeUnit.SECONDS));
      release.countDown();
      assertEquals("closed", told.poll(30, TimeUnit.SECONDS));
      assertTrue(watch.toString().contains("HttpWatch"));
    }
    assertTrue(server.requests.getFirst().query().contains("watch=true"));
    assertTrue(server.requests.getFirst().query().contains("resourceVersion=7"));
  }

  @Test
  void aWatchFromTooLongAgoIsClosed() throws Exception {
    server.handle(
        (request, answer) ->
            answer.stream()
                .write(
                    "{\"type\": \"ERROR\", \"object\": {\"code\": 410}}\n"
                        .getBytes(StandardCharsets.UTF_8)));
    var told = new LinkedBlockingQueue<String>();
    try (var watch = cluster.watch(ResourceTypes.CONFIG_MAP, "demo", "7", watcher(told))) {
      assertEquals("closed", told.poll(30, TimeUnit.SECONDS), watch.toString());
    }
    server.handle((request, answer) -> answer.json(410, status(410, "Expired", "")));
    try (var watch = cluster.watch(ResourceTypes.CONFIG_MAP, "demo", "7", watcher(told))) {
      assertEquals("closed", told.poll(30, TimeUnit.SECONDS), watch.toString());
    }
  }

  @Test
  void aWatchThatIsClosedHereTellsNothingMore() throws Exception {
    var opened = new CountDownLatch(1);
    var closed = new CountDownLatch(1);
    server.handle(
        (request, answer) -> {
          var out = answer.stream();
          out.flush();
          opened.countDown();
          assertTrue(closed.await(30, TimeUnit.SECONDS));
        });
    var told = new LinkedBlockingQueue<String>();
    AutoCloseable watch = cluster.watch(ResourceTypes.CONFIG_MAP, "demo", "7", watcher(told));
    assertTrue(opened.await(30, TimeUnit.SECONDS));
    watch.close();
    closed.countDown();
    server.handle((request, answer) -> answer.json(200, stored()));
    assertTrue(cluster.get(MAP).isPresent());
    assertEquals(List.of(), List.copyOf(told));
  }

  private static Cluster.Watcher watcher(LinkedBlockingQueue<String> told) {
    return new Cluster.Watcher() {
      @Override
      public void changed(KubeObject object) {
        told.add("changed " + object.name());
      }

      @Override
      public void deleted(KubeObject last) {
        told.add("deleted " + last.name());
      }

      @Override
      public void closed(String why) {
        told.add("closed");
      }
    };
  }
}
