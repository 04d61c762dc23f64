package dev.salver.reconciler.operator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.git.BareRepository;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.run.SystemScheduler;
import dev.salver.reconciler.cluster.Cluster;
import dev.salver.reconciler.serving.CredentialNeed;
import dev.salver.reconciler.serving.Observed;
import dev.salver.reconciler.serving.Rendering;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The operator on real threads, as it starts beside a cluster that is full already. */
final class ThreadsTest {
  private static final int STARTS = 200;
  private static final int EACH = 20;
  private static final int PATIENCE_SECONDS = 30;

  @TempDir Path folder;

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void noStartHangsHoweverTheFirstListsInterleave() throws Exception {
    BareRepository.open(folder.resolve("live.git")).close();
    var options =
        OperatorOptions.of(
            folder.resolve("live.git").toString(), "main", "", folder.resolve("mirror"));
    for (int start = 1; start <= STARTS; start++) {
      int now = start;
      var rendered = new CountDownLatch(EACH);
      try (var scheduler = new SystemScheduler();
          Operator operator =
              Operator.start(
                  new Full(),
                  options,
                  scheduler,
                  happening -> {},
                  Leadership.ALONE,
                  new Counting(rendered))) {
        assertTrue(
            rendered.await(PATIENCE_SECONDS, TimeUnit.SECONDS),
            () -> "start " + now + " hangs; " + operator.status());
      }
    }
  }

  /** Draws nothing, and counts that it was asked. */
  private record Counting(CountDownLatch rendered) implements Renderer {
    @Override
    public List<ResourceType> children() {
      return List.of(ResourceTypes.DEPLOYMENT, ResourceTypes.SERVICE);
    }

    @Override
    public Set<CredentialNeed> credentials(KubeObject service, World world) {
      return Set.of();
    }

    @Override
    public Rendering render(KubeObject service, World world, Observed observed) {
      rendered.countDown();
      return new Rendering(List.of(), Json.object(), List.of(), Optional.empty(), false);
    }
  }

  /** Some objects of every kind; writes are taken and forgotten, watches say nothing. */
  private static final class Full implements Cluster {
    @Override
    public Optional<KubeObject> get(ObjectKey key) {
      return Optional.empty();
    }

    @Override
    public Listing list(ResourceType type, String namespace, String labelSelector) {
      var items = new ArrayList<KubeObject>();
      for (int i = 0; i < EACH; i++) {
        KubeObject item = KubeObject.named(type.gvk(), "demo", "object-" + i);
        item.tree().withObjectProperty("metadata").put("resourceVersion", "1").put("uid", "u" + i);
        items.add(item);
      }
      return new Listing(items, "1");
    }

    @Override
    public AutoCloseable watch(
        ResourceType type, String namespace, String resourceVersion, Watcher watcher) {
      return () -> {};
    }

    @Override
    public Write apply(KubeObject desired, String fieldManager, boolean force) {
      return new Write.Applied(desired);
    }

    @Override
    public Write applyStatus(KubeObject desired, String fieldManager) {
      return new Write.Applied(desired);
    }

    @Override
    public boolean delete(ObjectKey key, String uid) {
      return false;
    }

    @Override
    public void event(KubeObject regarding, String type, String reason, String message) {}

    @Override
    public boolean serves(ResourceType type) {
      return true;
    }

    @Override
    public void close() {}
  }
}
