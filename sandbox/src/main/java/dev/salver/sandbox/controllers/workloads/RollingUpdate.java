package dev.salver.sandbox.controllers.workloads;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The next step of a rollout as sizes of its ReplicaSets: never more pods than surge allows, never
 * fewer available ones than the strategy asks for. Pods that are not available go first.
 */
final class RollingUpdate {
  private RollingUpdate() {}

  /** How far a rollout may deviate from the wanted number, in pods. */
  record Limits(int wanted, int surge, int unavailable) {
    static Limits of(KubeObject deployment) {
      int wanted = deployment.spec().path("replicas").asInt(1);
      JsonNode rolling = deployment.spec().path("strategy").path("rollingUpdate");
      int surge = pods(rolling.path("maxSurge"), wanted, true);
      int unavailable = pods(rolling.path("maxUnavailable"), wanted, false);
      if (surge == 0 && unavailable == 0) {
        unavailable = 1;
      }
      return new Limits(wanted, surge, Math.min(unavailable, wanted));
    }

    private static int pods(JsonNode value, int of, boolean roundUp) {
      String text = value.isMissingNode() || value.isNull() ? "25%" : value.asText();
      try {
        if (text.endsWith("%")) {
          double share = Integer.parseInt(text.substring(0, text.length() - 1)) * of / 100.0;
          return Math.max(0, (int) (roundUp ? Math.ceil(share) : Math.floor(share)));
        }
        return Math.max(0, Integer.parseInt(text));
      } catch (NumberFormatException e) {
        return roundUp ? 1 : 0;
      }
    }
  }

  /**
   * New sizes by ReplicaSet name; a set that is left out stays as it is.
   *
   * @param current the set of the present template
   * @param old the others
   */
  static Map<String, Integer> step(Limits limits, KubeObject current, List<KubeObject> old) {
    var sizes = new LinkedHashMap<String, Integer>();
    int oldPods = old.stream().mapToInt(RollingUpdate::size).sum();
    int now = size(current);
    if (now > limits.wanted || oldPods == 0) {
      sizes.put(current.name(), limits.wanted);
      now = limits.wanted;
    } else if (now < limits.wanted) {
      int room = limits.wanted + limits.surge - oldPods - now;
      now += Math.clamp(room, 0, limits.wanted - now);
      sizes.put(current.name(), now);
    }
    shrink(limits, current, now, old, sizes);
    return sizes;
  }

  private static void shrink(
      Limits limits,
      KubeObject current,
      int currentSize,
      List<KubeObject> old,
      Map<String, Integer> sizes) {
    int least = limits.wanted - limits.unavailable;
    int all = currentSize + old.stream().mapToInt(RollingUpdate::size).sum();
    int comingUp = Math.max(0, currentSize - available(current));
    int canGo = all - least - comingUp;
    if (canGo <= 0) {
      return;
    }
    var oldestFirst =
        old.stream()
            .sorted(Comparator.comparing(set -> set.metadata().path("creationTimestamp").asText()))
            .toList();
    for (KubeObject set : oldestFirst) {
      int unavailable = Math.max(0, size(set) - available(set));
      int go = Math.clamp(canGo, 0, unavailable);
      if (go > 0) {
        sizes.put(set.name(), size(set) - go);
        canGo -= go;
      }
    }
    int spare = available(current) + old.stream().mapToInt(RollingUpdate::available).sum() - least;
    for (KubeObject set : oldestFirst) {
      int left = sizes.getOrDefault(set.name(), size(set));
      int go = Math.clamp(spare, 0, left);
      if (go > 0) {
        sizes.put(set.name(), left - go);
        spare -= go;
      }
    }
  }

  static int size(KubeObject set) {
    return set.spec().path("replicas").asInt(1);
  }

  /** A set's status may lag behind a size that was just made smaller. */
  static int available(KubeObject set) {
    return Math.min(size(set), set.status().path("availableReplicas").asInt());
  }
}
