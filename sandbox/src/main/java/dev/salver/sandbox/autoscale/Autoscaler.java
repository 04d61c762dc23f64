package dev.salver.sandbox.autoscale;

import dev.salver.kube.Gvk;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.autoscale.AutoscalerConfig;
import dev.salver.kube.autoscale.ScalingSpec;
import dev.salver.kube.run.Scheduler;
import dev.salver.sandbox.api.Api;
import dev.salver.sandbox.api.ApiException;
import dev.salver.sandbox.api.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every second how much revisions have to do and decides every two how many pods each should
 * have; a request to a sleeping revision is decided on at once. Writes {@code desiredScale} of the
 * PodAutoscaler and nothing else.
 */
public final class Autoscaler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Autoscaler.class);
  private static final String MANAGER = "autoscaler";
  private static final String CLASS = "autoscaling.knative.dev/class";
  private static final String KPA = "kpa.autoscaling.knative.dev";
  private static final String REVISION = "serving.knative.dev/revision";
  private static final Duration SAMPLE = Duration.ofSeconds(1);
  private static final int SAMPLES_PER_TICK = 2;
  private static final int TRIES = 5;
  private static final ObjectKey CONFIG =
      new ObjectKey(Gvk.of("v1", "ConfigMap"), "knative-serving", "config-autoscaler");

  private final Api api;
  private final Statistics statistics;
  private final Scheduler scheduler;
  private final Map<Statistics.Revision, KubeObject> autoscalers = new ConcurrentHashMap<>();
  private final Map<Statistics.Revision, Scaler> scalers = new HashMap<>();
  private final List<AutoCloseable> sources = new ArrayList<>();
  private Scheduler.Cancellable next = () -> {};
  private long samples;
  private boolean closed;

  private Autoscaler(Api api, Statistics statistics, Scheduler scheduler) {
    this.api = api;
    this.statistics = statistics;
    this.scheduler = scheduler;
  }

  /** Starts to scale every revision that has a PodAutoscaler of Knative's own class. */
  public static Autoscaler start(Api api, Statistics statistics, Scheduler scheduler) {
    var autoscaler = new Autoscaler(api, statistics, scheduler);
    autoscaler.sources.add(
        api.watch(ResourceTypes.POD_AUTOSCALER, Selector.ANY, autoscaler::changed));
    autoscaler.sources.add(
        statistics.onWaiting(revision -> scheduler.run(() -> autoscaler.waiting(revision))));
    autoscaler.schedule();
    return autoscaler;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      next.cancel();
    }
    for (AutoCloseable source : sources) {
      try {
        source.close();
      } catch (Exception e) {
        LOG.warn("the autoscaler's source did not end well: {}", e.getMessage());
      }
    }
  }

  private void changed(Api.Event event) {
    KubeObject object = event.object();
    var revision = new Statistics.Revision(object.namespace(), object.name());
    if (event.type() == Api.Event.Type.DELETED) {
      autoscalers.remove(revision);
    } else if (object.annotation(CLASS).orElse(KPA).equals(KPA)) {
      autoscalers.put(revision, object);
    }
  }

  private synchronized void schedule() {
    if (!closed) {
      next = scheduler.after(SAMPLE, this::beat);
    }
  }

  private void beat() {
    try {
      pass();
    } catch (RuntimeException e) {
      LOG.warn("a pass of the autoscaler failed and is tried again: {}", e.toString());
    } finally {
      schedule();
    }
  }

  private synchronized void pass() {
    boolean tick = ++samples % SAMPLES_PER_TICK == 0;
    Instant now = scheduler.now();
    AutoscalerConfig config = config();
    Map<Statistics.Revision, Integer> ready = readyPods();
    scalers.keySet().retainAll(autoscalers.keySet());
    autoscalers.forEach(
        (revision, object) -> {
          int pods = ready.getOrDefault(revision, 0);
          Scaler scaler = scaler(revision, object, config, pods, now);
          sample(revision, scaler, pods, now);
          if (tick) {
            decide(scaler, pods, config, now);
          }
        });
  }

  /** The first request to a sleeping revision counts as one under way, at once. */
  private synchronized void waiting(Statistics.Revision revision) {
    KubeObject object = autoscalers.get(revision);
    if (object == null || closed) {
      return;
    }
    Instant now = scheduler.now();
    AutoscalerConfig config = config();
    int pods = readyPods().getOrDefault(revision, 0);
    Scaler scaler = scaler(revision, object, config, pods, now);
    if (pods == 0 && scaler.sleeps()) {
      scaler.record(1, now);
      decide(scaler, pods, config, now);
    }
  }

  private Scaler scaler(
      Statistics.Revision revision,
      KubeObject object,
      AutoscalerConfig config,
      int ready,
      Instant now) {
    Scaler known = scalers.get(revision);
    if (known == null || !known.uid().equals(object.uid())) {
      known = new Scaler(object, config, ready, now);
      scalers.put(revision, known);
    }
    known.update(object, config, ready, now);
    return known;
  }

  /**
   * What sleeps and has nothing to do reports nothing, so that waking up starts from fresh data.
   */
  private void sample(Statistics.Revision revision, Scaler scaler, int ready, Instant now) {
    Statistics.Sample sample = statistics.take(revision).orElse(new Statistics.Sample(0, 0));
    double value =
        scaler.metric() == ScalingSpec.Metric.RPS ? sample.perSecond() : sample.concurrency();
    if (ready > 0 || value > 0) {
      scaler.record(value, now);
    }
  }

  private void decide(Scaler scaler, int ready, AutoscalerConfig config, Instant now) {
    OptionalInt scale = scaler.decide(ready, config, now);
    if (scale.isPresent()) {
      write(scaler.autoscaler().key(), scaler.uid(), scale.getAsInt());
    }
  }

  private void write(ObjectKey key, String uid, int scale) {
    for (int i = 0; i < TRIES; i++) {
      KubeObject live = api.get(key).filter(found -> found.uid().equals(uid)).orElse(null);
      if (live == null || live.status().path("desiredScale").asInt(-1) == scale) {
        return;
      }
      KubeObject changed = live.copy();
      changed.tree().withObjectProperty("status").put("desiredScale", scale);
      try {
        api.updateStatus(changed, MANAGER);
        LOG.debug("{} is scaled to {}", key, scale);
        return;
      } catch (ApiException e) {
        if (e.code() != 409) {
          LOG.debug("{} is not scaled to {} now: {}", key, scale, e.getMessage());
          return;
        }
      }
    }
  }

  private AutoscalerConfig config() {
    var data = new LinkedHashMap<String, String>();
    api.get(CONFIG)
        .ifPresent(
            map ->
                map.tree()
                    .path("data")
                    .properties()
                    .forEach(e -> data.put(e.getKey(), e.getValue().asText())));
    return data.isEmpty() ? AutoscalerConfig.DEFAULT : AutoscalerConfig.of(data);
  }

  private Map<Statistics.Revision, Integer> readyPods() {
    var result = new HashMap<Statistics.Revision, Integer>();
    for (KubeObject pod : api.list(ResourceTypes.POD, "", Selector.ANY).items()) {
      if (pod.is("Ready") && !pod.isBeingDeleted()) {
        pod.label(REVISION)
            .ifPresent(
                name ->
                    result.merge(new Statistics.Revision(pod.namespace(), name), 1, Integer::sum));
      }
    }
    return result;
  }
}
