package dev.salver.sandbox.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import dev.salver.sandbox.api.Api;
import dev.salver.sandbox.api.ApiException;
import dev.salver.sandbox.api.Feed;
import dev.salver.sandbox.api.SandboxApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/** A watch on a connection: one JSON object a line. */
final class Watching {
  private static final Duration BOOKMARK = Duration.ofMinutes(1);
  private static final int LEAST_LIFE = 1800;
  private static final int MOST_LIFE = 3600;

  private final SandboxApi api;
  private final Call call;
  private final ResourceType type;
  private final Form form;
  private final boolean bookmarks;
  private final boolean sendInitial;

  private Watching(SandboxApi api, Call call, ResourceType type, Form form) {
    this.api = api;
    this.call = call;
    this.type = type;
    this.form = form;
    bookmarks = call.is("allowWatchBookmarks");
    sendInitial = call.is("sendInitialEvents");
  }

  static Reply start(
      SandboxApi api,
      Call call,
      Place place,
      Form form,
      Predicate<KubeObject> filter,
      long version) {
    var watching = new Watching(api, call, place.type(), form);
    if (watching.sendInitial && !call.text("resourceVersionMatch").equals("NotOlderThan")) {
      throw new ApiException(
          422,
          "Invalid",
          "resourceVersionMatch: Forbidden: sendInitialEvents requires setting"
              + " resourceVersionMatch to NotOlderThan");
    }
    long life =
        call.number("timeoutSeconds")
            .filter(seconds -> seconds > 0)
            .map(seconds -> Math.min(seconds, MOST_LIFE))
            .orElseGet(() -> (long) ThreadLocalRandom.current().nextInt(LEAST_LIFE, MOST_LIFE));
    boolean fromAll = version == 0 || watching.sendInitial;
    return new Reply.Streamed(
        "application/json",
        sink -> {
          try (Feed feed =
              fromAll
                  ? api.feed(place.type(), filter)
                  : api.feedAfter(place.type(), filter, version)) {
            sink.whenGone(feed::close);
            watching.run(feed, sink, Duration.ofSeconds(life));
          }
        });
  }

  private void run(Feed feed, Reply.Sink sink, Duration life)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + life.toNanos();
    write(
        sink,
        feed.initial().stream()
            .map(object -> new Api.Event(Api.Event.Type.ADDED, object))
            .toList());
    if (sendInitial && bookmarks) {
      sink.write(line("BOOKMARK", bookmark(feed.version(), true)));
    }
    try {
      while (!sink.isGone()) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return;
        }
        var events = feed.next(Duration.ofNanos(Math.min(left, BOOKMARK.toNanos())));
        if (!events.isEmpty()) {
          write(sink, events);
        } else if (bookmarks && !sink.isGone()) {
          sink.write(line("BOOKMARK", bookmark(feed.version(), false)));
        }
      }
    } catch (ApiException e) {
      sink.write(line("ERROR", e.toStatus()));
    }
  }

  private void write(Reply.Sink sink, List<Api.Event> events)
      throws IOException, InterruptedException {
    var lines = new ByteArrayOutputStream();
    for (Api.Event event : events) {
      lines.writeBytes(line(event.type().name(), form.one(type, event.object(), call, api.now())));
    }
    if (lines.size() > 0) {
      sink.write(lines.toByteArray());
    }
  }

  private ObjectNode bookmark(long version, boolean initialEventsEnd) {
    ObjectNode object = Json.object();
    object.put("kind", type.gvk().kind()).put("apiVersion", type.gvk().apiVersion());
    ObjectNode metadata = object.putObject("metadata");
    metadata.put("resourceVersion", Long.toString(version)).putNull("creationTimestamp");
    if (initialEventsEnd) {
      metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    return form == Form.WHOLE ? object : form.one(type, new KubeObject(object), call, api.now());
  }

  private static byte[] line(String event, JsonNode object) {
    ObjectNode line = Json.object().put("type", event);
    line.set("object", object);
    byte[] json = Reply.bytes(line);
    byte[] result = Arrays.copyOf(json, json.length + 1);
    result[json.length] = '\n';
    return result;
  }
}
