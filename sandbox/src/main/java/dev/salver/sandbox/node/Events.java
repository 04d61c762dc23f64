package dev.salver.sandbox.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.run.Scheduler;
import dev.salver.sandbox.api.Api;
import dev.salver.sandbox.api.ApiException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records events on pods; the same one again within a short while is left out. */
final class Events {
  private static final Logger LOG = LoggerFactory.getLogger(Events.class);
  private static final int REMEMBERED = 256;
  private static final long QUIET_MILLIS = 10_000;

  private final Api api;
  private final Scheduler scheduler;
  private final Map<String, Long> recent =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  Events(Api api, Scheduler scheduler) {
    this.api = api;
    this.scheduler = scheduler;
  }

  void record(KubeObject pod, String type, String reason, String message) {
    if (isRepeated(pod.uid() + reason)) {
      return;
    }
    String now = ContainerState.time(scheduler.now());
    KubeObject event = KubeObject.named(ResourceTypes.EVENT.gvk(), pod.namespace(), "");
    ((ObjectNode) event.metadata()).remove("name");
    ((ObjectNode) event.metadata()).put("generateName", pod.name() + ".");
    event
        .tree()
        .putObject("involvedObject")
        .put("apiVersion", "v1")
        .put("kind", "Pod")
        .put("namespace", pod.namespace())
        .put("name", pod.name())
        .put("uid", pod.uid());
    event.tree().put("type", type).put("reason", reason).put("message", message).put("count", 1);
    event.tree().put("firstTimestamp", now).put("lastTimestamp", now);
    event.tree().putObject("source").put("component", "node").put("host", Node.NAME);
    try {
      api.create(event, Node.MANAGER);
    } catch (ApiException e) {
      LOG.debug("event {} on {} is lost: {}", reason, pod.key(), e.getMessage());
    }
  }

  private synchronized boolean isRepeated(String what) {
    long now = scheduler.now().toEpochMilli();
    Long last = recent.put(what, now);
    return last != null && now - last < QUIET_MILLIS;
  }
}
