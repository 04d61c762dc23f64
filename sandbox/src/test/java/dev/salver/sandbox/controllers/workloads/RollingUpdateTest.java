package dev.salver.sandbox.controllers.workloads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The promises of a rolling update, whatever state it finds. */
final class RollingUpdateTest {
  private static KubeObject set(String name, int size, int available) {
    KubeObject set = KubeObject.named(ResourceTypes.REPLICA_SET.gvk(), "kn", name);
    set.tree().putObject("spec").put("replicas", size);
    set.tree().putObject("status").put("availableReplicas", available);
    return set;
  }

  private static RollingUpdate.Limits limits(int wanted, String surge, String unavailable) {
    KubeObject deployment = KubeObject.named(ResourceTypes.DEPLOYMENT.gvk(), "kn", "web");
    var spec = deployment.tree().putObject("spec").put("replicas", wanted);
    spec.putObject("strategy")
        .putObject("rollingUpdate")
        .put("maxSurge", surge)
        .put("maxUnavailable", unavailable);
    return RollingUpdate.Limits.of(deployment);
  }

  @Test
  void shares_round_surge_up_and_unavailability_down() {
    assertEquals(new RollingUpdate.Limits(10, 3, 2), limits(10, "25%", "25%"));
    assertEquals(new RollingUpdate.Limits(1, 1, 0), limits(1, "25%", "25%"));
    assertEquals(new RollingUpdate.Limits(3, 0, 1), limits(3, "0", "0"));
  }

  @Property
  void a_step_never_ends_more_available_pods_nor_starts_more_than_allowed(
      @ForAll @IntRange(max = 12) int wanted,
      @ForAll @IntRange(max = 4) int surge,
      @ForAll @IntRange(max = 4) int unavailable,
      @ForAll @IntRange(max = 16) int size,
      @ForAll @IntRange(max = 16) int ready,
      @ForAll @Size(max = 3) List<@IntRange(max = 9) Integer> oldSizes,
      @ForAll @IntRange(max = 9) int oldReady) {
    var limits = limits(wanted, String.valueOf(surge), String.valueOf(unavailable));
    KubeObject current = set("new", size, Math.min(size, ready));
    var old = new ArrayList<KubeObject>();
    for (int oldSize : oldSizes) {
      old.add(set("old" + old.size(), oldSize, Math.min(oldSize, oldReady)));
    }

    var sizes = RollingUpdate.step(limits, current, old);

    int before = RollingUpdate.size(current) + old.stream().mapToInt(RollingUpdate::size).sum();
    int after = 0;
    int certainlyAvailable = 0;
    int availableBefore = 0;
    var all = new ArrayList<>(old);
    all.add(current);
    for (KubeObject set : all) {
      int now = sizes.getOrDefault(set.name(), RollingUpdate.size(set));
      assertTrue(now >= 0, set.name());
      after += now;
      availableBefore += RollingUpdate.available(set);
      // The pods that are not available go first.
      certainlyAvailable += Math.min(now, RollingUpdate.available(set));
    }
    assertTrue(after <= Math.max(before, wanted + limits.surge()), "too many: " + sizes);
    int least = Math.min(wanted - limits.unavailable(), availableBefore);
    boolean tooMany = size > wanted;
    assertTrue(tooMany || certainlyAvailable >= least, "too few: " + sizes);
  }
}
