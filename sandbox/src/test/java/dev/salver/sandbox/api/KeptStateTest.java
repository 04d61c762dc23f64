package dev.salver.sandbox.api;

import static dev.salver.sandbox.api.Objects.configMap;
import static dev.salver.sandbox.api.Objects.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.run.SystemScheduler;
import dev.salver.sandbox.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeptStateTest {
  @TempDir Path temp;

  @Test
  void aRestartKeepsObjectsIdentitiesAndVersions() throws IOException {
    KubeObject made = run(api -> api.create(configMap("default", "a", "{k: v}"), "test"));
    run(
        api -> {
          assertEquals(made, api.get(made.key()).orElseThrow());
          KubeObject next =
              api.update(with(made, tree -> tree.withObject("/data").put("k", "w")), "test");
          assertTrue(version(next) > version(made));
          assertEquals(made.uid(), next.uid());
          return next;
        });
  }

  @Test
  void aRemovedObjectStaysRemovedAndItsVersionUsed() throws IOException {
    long last =
        run(
            api -> {
              KubeObject made = api.create(configMap("default", "a", "{}"), "test");
              api.delete(made.key(), Api.Preconditions.NONE);
              return api.version();
            });
    long after =
        run(
            api -> {
              assertTrue(
                  api.list(ResourceTypes.CONFIG_MAP, "default", Selector.ANY).items().isEmpty());
              return api.version();
            });
    assertEquals(last, after);
  }

  @Test
  void manyWritesAreCompactedAndAllThereAfterwards() throws IOException {
    String filler = "x".repeat(20_000);
    run(
        api -> {
          for (int i = 0; i < 600; i++) {
            String name = "m-" + i % 20;
            api.apply(
                configMap("default", name, "{n: '" + i + "', filler: " + filler + "}"), "t", true);
          }
          return api.version();
        });
    try (var files = Files.list(temp.resolve("objects"))) {
      long size = files.mapToLong(file -> file.toFile().length()).sum();
      assertTrue(size < 6L << 20, "the folder has " + size + " bytes");
    }
    run(
        api -> {
          var items = api.list(ResourceTypes.CONFIG_MAP, "default", Selector.ANY).items();
          assertEquals(20, items.size());
          items.forEach(
              item -> assertTrue(item.tree().at("/data/n").asInt() >= 580, item::toString));
          return items;
        });
  }

  @Test
  void aCrashInTheMiddleOfAWriteLosesThatWriteAlone() throws IOException {
    run(api -> api.create(configMap("default", "a", "{}"), "test"));
    Path log = temp.resolve("objects/objects.log.0");
    int before = (int) Files.size(log);
    run(api -> api.create(configMap("default", "b", "{}"), "test"));
    byte[] whole = Files.readAllBytes(log);
    for (int length = before; length < whole.length; length += 7) {
      Files.write(log, Arrays.copyOf(whole, length));
      run(
          api -> {
            assertTrue(api.get(configMap("default", "a", "{}").key()).isPresent());
            assertTrue(api.get(configMap("default", "b", "{}").key()).isEmpty());
            return api.version();
          });
    }
  }

  private <T> T run(Function<SandboxApi, T> task) throws IOException {
    try (var scheduler = new SystemScheduler();
        var folder = StateFolder.open(temp);
        var api = SandboxApi.open(scheduler, Optional.of(folder), SandboxApi.Options.standard())) {
      return task.apply(api);
    }
  }

  private static long version(KubeObject object) {
    return Long.parseLong(object.resourceVersion());
  }
}
