package dev.salver.sandbox.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.run.Scheduler;
import dev.salver.sandbox.api.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events for people, one object per (object, reason, message) with a count. An event that cannot be
 * written is dropped: nothing depends on it.
 */
public final class Events {
  private static final Logger LOG = LoggerFactory.getLogger(Events.class);
  private static final int LONGEST_MESSAGE = 1024;
  private static final int LONGEST_NAME = 200;

  private final Writer writer;
  private final Scheduler scheduler;

  public Events(Writer writer, Scheduler scheduler) {
    this.writer = writer;
    this.scheduler = scheduler;
  }

  public void normal(KubeObject about, String reason, String message) {
    record(about, "Normal", reason, message);
  }

  public void warning(KubeObject about, String reason, String message) {
    record(about, "Warning", reason, message);
  }

  private void record(KubeObject about, String type, String reason, String message) {
    String text =
        message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
    String now = scheduler.now().truncatedTo(ChronoUnit.SECONDS).toString();
    KubeObject event = event(about, type, reason, text, now);
    try {
      KubeObject before = writer.get(event.key()).orElse(null);
      if (before == null) {
        writer.create(event);
        return;
      }
      KubeObject next = before.copy();
      next.tree().put("count", before.tree().path("count").asInt(1) + 1).put("lastTimestamp", now);
      writer.update(before, next);
    } catch (ApiException e) {
      LOG.debug("event dropped: {}: {}", about.key(), e.getMessage());
    }
  }

  private KubeObject event(
      KubeObject about, String type, String reason, String message, String now) {
    var crc = new CRC32();
    crc.update((about.uid() + type + reason + message).getBytes(StandardCharsets.UTF_8));
    String stem = about.name().substring(0, Math.min(LONGEST_NAME, about.name().length()));
    String namespace = about.namespace().isEmpty() ? "default" : about.namespace();
    KubeObject event =
        KubeObject.named(
            ResourceTypes.EVENT.gvk(), namespace, stem + "." + Long.toHexString(crc.getValue()));
    ObjectNode tree = event.tree();
    tree.putObject("involvedObject")
        .put("apiVersion", about.tree().path("apiVersion").asText())
        .put("kind", about.kind())
        .put("namespace", about.namespace())
        .put("name", about.name())
        .put("uid", about.uid());
    tree.put("type", type).put("reason", reason).put("message", message);
    tree.put("count", 1).put("firstTimestamp", now).put("lastTimestamp", now);
    tree.putObject("source").put("component", writer.manager());
    return event;
  }

  /** When an event last happened. */
  public static Instant last(KubeObject event, Instant otherwise) {
    for (String field : new String[] {"lastTimestamp", "eventTime", "firstTimestamp"}) {
      try {
        String text = event.tree().path(field).asText("");
        if (!text.isEmpty()) {
          return Instant.parse(text);
        }
      } catch (DateTimeParseException e) {
        LOG.debug("{}: {} is no time", event.key(), field);
      }
    }
    return otherwise;
  }
}
