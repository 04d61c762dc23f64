package dev.salver.sandbox.controllers.gc;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.run.Scheduler;
import dev.salver.sandbox.controllers.Controller;
import dev.salver.sandbox.controllers.Events;
import dev.salver.sandbox.controllers.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Removes events an hour after they last happened, as an API server does. */
public final class EventCollector implements Controller {
  private static final Duration KEPT = Duration.ofHours(1);

  private final Writer writer;
  private final Scheduler scheduler;

  public EventCollector(Writer writer, Scheduler scheduler) {
    this.writer = writer;
    this.scheduler = scheduler;
  }

  @Override
  public String name() {
    return "event collector";
  }

  @Override
  public List<Source> sources() {
    return List.of(Source.of(ResourceTypes.EVENT));
  }

  @Override
  public Optional<Duration> reconcile(ObjectKey key, Consumer<ObjectKey> wake) {
    KubeObject event = writer.get(key).orElse(null);
    if (event == null) {
      return Optional.empty();
    }
    Instant now = scheduler.now();
    Duration left = Duration.between(now, Events.last(event, now).plus(KEPT));
    if (left.isPositive()) {
      return Optional.of(left);
    }
    writer.delete(event);
    return Optional.empty();
  }
}
